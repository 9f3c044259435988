"""List the exercises of this user: those in the folder of logs, and those registered elsewhere."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from tabletop.errors import TabletopError
from tabletop.host.log_register import LogRegister, RegisteredLog
from tabletop.store.folder import file_name, logs
from tabletop.store.log import LogInUse
from tabletop.store.reading import read_only
from tabletop.store.row import ENCODING, LONE_SURROGATES, StoredRow, row_hash

_CLOSED: Final = "exercise-closed"
"""The tag of the last event of a closed exercise: known here, since loading all events takes longest."""


class Status(StrEnum):
    """What can be done with an exercise."""

    WAITS = "not finished"
    CLOSED = "closed"
    OPEN = "open in another tabletop"
    UNREADABLE = "cannot be read"
    GONE = "no longer there"


@dataclass(frozen=True, slots=True)
class KnownExercise:
    """An exercise, as known from its log or, if that cannot be read, from the register."""

    path: Path
    status: Status
    name: str
    scenario: str = ""
    """The scenario's id; empty if unknown."""
    title: str = ""
    """The scenario's title; empty if unknown."""
    events: int = 0
    at: int = 0
    """Game seconds at the last event."""
    wall: str = ""
    """UTC time of day of the last event; empty if unknown."""
    touched: str = ""
    """UTC time of day at which it was last recorded in or opened; empty if unknown."""
    problem: str = ""
    """Why it cannot be read."""


def known_exercises(others: Iterable[Path] = ()) -> list[KnownExercise]:
    """Return all exercises of this user, and those in `others`, the most recent first.

    Reads the first and the last event of each; an empty log holds no exercise.
    """
    registered = {os.path.realpath(one.path): one for one in LogRegister().logs()}
    paths = {os.path.realpath(path): path for path in (*others, *logs())}
    paths = {real: Path(one.path) for real, one in registered.items()} | paths
    found = [look_at(path, registered.get(real)) for real, path in paths.items()]
    return sorted((one for one in found if one is not None), key=lambda one: one.touched, reverse=True)


def look_at(path: Path, entry: RegisteredLog | None = None) -> KnownExercise | None:
    """Return what is known of the exercise in a log; None if nothing was ever recorded in it."""
    try:
        with read_only(path) as log:
            ends = log.ends()
        return _read_from(path, ends, entry) if ends else None
    except LogInUse:
        return _unread(path, Status.OPEN, entry)
    except TabletopError as error:
        status = Status.UNREADABLE if os.path.lexists(path) else Status.GONE
        return _unread(path, status, entry, error.message)
    except (ValueError, TypeError, KeyError, AttributeError):
        problem = "its first or its last event is not as it was written"
        return _unread(path, Status.UNREADABLE, entry, problem)


def of_scenario(known: Sequence[KnownExercise], scenario: str) -> list[KnownExercise]:
    """Return the exercises of a scenario, and those of unknown scenario whose file is named after it."""
    called_after = re.compile(rf"{re.escape(file_name(scenario))}(-\d+)?")
    return [
        one
        for one in known
        if one.scenario == scenario or (not one.scenario and called_after.fullmatch(one.path.stem))
    ]


def same_log(one: Path, other: Path) -> bool:
    """Return whether two paths lead to the same log, resolving links."""
    return os.path.realpath(one) == os.path.realpath(other)


def _read_from(path: Path, ends: tuple[StoredRow, ...], entry: RegisteredLog | None) -> KnownExercise:
    first, last = (_checked(row) for row in ends)
    created = json.loads(first.body.decode(ENCODING, LONE_SURROGATES))
    return KnownExercise(
        path,
        Status.CLOSED if last.type == _CLOSED else Status.WAITS,
        name=_text(created["name"]),
        scenario=_text(created["scenario"]["id"]),
        title=_text(created["scenario"]["title"]),
        events=last.seq,
        at=last.at,
        wall=last.wall,
        touched=max(_comparable(last.wall), _comparable(entry.opened if entry is not None else "")),
    )


def _unread(path: Path, status: Status, entry: RegisteredLog | None, problem: str = "") -> KnownExercise:
    if entry is None:
        return KnownExercise(path, status, name=path.stem, touched=_changed(path), problem=problem)
    return KnownExercise(
        path,
        status,
        name=entry.name,
        scenario=entry.scenario,
        title=entry.title,
        touched=_comparable(entry.opened),
        problem=problem,
    )


def _checked(row: StoredRow) -> StoredRow:
    if row_hash(row) != row.hash:
        raise ValueError("hash mismatch")
    return row


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not text")
    return value


def _comparable(wall: str) -> str:
    """Return a time of day that sorts as text, with or without fractions of a second."""
    return wall.rstrip("Z")


def _changed(path: Path) -> str:
    """Return when a file was last modified; empty if unknown."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="milliseconds")[:23]
    except (OSError, OverflowError, ValueError):
        return ""
