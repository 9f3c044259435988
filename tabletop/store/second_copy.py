"""The second copy of a log: the same records in another place, written without ever delaying play.

The disk, stick or share may be slow, full or gone. Missing records are then kept in memory and written once
the place is available again. A file with other content is never written to.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from threading import Condition, Thread
from typing import Final

from tabletop.errors import InputError
from tabletop.store.filesystem import create_private, identity
from tabletop.store.jsonl import NotACopyError, encode_line, read_copy
from tabletop.store.row import StoredRow
from tabletop.system.private_file import sync_folder

LATE: Final = 10.0
"""Seconds after which a copy that has fallen behind is reported."""

RETRY: Final = 1.0
"""Seconds between attempts to write."""

PATIENCE: Final = 5.0
"""Seconds to wait for the copy when the log is closed."""


class SecondCopy:
    """Writes rows to a file on its own thread."""

    def __init__(self, path: Path, monotonic: Callable[[], float]) -> None:
        """Start without rows: `add` those of the log so far. `monotonic` returns seconds."""
        self.path = path
        self._monotonic = monotonic
        self._lines: list[bytes] = []
        self._written = 0
        self._waits_since: float | None = None
        self._failure = ""
        self._closing = False
        self._changed = Condition()
        self._file: _CopyFile | None = None
        self._thread = Thread(target=self._run, name="second-copy", daemon=True)
        self._thread.start()

    def add(self, rows: Iterable[StoredRow]) -> None:
        """Queue rows that were just recorded; returns at once."""
        with self._changed:
            self._lines += map(encode_line, rows)
            if self._waits_since is None and len(self._lines) > self._written:
                self._waits_since = self._monotonic()
                self._changed.notify_all()

    @property
    def given(self) -> int:
        """Number of events that are written or queued."""
        with self._changed:
            return len(self._lines)

    @property
    def says(self) -> str | None:
        """A sentence that the copy has fallen behind and why; None while it keeps up."""
        with self._changed:
            since, missing = self._waits_since, len(self._lines) - self._written
        if since is None or self._monotonic() - since < LATE:
            return None
        why = f": {self._failure}" if self._failure else ""
        count = f"{missing:,} {'event' if missing == 1 else 'events'}"
        return f"The second copy {self.path} is {count} behind{why}. Play and the log are not affected."

    def close(self, patience: float = PATIENCE) -> bool:
        """Write what is missing, waiting at most `patience` seconds; return whether the copy is complete."""
        with self._changed:
            self._closing = True
            self._failure = ""  # one more attempt: a stick may have been plugged in again
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._waits_since is None or self._failure, patience)
            complete = self._waits_since is None
        if complete:
            self._thread.join(patience)
        return complete

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waits_since is not None or self._closing)
                if self._waits_since is None:
                    break
                lines = len(self._lines)
            failure = self._try_to_write(lines)
            with self._changed:
                self._failure = failure
                if not failure:
                    self._written = lines
                    self._waits_since = None if lines == len(self._lines) else self._waits_since
                self._changed.notify_all()
                if failure:
                    if self._closing:
                        break
                    self._changed.wait_for(lambda: self._closing, RETRY)
        if self._file is not None:
            self._file.close()

    def _try_to_write(self, count: int) -> str:
        """Extend the file to `count` lines; return the reason of a failure, or an empty string."""
        try:
            if self._file is not None and not self._file.is_there():
                self._file.close()
                self._file = None
            lines = self._lines[:count]
            if self._file is None:
                self._file = _CopyFile(self.path, lines)
            if self._file.count < count:
                self._file.write(b"".join(lines[self._file.count :]), count)
        except (OSError, InputError) as error:
            if self._file is not None:
                self._file.close()
            self._file = None
            return str(error) if isinstance(error, InputError) else (error.strerror or str(error)).lower()
        return ""


class _CopyFile:
    """The file of a second copy, open for appending."""

    def __init__(self, path: Path, lines: list[bytes]) -> None:
        """Open the file, which must start with `lines`, or create it from them. Raises `InputError`.

        A last line torn by a crash is cut off.
        """
        self._path = path
        if not path.exists():
            _make(path, b"".join(lines))
        held = read_copy(path)
        self.count = len(held.rows)
        ours = [encode_line(row) for row in held.rows] == lines[: self.count]
        if not ours or held.beyond > len(lines):
            raise InputError("there is another file at that path now, which is left as it is")
        self._descriptor = os.open(path, os.O_WRONLY | getattr(os, "O_BINARY", 0))
        self._identity = identity(path)
        os.ftruncate(self._descriptor, held.size)
        os.lseek(self._descriptor, held.size, os.SEEK_SET)

    def is_there(self) -> bool:
        """Return whether this file is still the one at its path."""
        return identity(self._path) == self._identity

    def write(self, text: bytes, count: int) -> None:
        """Append lines durably; the file then has `count` lines. Raises OSError."""
        _write(self._descriptor, text)
        self.count = count

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)


def _make(path: Path, text: bytes) -> None:
    """Create the file atomically. Raises `InputError`, OSError."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    create_private(part)
    descriptor = os.open(part, os.O_WRONLY | getattr(os, "O_BINARY", 0))
    try:
        _write(descriptor, text)
    finally:
        os.close(descriptor)
    part.rename(path)
    sync_folder(path.parent)


def _write(descriptor: int, text: bytes) -> None:
    view = memoryview(text)
    while view:
        view = view[os.write(descriptor, view) :]
    os.fsync(descriptor)


def copy_path(given: Path, log: Path) -> Path:
    """Return the path of the copy: in a given folder, it has the name of the log."""
    return given / f"{log.stem}.jsonl" if given.is_dir() else given


def check_copy(path: Path, rows: Sequence[StoredRow]) -> int:
    """Compare a copy with the rows of its log before play; return its number of events, 0 without a file.

    Lines at its end that a crash has torn do not count: the log has those events. Raises `NotACopyError` for
    the copy of another log.
    """
    if not path.exists():
        return 0
    copied = read_copy(path)
    for row, copy in zip(rows, copied.rows, strict=False):
        if row.hash != copy.hash:
            raise NotACopyError(
                f"{path} is the copy of another exercise, or differs from this one from event {row.seq} on; "
                "choose another --copy"
            )
    return max(len(copied.rows), copied.beyond if copied.beyond > len(rows) else 0)
