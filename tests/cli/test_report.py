"""`tabletop report`: the files it writes, what it says, and what it refuses."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from tabletop.cli.main import main
from tabletop.exercise.events import NoteTaken
from tabletop.report.build import build_report
from tabletop.report.markdown import render_markdown
from tabletop.report.marking import MARKING
from tabletop.store.sqlite import SqliteLog
from tests.builders import records_of
from tests.report.exercises import full_records, typed_everywhere

pytestmark = pytest.mark.newcomer

Captured = pytest.CaptureFixture[str]
NAMES = [f"EXERCISE-tiny-aar.{ending}" for ending in ("md", "html", "json")]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """The log of the full game."""
    path = tmp_path / "game.db"
    with SqliteLog.create(path) as opened:
        opened.append(full_records())
    return path


def test_all_formats_into_the_current_folder(
    log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert main(["report", str(log)]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == NAMES
    assert "Spring exercise" in said.err
    assert sorted(path.name for path in folder.iterdir()) == sorted(NAMES)
    assert all(MARKING in (folder / name).read_text(encoding="utf-8") for name in NAMES)


def test_it_says_what_the_records_say_and_names_the_end_of_the_chain(log: Path, tmp_path: Path) -> None:
    assert main(["report", str(log), "--format", "md", "-o", str(tmp_path)]) == 0
    with SqliteLog.open(log) as opened:
        head = opened.head[1]
    expected = render_markdown(build_report(full_records(), chain_head=head))
    assert (tmp_path / NAMES[0]).read_text(encoding="utf-8") == expected


def test_formats_are_written_once_each_and_into_a_folder_that_is_made(
    log: Path, tmp_path: Path, capsys: Captured
) -> None:
    folder = tmp_path / "new" / "deep"
    assert main(["report", str(log), "--format", "json, MD,md", "-o", str(folder)]) == 0
    assert capsys.readouterr().out.splitlines() == [str(folder / NAMES[0]), str(folder / NAMES[2])]
    assert sorted(path.name for path in folder.iterdir()) == [NAMES[2], NAMES[0]]


def test_a_report_written_before_is_replaced(log: Path, tmp_path: Path) -> None:
    old = tmp_path / NAMES[2]
    old.write_text("old", encoding="utf-8")
    assert main(["report", str(log), "--format", "json", "-o", str(tmp_path)]) == 0
    assert json.loads(old.read_text(encoding="utf-8"))["overview"]["exercise"] == "Spring exercise"
    assert not list(tmp_path.glob(".*.part"))


def test_anonymous(log: Path, tmp_path: Path, capsys: Captured) -> None:
    assert main(["report", str(log), "--anonymous", "--format", "md", "-o", str(tmp_path)]) == 0
    written = tmp_path / "EXERCISE-tiny-aar-anonymous.md"
    assert capsys.readouterr().out == f"{written}\n"
    assert "evaluator" not in written.read_text(encoding="utf-8")


def test_an_exercise_is_found_by_its_name(tmp_path: Path, capsys: Captured) -> None:
    from tabletop.store.folder import log_path

    path = log_path("Spring exercise")
    with SqliteLog.create(path) as opened:
        opened.append(full_records())
    assert main(["report", "Spring exercise", "--format", "md", "-o", str(tmp_path)]) == 0
    assert (tmp_path / NAMES[0]).exists()
    assert "one file" in capsys.readouterr().err


@pytest.mark.parametrize(("formats", "named"), [("pdf", "'pdf'"), ("md,,docx", "'docx'"), (",", "no format")])
def test_a_format_that_there_is_not(log: Path, formats: str, named: str, capsys: Captured) -> None:
    assert main(["report", str(log), "--format", formats]) == 2
    assert named in capsys.readouterr().err


def test_what_is_no_log(tmp_path: Path, capsys: Captured) -> None:
    empty = tmp_path / "empty.db"
    empty.write_bytes(b"")
    text = tmp_path / "text.db"
    text.write_text("not a log", encoding="utf-8")
    for path in (empty, text, tmp_path / "missing.db", tmp_path):
        assert main(["report", str(path), "-o", str(tmp_path)]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert len(said.err.strip().splitlines()) == 1
    assert not list(tmp_path.glob("EXERCISE*"))


def test_a_log_without_an_exercise(tmp_path: Path, capsys: Captured) -> None:
    nothing, no_start = tmp_path / "nothing.db", tmp_path / "no-start.db"
    SqliteLog.create(nothing).close()
    with SqliteLog.create(no_start) as opened:
        opened.append(records_of([NoteTaken(text="x")]))
    for path in (nothing, no_start):
        assert main(["report", str(path), "-o", str(tmp_path)]) == 2
        assert "holds no exercise that can be reported" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written(log: Path, tmp_path: Path, capsys: Captured) -> None:
    if os.geteuid() == 0:
        folder = Path("/proc")
    else:
        folder = tmp_path / "closed"
        folder.mkdir()
        folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    assert main(["report", str(log), "-o", str(folder)]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_hostile_names_do_not_reach_the_terminal(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "rude.db"
    with SqliteLog.create(path) as opened:
        opened.append(typed_everywhere("\x1b]0;owned\x07../../\u202e"))
    assert main(["report", str(path), "-o", str(tmp_path)]) == 0
    said = capsys.readouterr()
    assert "\x1b" not in said.err + said.out
    assert "\u202e" not in said.err + said.out
    assert sorted(path.name for path in tmp_path.glob("EXERCISE*")) == sorted(NAMES)
