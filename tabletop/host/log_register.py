"""Remember where this user's exercises are kept, for logs that lie outside the folder of logs.

One small private file a log, so that programs that begin exercises at the same time never write over each
other. The register only says where to look: what an exercise is called and whether it was finished is read
from its log.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import Final

from tabletop.errors import InputError
from tabletop.exercise.state import Exercise
from tabletop.paths import state_folder
from tabletop.system.private_file import read_private, write_private

FORMAT: Final = 1
KEPT: Final = 100
"""Logs that are remembered; those opened longest ago are forgotten first."""


@dataclass(frozen=True, slots=True)
class RegisteredLog:
    """Where a log was when it was opened last, and what its exercise was called then."""

    path: str
    name: str
    scenario: str
    """The scenario's id."""
    title: str
    """The scenario's title."""
    opened: str
    """UTC time of day at which it was opened last."""
    copy: str = ""
    """Where its second copy is kept; empty if none is."""


class LogRegister:
    """Reads and writes the folder of the register."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or state_folder() / "exercises"

    def remember(self, log: Path, exercise: Exercise, opened: str, copy: Path | None = None) -> None:
        """Keep where the log of an exercise is, and its second copy. Raises `InputError`."""
        scenario = exercise.script.scenario
        path = str(log.absolute())
        entry = RegisteredLog(
            path, exercise.name, scenario.id, scenario.title, opened, str(copy.absolute()) if copy else ""
        )
        text = json.dumps({"format": FORMAT, **asdict(entry)}, indent=1)
        write_private(self._folder / f"{_short(path)}.json", text.encode("ascii"))
        self._forget_the_oldest()

    def copy_of(self, log: Path) -> Path | None:
        """Return where the second copy of a log was kept when it was opened last; None if none was."""
        entry = _read(self._folder / f"{_short(str(log.absolute()))}.json")
        return Path(entry.copy) if entry is not None and entry.copy else None

    def logs(self) -> list[RegisteredLog]:
        """Return what is remembered, the latest first; what cannot be read is left out."""
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
        return None  # it says nothing that the log does not say better
    return entry if all(isinstance(value, str) for value in astuple(entry)) else None
