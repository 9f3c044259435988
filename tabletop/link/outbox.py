"""Commands that were entered and not answered yet, kept on disk so that a crash loses none."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from tabletop.errors import InputError
from tabletop.exercise.commands import COMMAND, Command
from tabletop.system.disk_queue import DiskQueue, disk
from tabletop.system.private_file import read_private, write_private

FULL: Final = 100
"""Commands that may wait; a station offline for longer has other problems."""


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """A command with its key, and the epoch in which a console gave it."""

    key: str
    command: Command
    epoch: int = 0


class Outbox:
    """Unanswered commands in the order in which they were entered."""

    def __init__(
        self, entries: Iterable[OutboxEntry] = (), keep: Callable[[Iterable[OutboxEntry]], None] | None = None
    ) -> None:
        """`keep` is called with all entries, for every change."""
        self._entries = {entry.key: entry for entry in entries}
        self._keep = keep
        self.disk_queue = DiskQueue()
        """Changes are written in this queue, so that a slow disk blocks no screen."""

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    @property
    def entries(self) -> tuple[OutboxEntry, ...]:
        """All entries, oldest first."""
        return tuple(self._entries.values())

    async def put(self, entry: OutboxEntry) -> None:
        """Keep an entry until it is answered; it is listed once it is on disk. Raises `InputError`."""
        try:
            await self._save((*self.entries, entry))
        except InputError as error:
            raise InputError(f"it was not sent, because this terminal cannot keep it: {error}") from error
        self._entries[entry.key] = entry

    def answered(self, key: str) -> None:
        """Remove an answered entry. If the disk refuses, it is sent again and answered the same way."""
        if self._entries.pop(key, None) is not None:
            self.disk_queue.put(self._strike_out())

    async def _strike_out(self) -> None:
        with suppress(InputError):
            await self._save(self.entries)

    async def _save(self, entries: tuple[OutboxEntry, ...]) -> None:
        if self._keep is not None:
            await disk(partial(self._keep, entries))


def outbox_on_disk(path: Path) -> Outbox:
    """Return the outbox in a file, with entries left by a crash. Raises `InputError` if it is damaged."""
    return Outbox(_read(path), lambda entries: _write(path, entries))


def _read(path: Path) -> list[OutboxEntry]:
    data = read_private(path)
    if data is None:
        return []
    try:
        return [
            OutboxEntry(str(item["key"]), COMMAND.validate_python(item["command"]), int(item["epoch"]))
            for item in json.loads(data)
        ]
    except (ValueError, TypeError, KeyError, RecursionError, ValidationError) as error:
        raise InputError(
            f"{path} holds commands that were not answered yet, and is damaged. Keep a copy of it, "
            "remove it and join again; then compare with what the log holds"
        ) from error


def _write(path: Path, entries: Iterable[OutboxEntry]) -> None:
    items = [
        {"key": entry.key, "command": entry.command.model_dump(mode="json"), "epoch": entry.epoch}
        for entry in entries
    ]
    write_private(path, json.dumps(items).encode("ascii"))
