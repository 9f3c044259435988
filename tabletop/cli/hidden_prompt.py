"""Prompt for codes and secrets without showing them on the screen."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

MARK = "*"
"""Shown for each character of a code."""

_END, _BACKSPACE, _CLEAR, _NO_MORE, _ESCAPE = "\r\n", "\x7f\x08", "\x15", "\x04", "\x1b"


def prompt_hidden(asks: str, *, mark: str = MARK) -> str:
    """Prompt for a line until it is not empty, showing `mark` for each character.

    If the input is not a terminal, it is not echoed anyway.
    """
    if not sys.stdin.isatty():
        answer: str = click.prompt(asks, err=True)
        return answer
    line = ""
    while not line.strip():
        try:
            with _silent_keys() as keys:  # before the prompt: some type as soon as they see it
                click.echo(f"{asks}: ", nl=False, err=True)
                line = _line(keys, mark)
        except (KeyboardInterrupt, EOFError):
            raise click.Abort from None
        finally:
            click.echo(err=True)
    return line


def _line(keys: Iterator[str], mark: str) -> str:
    typed: list[str] = []
    for key in keys:
        if key in _END:
            return "".join(typed)
        if key == _NO_MORE and not typed:
            break
        if key in _BACKSPACE:
            _take_back(typed, 1, mark)
        elif key == _CLEAR:
            _take_back(typed, len(typed), mark)
        elif key.isprintable():
            typed.append(key)
            click.echo(mark, nl=False, err=True)
    raise EOFError


def _take_back(typed: list[str], count: int, mark: str) -> None:
    gone = typed[len(typed) - count :] if typed else []
    del typed[len(typed) - len(gone) :]
    click.echo("\b \b" * len(mark) * len(gone), nl=False, err=True)


def _without_sequences(keys: Iterator[str]) -> Iterator[str]:
    """Filter out escape sequences such as arrow keys."""
    for key in keys:
        if key != _ESCAPE:
            yield key
        elif next(keys, "") in ("[", "O"):
            while not "@" <= next(keys, "@") <= "~":
                pass


if sys.platform == "win32":
    import msvcrt

    @contextmanager
    def _silent_keys() -> Iterator[Iterator[str]]:
        """Read characters without echo."""
        yield _without_sequences(_characters())

    def _characters() -> Iterator[str]:
        while True:
            key = msvcrt.getwch()
            if key == "\x03":
                raise KeyboardInterrupt
            if key in "\x00\xe0":  # the first half of a function key
                msvcrt.getwch()
            else:
                yield key

else:
    import termios

    @contextmanager
    def _silent_keys() -> Iterator[Iterator[str]]:
        """Read characters without echo; restore the terminal at the end."""
        descriptor = sys.stdin.fileno()
        before = termios.tcgetattr(descriptor)
        silent = list(before)
        silent[3] &= ~(termios.ECHO | termios.ICANON)
        termios.tcsetattr(descriptor, termios.TCSADRAIN, silent)
        try:
            yield _without_sequences(_characters(descriptor))
        finally:
            termios.tcsetattr(descriptor, termios.TCSADRAIN, before)

    def _characters(descriptor: int) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder(sys.stdin.encoding or "utf-8")("replace")
        while data := os.read(descriptor, 1):
            yield from decoder.decode(data)
