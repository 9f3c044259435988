"""The user's logs: what they are called, and which is meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from tabletop.errors import InputError
from tabletop.paths import logs_folder
from tabletop.store.folder import find_log, log_path
from tabletop.store.sqlite import SqliteLog
from tests.builders import created, records_of, tiny_scenario
from tests.strategies import texts


def keep(name: str) -> Path:
    """Write a log under that name and return its path."""
    path = log_path(name)
    with SqliteLog.create(path) as log:
        log.append(records_of([created(tiny_scenario(), name=name)]))
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
