"""Print without ever blocking or failing because nobody reads the output."""

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
"""Maximum lines queued for a terminal or pipe that accepts none; further lines are dropped."""

FLUSH_TIMEOUT: Final = 1.0
"""Seconds to wait for queued lines at the end."""


def say(text: str, *, err: bool = False, fg: str | None = None, bg: str | None = None) -> None:
    """Print a line; errors of a closed or full stream are ignored."""
    if _background is not None:
        _background.put(text, err=err)
        return
    try:
        click.secho(text, err=err, fg=fg, bg=bg)
    except OSError:
        _give_up(sys.stderr if err else sys.stdout)


@contextmanager
def print_in_background() -> Iterator[None]:
    """Print from a separate thread while the block runs.

    A terminal stopped with Ctrl+S, or a pipe whose reader has stopped, would otherwise block the program.
    """
    global _background
    before, _background = _background, _BackgroundPrinter()
    try:
        yield
    finally:
        ended, _background = _background, before
        ended.close()


def flush_output() -> None:
    """Flush queued lines, for a limited time, before the program ends without leaving its blocks."""
    if _background is not None:
        _background.close()


class _BackgroundPrinter:
    """A thread that prints unbuffered: a full buffer would keep the interpreter from exiting."""

    def __init__(self) -> None:
        self._lines: queue.Queue[tuple[TextIO, bytes] | None] = queue.Queue(KEPT)
        self._thread = threading.Thread(target=self._run, name="printing", daemon=True)
        self._thread.start()

    def put(self, text: str, *, err: bool) -> None:
        """Queue a line."""
        stream = sys.stderr if err else sys.stdout
        if stream is not None:  # None when the caller closed it
            data = f"{text}\n".encode(stream.encoding or "utf-8", "backslashreplace")
            with suppress(queue.Full):
                self._lines.put_nowait((stream, data))

    def close(self) -> None:
        """Flush queued lines, for a limited time."""
        with suppress(queue.Full):
            self._lines.put_nowait(None)
        self._thread.join(FLUSH_TIMEOUT)

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
        except (OSError, ValueError):  # not a file, as with captured output in tests
            stream.write(data.decode())
            stream.flush()
            return
        while data:
            data = data[os.write(number, data) :]


_background: _BackgroundPrinter | None = None


def _give_up(stream: TextIO | None) -> None:
    """Redirect the stream to /dev/null, including what Python flushes at exit."""
    if stream is None:
        return
    with suppress(OSError, ValueError):  # not a file, as with captured output in tests
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
