"""Register where this user's exercises are kept, for logs outside the folder of logs.

One small private file per log, so that programs that start exercises at the same time never overwrite each
other's entry. The register only locates logs: an exercise's name and state are read from its log.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tabletop.errors import InputError
from tabletop.paths import state_folder
from tabletop.system.private_file import read_private, write_private

if TYPE_CHECKING:
    from tabletop.exercise.state import Exercise

FORMAT: Final = 1
KEPT: Final = 100
"""Logs that are remembered; those opened longest ago are forgotten first."""


@dataclass(frozen=True, slots=True)
class RegisteredLog:
    """The path of a log when it was last opened, and the name of its exercise."""

    path: str
    name: str
    scenario: str
    """The scenario's id."""
    title: str
    """The scenario's title."""
    opened: str
    """UTC time of day at which it was last opened."""
    copy: str = ""
    """The path of its second copy; empty if there is none."""


class LogRegister:
    """Read and write the register's folder."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or state_folder() / "exercises"

    def remember(self, log: Path, exercise: Exercise, opened: str, copy: Path | None = None) -> None:
        """Register the log of an exercise, and its second copy. Raises `InputError`."""
        scenario = exercise.script.scenario
        path = str(log.absolute())
        entry = RegisteredLog(
            path, exercise.name, scenario.id, scenario.title, opened, str(copy.absolute()) if copy else ""
        )
        text = json.dumps({"format": FORMAT, **asdict(entry)}, indent=1)
        write_private(self._folder / f"{_short(path)}.json", text.encode("ascii"))
        self._forget_the_oldest()

    def copy_of(self, log: Path) -> Path | None:
        """Return the path of a log's second copy when it was last opened; None if there was none."""
        entry = _read(self._folder / f"{_short(str(log.absolute()))}.json")
        return Path(entry.copy) if entry is not None and entry.copy else None

    def logs(self) -> list[RegisteredLog]:
        """Return the registered logs, latest first; unreadable entries are skipped."""
        return [entry for entry, _ in self._entries()]

    def _entries(self) -> list[tuple[RegisteredLog, Path]]:
        try:
            files = list(self._folder.glob("*.json"))
        except OSError:
            return []
        found = [(entry, file) for file in files if (entry := _read(file)) is not None]
        return sorted(found, key=lambda one: one[0].opened, reverse=True)

    def _forget_the_oldest(self) -> None:
        for _, file in self._entries()[KEPT:]:
            with suppress(OSError):
                file.unlink()


def _short(path: str) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:24]


def _read(file: Path) -> RegisteredLog | None:
    try:
        item = json.loads(read_private(file) or b"")
        if item.pop("format") != FORMAT:
            return None
        entry = RegisteredLog(**item)
    except (InputError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None  # the log itself holds the same
    return entry if all(isinstance(value, str) for value in astuple(entry)) else None
