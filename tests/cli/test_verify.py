"""`tabletop verify`: its verdict, its exit code, and what it saves."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.cli.main import main
from tabletop.exercise import events as e
from tabletop.store.folder import log_path
from tabletop.store.sqlite import SqliteLog
from tests.builders import created, records_of
from tests.store.test_sqlite import change

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def path() -> Path:
    """Write a log of ten events."""
    file = log_path("Spring exercise")
    events: list[e.Event] = [created(), e.ExerciseStarted(phase="launch")]
    events += [e.NoteTaken(text=str(number)) for number in range(8)]
    with SqliteLog.create(file) as log:
        log.append(records_of(events))
    return file


def head(path: Path) -> str:
    """Return the short hash of the last event."""
    with SqliteLog.open(path) as log:
        return log.head[1][:12]


def test_a_whole_log(path: Path, capsys: Captured) -> None:
    assert main(["verify", "Spring exercise"]) == 0
    assert capsys.readouterr() == (f"10 events, chain intact, head {head(path)}\n", "")


def test_a_changed_log_is_a_problem_and_not_an_error(path: Path, capsys: Captured) -> None:
    change(path, "UPDATE event SET seat = 'tokyo' WHERE seq = 7")
    assert main(["verify", str(path)]) == 1
    said = capsys.readouterr()
    assert "event 7 is not as it was written: its hash does not match" in said.out
    assert "The first 6 events are intact, up to hash " in said.out
    assert said.err == ""


def test_nothing_good(path: Path, capsys: Captured) -> None:
    change(path, "UPDATE event SET seat = 'tokyo'")
    assert main(["verify", str(path)]) == 1
    assert capsys.readouterr().out.endswith("No event in it is intact.\n")


@pytest.mark.parametrize("content", [b"", b"not a log", b"\x00\xff" * 4000])
def test_what_is_no_log_at_all_is_wrong_use(tmp_path: Path, content: bytes, capsys: Captured) -> None:
    path = tmp_path / "some.db"
    path.write_bytes(content)
    assert main(["verify", str(path)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert str(path) in said.err
    assert "Try another copy of the log" in said.err
    assert path.read_bytes() == content


def test_salvage_writes_what_is_good(path: Path, tmp_path: Path, capsys: Captured) -> None:
    change(path, "DELETE FROM event WHERE seq = 4")
    before, out = path.read_bytes(), tmp_path / "saved.db"
    assert main(["salvage", str(path), "-o", str(out)]) == 1
    said = capsys.readouterr().out
    assert f"3 events from {path}\n3 events saved in {out}.\n" in said
    assert "more after the first damage" in said
    assert path.read_bytes() == before
    assert main(["verify", str(out)]) == 0
    assert capsys.readouterr().out.startswith("3 events, chain intact, head ")


@pytest.mark.parametrize("words", [["zebra"], [], ["{path}", "--against", "{path}.gone"], ["{folder}"]])
def test_wrong_use(path: Path, words: list[str], capsys: Captured) -> None:
    given = [word.format(path=path, folder=path.parent) for word in words]
    assert main(["verify", *given]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err
    assert "Traceback" not in said.err


def test_a_newer_log_cannot_be_judged(path: Path, capsys: Captured) -> None:
    change(path, "PRAGMA user_version = 9")
    assert main(["verify", str(path)]) == 2
    assert "was written by a newer version of tabletop" in capsys.readouterr().err
