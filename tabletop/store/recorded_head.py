"""The recorded head: number and hash of the last acknowledged event, kept beside a log while it is open.

SQLite cannot tell a damaged write-ahead log from one that a power cut tore, and drops what follows the
damage. So the head is written to a file of its own after each commit and before the commit is acknowledged: a
log that has less than its recorded head has lost events.

The file has two slots, written in turn, each in its own block, so that a torn write leaves the other intact.
A slot is the ASCII line `tabletop-head 1 SEQ HASH CHECK`, padded with spaces, where CHECK is the SHA-256 of
the text before it.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import Final, Self

from tabletop.store.filesystem import companion, sync
from tabletop.store.log import Head, LogCorrupt
from tabletop.system.private_file import sync_folder

KIND: Final = "head"
_BLOCK: Final = 4096
_SLOT: Final = 256
_LINE: Final = re.compile(rb"(tabletop-head 1 (\d{1,15}) ([0-9a-f]{64})) ([0-9a-f]{64})\n *")


class RecordedHead:
    """The recorded head of a log that is open for writing."""

    def __init__(self, descriptor: int) -> None:
        """Take over an open descriptor; use `create`."""
        self._descriptor = descriptor
        self._next = 0

    @classmethod
    def create(cls, log: Path, head: Head) -> Self:
        """Create or overwrite the file, with the head in both slots, durably. Raises OSError."""
        flags = os.O_CREAT | os.O_RDWR | getattr(os, "O_BINARY", 0)
        recorded = cls(os.open(companion(log, KIND), flags, 0o600))
        try:
            os.ftruncate(recorded._descriptor, 2 * _BLOCK)
            for _ in range(2):
                recorded.note(head)
            os.fsync(recorded._descriptor)  # its length too
            sync_folder(log.parent)
        except BaseException:
            recorded.close()
            raise
        return recorded

    def note(self, head: Head) -> None:
        """Write the head into the older slot; it is durable on return. Raises OSError."""
        os.lseek(self._descriptor, self._next * _BLOCK, os.SEEK_SET)
        slot = _slot(head)
        if os.write(self._descriptor, slot) != len(slot):
            raise OSError("the head was only partly written")
        sync(self._descriptor)
        self._next = 1 - self._next

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)


def read_recorded_head(log: Path) -> Head | None:
    """Return the recorded head of a log; None if there is no such file.

    Raises `LogCorrupt` if the file has no valid slot, OSError if it cannot be read.
    """
    try:
        content = companion(log, KIND).read_bytes()
    except FileNotFoundError:
        return None
    slots = (content[start : start + _SLOT] for start in (0, _BLOCK))
    heads = [head for slot in slots if (head := _head(slot)) is not None]
    if not heads:
        raise LogCorrupt(f"{companion(log, KIND)} is damaged: it names no event")
    return max(heads)


def remove_recorded_head(log: Path) -> None:
    """Delete the file after the log has been closed. Raises OSError."""
    companion(log, KIND).unlink(missing_ok=True)
    sync_folder(log.parent)


def _slot(head: Head) -> bytes:
    line = f"tabletop-head 1 {head[0]} {head[1]}".encode("ascii")
    return b"%b %b\n" % (line, _check(line)) + b" " * (_SLOT - len(line) - 66)


def _head(slot: bytes) -> Head | None:
    found = _LINE.fullmatch(slot)
    if found is None or len(slot) != _SLOT or _check(found[1]) != found[4]:
        return None
    return int(found[2]), found[3].decode("ascii")


def _check(line: bytes) -> bytes:
    return hashlib.sha256(line).hexdigest().encode("ascii")
