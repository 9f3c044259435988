"""The user's exercises: which there are, what can be done with each, and where they are."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from tabletop.exercise import events as e
from tabletop.exercise.apply import fold
from tabletop.exercise.events import Event
from tabletop.host.exercises import KnownExercise, Status, known_exercises, look_at, of_scenario
from tabletop.host.log_register import KEPT, LogRegister
from tabletop.paths import state_folder
from tabletop.store.folder import log_path
from tabletop.store.sqlite import SqliteLog
from tests.builders import created, records_of, tiny_scenario
from tests.store.test_sqlite import change


def keep(path: Path, *events: Event, wall: str = "2026-03-01T09:00:00Z", scenario: str = "tiny") -> Path:
    """Write the log of an exercise called after its file, and return its path."""
    first = created(tiny_scenario(id=scenario), name=path.stem)
    with SqliteLog.create(path) as log:
        log.append(records_of([first, *events], wall=wall))
    return path


def remember(path: Path, opened: str = "2026-03-01T09:00:00Z", scenario: str = "tiny") -> None:
    """Have the register know a log."""
    exercise = fold(records_of([created(tiny_scenario(id=scenario), name=path.stem)]))
    LogRegister().remember(path, exercise, opened)


def names(status: Status) -> list[str]:
    return [one.name for one in known_exercises() if one.status is status]


def one(path: Path) -> KnownExercise:
    return next(found for found in known_exercises() if found.path == path)


def test_exercises_are_listed_the_one_played_last_first() -> None:
    keep(log_path("old"), e.ExerciseStarted(phase="launch"), wall="2026-03-01T09:00:00Z")
    started = e.ExerciseStarted(phase="launch")
    keep(log_path("new"), started, e.NoteTaken(text=""), wall="2026-03-02T09:00:00.5Z")
    keep(log_path("closed"), e.ExerciseClosed())
    keep(log_path("other"), scenario="other")
    waits = [found for found in known_exercises() if found.status is Status.WAITS]
    assert [(found.name, found.events, found.at) for found in waits[:2]] == [("new", 3, 120), ("old", 2, 60)]
    assert [found.path for found in waits[:2]] == [log_path("new"), log_path("old")]
    assert [found.title for found in waits[:2]] == [tiny_scenario().title] * 2
    assert names(Status.CLOSED) == ["closed"]
    assert [found.name for found in of_scenario(waits, "other")] == ["other"]
    assert of_scenario(waits, "neither") == []


def test_what_is_no_whole_log_is_listed_as_such_and_an_empty_log_not_at_all() -> None:
    assert known_exercises() == []
    keep(log_path("good"))
    change(keep(log_path("bad")), "UPDATE event SET seat = 'x'")
    SqliteLog.create(log_path("empty")).close()
    log_path("text").write_text("not a log")
    log_path("folder").mkdir()
    with SqliteLog.open(keep(log_path("open"))):
        assert names(Status.WAITS) == ["good"]
        assert names(Status.OPEN) == ["open"]
    assert names(Status.WAITS) == ["good", "open"]
    assert sorted(names(Status.UNREADABLE)) == ["bad", "folder", "text"]
    assert "not as it was written" in one(log_path("bad")).problem
    assert len(known_exercises()) == 5


def test_n_resume_a_log_outside_the_folder_is_known_by_the_register_and_read_for_what_it_is(
    tmp_path: Path,
) -> None:
    path = keep(tmp_path / "stick" / "spring.db", e.ExerciseStarted(phase="launch"))
    assert known_exercises() == []
    remember(path, opened="2026-03-05T10:00:00Z")
    found = one(path)
    assert (found.status, found.name, found.events) == (Status.WAITS, "spring", 2)
    assert found.touched == "2026-03-05T10:00:00"
    with SqliteLog.open(path):
        assert (one(path).status, one(path).name, one(path).scenario) == (Status.OPEN, "spring", "tiny")
    with SqliteLog.open(path) as log:
        log.append(records_of([e.ExerciseClosed()], first=3))
    assert one(path).status is Status.CLOSED


def test_n_resume_a_log_is_listed_once_however_it_is_reached(tmp_path: Path) -> None:
    path = keep(log_path("spring"))
    link = tmp_path / "link.db"
    link.symlink_to(path)
    remember(path)
    remember(link)
    assert [found.path for found in known_exercises()] == [path]


def test_n_resume_a_log_that_moved_is_gone_where_it_was_and_what_replaced_it_counts(tmp_path: Path) -> None:
    path = keep(tmp_path / "spring.db")
    remember(path)
    path.rename(tmp_path / "moved.db")
    assert (one(path).status, one(path).name) == (Status.GONE, "spring")
    keep(path, scenario="other")
    assert (one(path).status, one(path).scenario) == (Status.WAITS, "other")
    path.write_bytes(b"no log any more")
    assert one(path).status is Status.UNREADABLE


def test_n_resume_the_register_is_private_small_and_never_in_the_way(tmp_path: Path) -> None:
    for number in range(KEPT + 5):
        remember(tmp_path / f"{number}.db", opened=f"2026-03-01T09:00:{number:04}Z")
    files = list((state_folder() / "exercises").iterdir())
    assert len(files) == KEPT
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert LogRegister().logs()[0].path == str(tmp_path / f"{KEPT + 4}.db")
    for file, damage in zip(files, ["", "[", "{}", "[1]", '{"format": 2}', "[" * 9999], strict=False):
        file.write_text(damage)
    entry = json.loads(files[6].read_text())
    files[6].write_text(json.dumps({**entry, "name": 7}))
    files[7].write_text(json.dumps({**entry, "more": ""}))
    assert len(LogRegister().logs()) == KEPT - 8


@pytest.mark.parametrize("name", ["\udc80\udcff.db", "訓練 one.db", "a\nb.db"])
def test_n_resume_any_path_is_remembered(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    try:
        keep(path)
    except (OSError, ValueError):
        pytest.skip("this system has no such file names")
    remember(path)
    found = one(path)
    assert found.path == path
    assert look_at(path) == KnownExercise(
        path,
        Status.WAITS,
        name=path.stem,
        scenario="tiny",
        title=found.title,
        events=1,
        at=found.at,
        wall=found.wall,
        touched=found.touched,
    )
