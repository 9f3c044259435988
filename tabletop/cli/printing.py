"""What `host`, `run` and `join` print: nobody has to read it, and nothing waits until somebody does."""

from __future__ import annotations

import os
import queue
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final, TextIO

import click

KEPT: Final = 1_000
"""Lines that may wait for a terminal or pipe that takes none; further ones are left out."""

LAST_WORDS_WITHIN: Final = 1.0
"""Seconds at the end in which what waits has to be taken."""


def say(text: str, *, err: bool = False, fg: str | None = None, bg: str | None = None) -> None:
    """Print a line. A stream that nobody reads any more, or that is full, ends nothing and raises nothing."""
    if _aside is not None:
        _aside.put(text, err=err)
        return
    try:
        click.secho(text, err=err, fg=fg, bg=bg)
    except OSError:
        _give_up(sys.stderr if err else sys.stdout)


@contextmanager
def printing_aside() -> Iterator[None]:
    """Print from a thread of its own until the block ends, for a program that must not stand still.

    A terminal that is held with Ctrl+S, or a pipe whose reader has stopped, would hold up whoever prints.
    """
    global _aside
    before, _aside = _aside, _Aside()
    try:
        yield
    finally:
        ended, _aside = _aside, before
        ended.close()


def last_words() -> None:
    """Print what waits, but not for ever: the program is about to end without ending its blocks."""
    if _aside is not None:
        _aside.close()


class _Aside:
    """A thread that prints, without Python's buffers: a wait there would keep the program from ending."""

    def __init__(self) -> None:
        self._lines: queue.Queue[tuple[TextIO, bytes] | None] = queue.Queue(KEPT)
        self._thread = threading.Thread(target=self._run, name="printing", daemon=True)
        self._thread.start()

    def put(self, text: str, *, err: bool) -> None:
        """Have a line printed."""
        stream = sys.stderr if err else sys.stdout
        if stream is not None:  # None when the caller closed it
            data = f"{text}\n".encode(stream.encoding or "utf-8", "backslashreplace")
            with suppress(queue.Full):
                self._lines.put_nowait((stream, data))

    def close(self) -> None:
        """Print what waits, but not for ever."""
        with suppress(queue.Full):
            self._lines.put_nowait(None)
        self._thread.join(LAST_WORDS_WITHIN)

    def _run(self) -> None:
        while (line := self._lines.get()) is not None:
            stream, data = line
            try:
                self._write(stream, data)
            except OSError:
                _give_up(stream)

    def _write(self, stream: TextIO, data: bytes) -> None:
        try:
            number = stream.fileno()
        except (OSError, ValueError):  # no file, as where a test catches what is printed
            stream.write(data.decode())
            stream.flush()
            return
        while data:
            data = data[os.write(number, data) :]


_aside: _Aside | None = None


def _give_up(stream: TextIO | None) -> None:
    """Let everything further go nowhere, what Python flushes at the end included."""
    if stream is None:
        return
    with suppress(OSError, ValueError):  # it is no file, as where a test catches what is printed
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
