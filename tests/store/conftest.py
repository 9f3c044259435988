"""Logs of both kinds, and the files of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tabletop.exercise import events as e
from tabletop.exercise.events import Event, Record
from tabletop.store.log import EventLog
from tabletop.store.memory import MemoryLog
from tabletop.store.sqlite import SqliteLog
from tests.builders import created, records_of

MAKERS: dict[str, Callable[[Path], EventLog]] = {
    "memory": lambda _: MemoryLog(),
    "sqlite": lambda folder: SqliteLog.create(folder / "log.db"),
}


@pytest.fixture(params=MAKERS)
def log(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EventLog]:
    """Create an empty log of each kind in turn."""
    made = MAKERS[request.param](tmp_path)
    yield made
    made.close()


def story(length: int) -> list[Record]:
    """Return records of an exercise that starts and in which notes are taken."""
    events: list[Event] = [created(), e.ExerciseStarted(phase="launch")]
    events += [e.NoteTaken(text=f"Nr {number}: 異状なし") for number in range(3, length + 1)]
    return records_of(events[:length])


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """Write a closed log of 30 events; return its path."""
    path = tmp_path / "written.db"
    with SqliteLog.create(path) as made:
        made.append(story(30))
    return path
