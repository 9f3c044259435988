"""Commands that were given and not answered yet, kept on disk so that a crash loses none of them."""

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
"""Commands that may wait; a station that cannot reach its host for so long has other troubles."""


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """A command under its key, and the epoch in which a console gave it."""

    key: str
    command: Command
    epoch: int = 0


class Outbox:
    """Entries in the order in which they were given."""

    def __init__(
        self, entries: Iterable[OutboxEntry] = (), keep: Callable[[Iterable[OutboxEntry]], None] | None = None
    ) -> None:
        """`keep` is called with all entries that are to be kept, for every change."""
        self._entries = {entry.key: entry for entry in entries}
        self._keep = keep
        self.disk_queue = DiskQueue()
        """Changes take turns here, so that a slow disk holds up no screen."""

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    @property
    def entries(self) -> tuple[OutboxEntry, ...]:
        """The oldest first."""
        return tuple(self._entries.values())

    async def put(self, entry: OutboxEntry) -> None:
        """Keep an entry until it is answered; it is here once the disk has it. Raises `InputError`."""
        try:
            await self._save((*self.entries, entry))
        except InputError as error:
            raise InputError(f"it was not sent, because this terminal cannot keep it: {error}") from error
        self._entries[entry.key] = entry

    def answered(self, key: str) -> None:
        """The host has answered. What cannot be struck out on disk is asked again and answered again."""
        if self._entries.pop(key, None) is not None:
            self.disk_queue.put(self._strike_out())

    async def _strike_out(self) -> None:
        with suppress(InputError):
            await self._save(self.entries)

    async def _save(self, entries: tuple[OutboxEntry, ...]) -> None:
        if self._keep is not None:
            await disk(partial(self._keep, entries))


def outbox_on_disk(path: Path) -> Outbox:
    """The outbox in a file, with what a crash may have left in it. Raises `InputError` if it is damaged."""
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
