"""Commands that were given and not answered yet, kept on disk so that a crash loses none of them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from tabletop.errors import InputError
from tabletop.exercise.commands import COMMAND, Command

FULL: Final = 100
"""Commands that may wait; a station that cannot reach its host for so long has other troubles."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A command under its key, and the epoch in which a console gave it."""

    key: str
    command: Command
    epoch: int = 0


class Outbox:
    """Entries in the order in which they were given."""

    def __init__(
        self, entries: Iterable[Entry] = (), keep: Callable[[Iterable[Entry]], None] | None = None
    ) -> None:
        """`keep` is called with all entries after each change, and before `put` returns."""
        self._entries = {entry.key: entry for entry in entries}
        self._keep = keep

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The oldest first."""
        return tuple(self._entries.values())

    def put(self, entry: Entry) -> None:
        """Keep an entry until it is answered. Raises `InputError` if the disk will not have it."""
        self._entries[entry.key] = entry
        try:
            self._save()
        except OSError as error:
            del self._entries[entry.key]
            raise InputError(
                f"this terminal's disk cannot keep it ({error.strerror}), so it was not sent; make room"
            ) from error

    def answered(self, key: str) -> None:
        """The host has answered. What cannot be struck out on disk is asked again and answered again."""
        if self._entries.pop(key, None) is not None:
            try:
                self._save()
            except OSError:
                return

    def _save(self) -> None:
        if self._keep is not None:
            self._keep(self.entries)


def outbox_on_disk(path: Path) -> Outbox:
    """The outbox in a file, with what a crash may have left in it. Raises `InputError` if it is damaged."""
    return Outbox(_read(path), lambda entries: _write(path, entries))


def _read(path: Path) -> list[Entry]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return [
            Entry(str(item["key"]), COMMAND.validate_python(item["command"]), int(item["epoch"]))
            for item in data
        ]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, TypeError, KeyError, RecursionError, ValidationError) as error:
        raise InputError(
            f"{path} holds commands that were not answered yet, and is damaged. Keep a copy of it, "
            "remove it and join again; then compare with what the log holds"
        ) from error


def _write(path: Path, entries: Iterable[Entry]) -> None:
    """Replace the file in one step, so that a crash leaves the one before or the one after."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    text = json.dumps(
        [
            {"key": entry.key, "command": entry.command.model_dump(mode="json"), "epoch": entry.epoch}
            for entry in entries
        ]
    )
    fresh = path.with_name(f"{path.name}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
