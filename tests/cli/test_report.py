"""`tabletop report`: the files it writes, what it says, and what it refuses."""

from __future__ import annotations

import errno
import json
import os
import stat
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from tabletop.cli.main import main
from tabletop.exercise.events import NoteTaken
from tabletop.exercise.marking import MARKING
from tabletop.report import filing
from tabletop.report.build import build_report
from tabletop.report.filing import write_new
from tabletop.report.rendering import render_markdown
from tabletop.store.sqlite import SqliteLog
from tests.builders import records_of
from tests.report.exercises import full_records, typed_everywhere

pytestmark = pytest.mark.newcomer

Captured = pytest.CaptureFixture[str]
STEM = "EXERCISE-spring-exercise-2026-05-31-aar"
NAMES = [f"{STEM}.{ending}" for ending in ("md", "html", "json")]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Write the log of the full game."""
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


def test_n_report_one_that_is_there_is_never_replaced_and_the_new_one_is_numbered(
    log: Path, tmp_path: Path, capsys: Captured
) -> None:
    folder = tmp_path / "reports"
    assert main(["report", str(log), "-o", str(folder)]) == 0
    assert "already" not in capsys.readouterr().err
    edited = folder / NAMES[0]
    edited.write_text("what a person made of it", encoding="utf-8")
    (folder / NAMES[1]).unlink()
    for number in (2, 3):
        assert main(["report", str(log), "-o", str(folder)]) == 0
        said = capsys.readouterr()
        expected = [folder / f"{STEM} ({number}).{ending}" for ending in ("md", "html", "json")]
        assert said.out.splitlines() == [str(path) for path in expected], "all of a report have one number"
        assert f"left unchanged: this one is numbered ({number})" in said.err
        assert (
            json.loads(expected[2].read_text(encoding="utf-8"))["overview"]["exercise"] == "Spring exercise"
        )
    assert edited.read_text(encoding="utf-8") == "what a person made of it"
    assert len(list(folder.iterdir())) == 8, "nothing else is left there"
    assert main(["report", str(log), "--format", "html", "-o", str(folder)]) == 0
    assert (folder / NAMES[1]).exists(), "the first number under which none of what is wanted exists"


def test_n_report_two_groups_of_one_scenario_keep_their_reports_in_one_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for group in ("alpha", "bravo"):
        (tmp_path / group).mkdir()
        with SqliteLog.create(tmp_path / group / "game.db") as opened:
            first, *rest = full_records()
            event = first.event.model_copy(update={"name": f"Group {group}"})
            opened.append([first.model_copy(update={"event": event}), *rest])
        assert main(["report", str(tmp_path / group / "game.db"), "--format", "md"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "EXERCISE-group-alpha-2026-05-31-aar.md",
        "EXERCISE-group-bravo-2026-05-31-aar.md",
    ]


def test_n_report_programs_that_write_at_once_replace_nothing_of_each_other(tmp_path: Path) -> None:
    """Each finds no such file, and only then do they write."""
    ready, folder = threading.Barrier(4), tmp_path / "reports"
    found: list[tuple[Path, ...]] = []

    def write(who: int) -> None:
        def name(suffix: str, number: int) -> str:
            if number == 1 and suffix == "html":
                with suppress(threading.BrokenBarrierError):
                    ready.wait(30)
            return f"report ({number}).{suffix}"

        found.append(write_new(folder, {"md": f"{who} md", "html": f"{who} html"}, name)[1])

    threads = [threading.Thread(target=write, args=(who,)) for who in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    texts = [{path.read_text(encoding="utf-8").split()[0] for path in paths} for paths in found]
    assert sorted(map(sorted, texts)) == [["0"], ["1"], ["2"], ["3"]], "none replaced or mixed with another"
    assert len(list(folder.iterdir())) == 8


@pytest.mark.slow
def test_n_report_four_programs_at_once_leave_four_whole_reports(log: Path, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    words = [sys.executable, "-m", "tabletop", "report", str(log), "-o", str(folder)]
    programs = [subprocess.Popen(words, stdout=subprocess.DEVNULL) for _ in range(4)]
    assert [program.wait(60) for program in programs] == [0] * 4
    stems = [STEM, *(f"{STEM} ({number})" for number in (2, 3, 4))]
    endings = ("md", "html", "json")
    expected = {f"{stem}.{ending}" for stem in stems for ending in endings}
    assert {path.name for path in folder.iterdir()} == expected
    for ending in endings:
        assert len({(folder / f"{stem}.{ending}").read_bytes() for stem in stems}) == 1


@pytest.mark.parametrize("links", [True, False])
def test_n_report_two_that_want_other_formats_share_no_number(
    links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program comes in between the first file of a report and its second."""
    if not links:

        def hardlink_to(*_: object) -> None:
            raise PermissionError(errno.EPERM, "Operation not permitted")

        monkeypatch.setattr(Path, "hardlink_to", hardlink_to)
    came: list[tuple[int, tuple[Path, ...]]] = []
    publish = filing.publish

    def name(suffix: str, number: int) -> str:
        return f"r{number}.{suffix}"

    def interrupted(draft: Path, path: Path) -> None:
        publish(draft, path)
        if not came and path.suffix == ".md":
            came.append((0, ()))
            came[0] = write_new(tmp_path, {"html": "second"}, name)

    monkeypatch.setattr(filing, "publish", interrupted)
    assert write_new(tmp_path, {"md": "first", "html": "first"}, name) == (
        2,
        (tmp_path / "r2.md", tmp_path / "r2.html"),
    )
    assert came == [(1, (tmp_path / "r1.html",))]
    assert (tmp_path / "r1.html").read_text() == "second"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r1.html", "r2.html", "r2.md"]


def test_n_report_without_a_log_says_what_to_type_and_which_exercises_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    from tabletop.store.folder import log_path

    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.db").write_text("no log")
    assert main(["report"]) == 2
    assert "There is none yet: `tabletop run` begins one." in capsys.readouterr().err
    log_path("x").parent.mkdir(parents=True)
    for name, records in (("Spring exercise", full_records()), ("autumn", full_records()[:3])):
        with SqliteLog.create(log_path(name)) as opened:
            opened.append(records)
    with SqliteLog.open(log_path("autumn")):
        assert main(["report"]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert "say which exercise to write up: `tabletop report LOG`" in said.err
        assert "\n    tabletop report spring-exercise\n" in said.err
        assert "Spring exercise · " in said.err
        assert "have to be closed first" in said.err
        assert "tabletop report autumn" not in said.err
    with SqliteLog.create(tmp_path / "played here.db") as opened:
        opened.append(full_records())
    assert main(["report", "--format", "md"]) == 2
    said = capsys.readouterr()
    assert "tabletop report autumn" in said.err
    assert "\n    tabletop report 'played here.db'\n" in said.err


def test_anonymous(log: Path, tmp_path: Path, capsys: Captured) -> None:
    assert main(["report", str(log), "--anonymous", "--format", "md", "-o", str(tmp_path)]) == 0
    written = tmp_path / "EXERCISE-spring-exercise-aar-anonymous.md"
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


def test_a_log_kept_elsewhere_is_found_by_the_name_that_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    from tabletop.exercise.apply import fold
    from tabletop.host.log_register import LogRegister

    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        folder.mkdir()
    for path in (there / "a.db", there / "b.db"):
        with SqliteLog.create(path) as opened:
            opened.append(full_records())
    monkeypatch.chdir(here)
    LogRegister().remember(there / "a.db", fold(full_records()), "2026-05-31T10:00:00Z")
    assert main(["report"]) == 2
    assert "Spring exercise · " in capsys.readouterr().err
    assert main(["report", "Spring exercise", "--format", "md"]) == 0
    assert (here / NAMES[0]).exists()
    for verb in ("score", "verify", "log", "explain"):
        assert main([verb, "spring-exercise"]) == 0
    capsys.readouterr()
    LogRegister().remember(there / "b.db", fold(full_records()), "2026-05-31T11:00:00Z")
    assert main(["report", "Spring exercise"]) == 2
    said = capsys.readouterr().err
    assert "several exercises are called 'Spring exercise'" in said
    assert f"  {there / 'a.db'}\n" in said
    assert str(there / "b.db") in said
    assert main(["report", "Autumn exercise"]) == 2
    assert "there is no log 'Autumn exercise'" in capsys.readouterr().err


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
    assert len(list(tmp_path.glob("EXERCISE-*-aar.*"))) == 3
