"""The folder of the user's logs: what they are called, and which of them wait to be finished."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Final

from tabletop.errors import InputError, TabletopError
from tabletop.exercise.events import ExerciseClosed
from tabletop.paths import logs_folder
from tabletop.scenario.nearest import nearest
from tabletop.store.codec import ENCODING, LONE_SURROGATES, StoredRow, row_hash
from tabletop.store.log import LogInUse
from tabletop.store.reading import read_only

SUFFIX: Final = ".db"
_LONGEST: Final = 120
"""Bytes of a file name, so that a suffix and `-journal` still fit into 255."""
_CLOSED: Final = ExerciseClosed.model_fields["type"].default
_RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{kind}{number}" for kind in ("com", "lpt") for number in range(10))}
)
"""Names that are devices on Windows, with any suffix."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A log of an exercise that was begun and not closed."""

    path: Path
    name: str
    events: int
    at: int
    """Game seconds at the last event."""
    wall: str
    """UTC time of day of the last event."""


def log_path(name: str) -> Path:
    """Where the log of an exercise of that name is kept. The file need not exist."""
    return logs_folder() / f"{_file_name(name)}{SUFFIX}"


def free_name(base: str) -> str:
    """The first of base, base-2, base-3 … that no log in the folder has."""
    return next(
        name
        for number in count(1)
        if not log_path(name := base if number == 1 else f"{base}-{number}").exists()
    )


def find_log(name_or_path: str) -> Path:
    """The log that the user means: a file, or the name of an exercise. Raises `InputError`."""
    given = Path(name_or_path)
    try:
        if name_or_path and given.exists():
            return given
        named = logs_folder() / f"{_file_name(name_or_path.removesuffix(SUFFIX))}{SUFFIX}"
        if named.exists():
            return named
    except (OSError, ValueError) as error:  # too long for a name; a NUL in it
        raise InputError(f"there is no log '{name_or_path[:100]}': {_reason(error)}") from error
    meant = nearest(given.stem, (path.stem for path in _logs()))
    if meant is not None:
        hint = f"Did you mean '{meant}'?"
    else:
        hint = f"Give the path of a log, or the name of an exercise in {logs_folder()}."
    raise InputError(f"there is no log '{name_or_path}'. {hint}")


def in_use(name: str) -> Path | None:
    """The log called `name`, or name-2, name-3 and so on, that another process holds; None if none is."""
    for path in _logs():
        if re.fullmatch(rf"{re.escape(_file_name(name))}(-\d+)?", path.stem):
            try:
                read_only(path).close()
            except LogInUse:
                return path
            except TabletopError:
                continue  # whoever opens that log is told what is wrong with it
    return None


def unfinished(scenario_id: str | None = None) -> list[Unfinished]:
    """The logs of a scenario, or of any, that are not closed, the latest first.

    Reads the first and the last event of each; passes over logs in use and files that are not whole logs.
    """
    found = [log for path in _logs() if (log := _if_unfinished(path, scenario_id)) is not None]
    return sorted(found, key=lambda log: log.wall, reverse=True)


def _if_unfinished(path: Path, scenario_id: str | None) -> Unfinished | None:
    try:
        with read_only(path) as log:
            ends = log.ends()
        if not ends or ends[-1].type == _CLOSED:
            return None
        first, last = (_checked(row) for row in ends)
        created = json.loads(first.body.decode(ENCODING, LONE_SURROGATES))
        if scenario_id not in (None, _scenario_id(created)):
            return None
        return Unfinished(path, name=created["name"], events=last.seq, at=last.at, wall=last.wall)
    except (TabletopError, ValueError, TypeError, KeyError, AttributeError):
        return None  # whoever opens that log is told what is wrong with it


def _checked(row: StoredRow) -> StoredRow:
    if row_hash(row) != row.hash:
        raise ValueError("not as it was written")
    return row


def _scenario_id(created: dict[str, Any]) -> object:
    return created["scenario"]["id"]


def _logs() -> list[Path]:
    try:
        return sorted(logs_folder().glob(f"*{SUFFIX}"))
    except OSError:
        return []


def _file_name(name: str) -> str:
    """The name as a file name on any system: letters, digits and hyphens, nothing else, never empty."""
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())
    # Categories L, M and N: letters of every script with their marks, and digits.
    kept = "".join(letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in plain)
    words = "-".join(kept.split())
    cut = words.encode("utf-8")[:_LONGEST].decode("utf-8", "ignore").strip("-")
    if not cut or cut in _RESERVED:
        return f"exercise-{cut}".rstrip("-")
    return cut


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
