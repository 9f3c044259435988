"""What a disk may hold after a power cut: everything that was synced, and any part of what was not.

A recorded run is a list of operations on the files of one folder, in the order in which they were asked for.
Cut after any of them, the disk keeps each file as it was at its last sync, and of every later write any
sectors of 512 bytes, whole or torn. Names are kept up to some operation since the folder was last synced, as
a file system with a journal does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final, Literal

SECTOR: Final = 512


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that a program asked of the disk."""

    kind: Literal["write", "truncate", "sync", "create", "delete", "rename", "sync-folder", "acknowledge"]
    file: str = ""
    offset: int = 0
    """Where a write begins; the length after a truncation; the number of an acknowledged event."""
    data: bytes = b""
    to: str = ""
    """The new name of a file."""


@dataclass(slots=True)
class _File:
    durable: bytearray = field(default_factory=bytearray)
    pending: list[Operation] = field(default_factory=list)

    def sync(self) -> None:
        for operation in self.pending:
            _apply(self.durable, operation)
        self.pending.clear()

    def after_cut(self, chance: Random) -> bytes:
        content = bytearray(self.durable)
        for operation in self.pending:
            if operation.kind == "truncate":
                if chance.random() < 0.5:
                    _apply(content, operation)
                continue
            for start in range(0, len(operation.data), SECTOR):
                sector = operation.data[start : start + SECTOR]
                kept = chance.choice((len(sector), len(sector), 0, 0, chance.randrange(len(sector) + 1)))
                _apply(content, Operation("write", "", operation.offset + start, sector[:kept]))
        return bytes(content)


def _apply(content: bytearray, operation: Operation) -> None:
    if operation.kind == "truncate":
        del content[operation.offset :]
        content.extend(bytes(operation.offset - len(content)))
        return
    if operation.data:
        end = operation.offset + len(operation.data)
        content.extend(bytes(max(0, end - len(content))))
        content[operation.offset : end] = operation.data


class Disk:
    """A folder, operation by operation."""

    def __init__(self) -> None:
        self.acknowledged = 0
        """The number of the last event that somebody was told is recorded."""
        self._files: dict[str, _File] = {}
        self._durable: dict[str, _File] = {}
        self._renamed: list[dict[str, _File]] = []

    def do(self, operation: Operation) -> None:
        """Take in the next operation."""
        match operation.kind:
            case "acknowledge":
                self.acknowledged = operation.offset
            case "sync":
                self._files[operation.file].sync()
            case "write" | "truncate":
                self._files[operation.file].pending.append(operation)
            case "sync-folder":
                self._durable = dict(self._files)
                self._renamed.clear()
            case _:
                self._change_names(operation)
                self._renamed.append(dict(self._files))

    def _change_names(self, operation: Operation) -> None:
        match operation.kind:
            case "create":
                self._files.setdefault(operation.file, _File())
            case "delete":
                self._files.pop(operation.file, None)
            case "rename":
                self._files[operation.to] = self._files.pop(operation.file)

    def cut(self, chance: Random, folder: Path) -> None:
        """Write what the disk holds after a power cut now into an empty folder."""
        names = chance.choice([self._durable, *self._renamed])
        for name, file in names.items():
            (folder / name).write_bytes(file.after_cut(chance))


def cuts(operations: Sequence[Operation], count: int, seed: int) -> list[int]:
    """Return after how many operations to cut, in rising order: each once, then again by chance."""
    chance = Random(seed)  # noqa: S311 - nothing here is secret
    places = list(range(1, len(operations) + 1))
    chosen = places if count >= len(places) else chance.sample(places, count)
    chosen += [chance.choice(places) for _ in range(count - len(chosen))]
    return sorted(chosen)
