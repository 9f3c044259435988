"""The user's logs: what they are called, which is meant, and which wait to be finished."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from tabletop.errors import InputError
from tabletop.exercise import events as e
from tabletop.exercise.events import Event
from tabletop.paths import logs_folder
from tabletop.store.folder import find_log, log_path, unfinished
from tabletop.store.sqlite import SqliteLog
from tests.builders import created, records_of, tiny_scenario
from tests.store.test_sqlite import change
from tests.strategies import texts


def keep(name: str, *events: Event, wall: str = "2026-03-01T09:00:00Z", scenario: str = "tiny") -> Path:
    """Write a log under that name and return its path."""
    first = created(tiny_scenario(id=scenario), name=name)
    path = log_path(name)
    with SqliteLog.create(path) as log:
        log.append(records_of([first, *events], wall=wall))
    return path


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Spring exercise", "spring-exercise.db"),
        ("  Spring / 2026: day 1!  ", "spring-2026-day-1.db"),
        ("../../etc/passwd", "etc-passwd.db"),
        ("C:\\Windows\\x", "c-windows-x.db"),
        ("前島の夜明け", "前島の夜明け.db"),
        ("한국 훈련", "한국-훈련.db"),
        ("हिन्दी", "हिन्दी.db"),
        ("E\u0301tude", "étude.db"),
        ("CON", "exercise-con.db"),
        ("com1", "exercise-com1.db"),
        (".hidden", "hidden.db"),
        ("", "exercise.db"),
        ("\x00\x1b[31m\u202e👩", "31m.db"),
        ("\ud800", "exercise.db"),
        ("漢" * 100, "漢" * 40 + ".db"),
    ],
)
def test_b12_a_name_makes_a_safe_file_name(name: str, file: str) -> None:
    assert log_path(name) == logs_folder() / file


@given(texts())
def test_b12_any_name_makes_a_file_in_the_folder(name: str) -> None:
    path = log_path(name)
    assert path.parent == logs_folder()
    assert path.name == Path(path.name).name != ".db"
    assert len(path.name.encode()) <= 130
    assert path.name.isprintable()
    assert log_path(path.stem) == path


def test_a_log_is_found_by_path_by_name_and_by_file_name() -> None:
    path = keep("Spring exercise")
    assert find_log(str(path)) == path
    assert find_log("Spring exercise") == path
    assert find_log("spring-exercise") == path
    assert find_log("spring-exercise.db") == path


def test_a_log_that_is_not_there_gets_the_nearest_one() -> None:
    keep("Spring exercise")
    with pytest.raises(
        InputError, match=r"there is no log 'sprng-exercise'. Did you mean 'spring-exercise'\?"
    ):
        find_log("sprng-exercise")
    with pytest.raises(InputError, match=r"there is no log 'x/sprng-exercise.db'. Did you mean"):
        find_log("x/sprng-exercise.db")


@pytest.mark.parametrize("name", ["zebra", "", "\x00", "x" * 5000, "/no/such/log.db", "\ud800"])
def test_a_log_that_is_not_there_is_refused_in_plain_words(name: str) -> None:
    with pytest.raises(InputError, match="there is no log"):
        find_log(name)


def test_unfinished_logs_are_found_the_latest_first() -> None:
    keep("old", e.ExerciseStarted(phase="launch"), wall="2026-03-01T09:00:00Z")
    keep("new", e.ExerciseStarted(phase="launch"), e.NoteTaken(text=""), wall="2026-03-02T09:00:00Z")
    keep("closed", e.ExerciseClosed())
    keep("other", scenario="other")
    found = unfinished("tiny")
    assert [(log.name, log.events, log.at) for log in found] == [("new", 3, 120), ("old", 2, 60)]
    assert [log.path for log in found] == [log_path("new"), log_path("old")]
    assert [log.name for log in unfinished("other")] == ["other"]
    assert unfinished("neither") == []


def test_what_is_not_a_whole_log_is_passed_over() -> None:
    assert unfinished("tiny") == []
    keep("good")
    change(keep("bad"), "UPDATE event SET seat = 'x'")
    SqliteLog.create(log_path("empty")).close()
    log_path("text").write_text("not a log")
    log_path("nothing").write_text("")
    log_path("folder").mkdir()
    with SqliteLog.open(keep("in use")):
        assert [log.name for log in unfinished("tiny")] == ["good"]
    assert [log.name for log in unfinished("tiny")] == ["good", "in use"]
