"""`tabletop log`: what people and programs are shown of a log, and what a seat is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tabletop.cli.main import main
from tabletop.exercise import events as e
from tabletop.exercise.events import EVENT, Event
from tabletop.exercise.view import view
from tabletop.store.folder import log_path
from tabletop.store.sqlite import SqliteLog
from tests.builders import created, records_of, tiny_scenario, with_storylines
from tests.harmless import has_control

Captured = pytest.CaptureFixture[str]

RUDE = "\x1b]0;owned\x07\x9b2J\u202e\udc80\nfake line"

EVENTS: list[Event] = [
    created(),
    e.ExerciseStarted(phase="launch"),
    e.NoteTaken(text=RUDE),
    e.MessageSent(by="tokyo", to=("seoul",), text="西側で熱源"),
    e.MessageSent(by="washington", to=("tokyo",), text="secret"),
    e.StatementMade(by="tokyo", text=RUDE),
]


@pytest.fixture
def path() -> Path:
    """Write the log of an exercise with hostile and with secret text in it."""
    file = log_path("Spring exercise")
    with SqliteLog.create(file) as log:
        log.append(records_of(EVENTS, seat="control"))
    return file


def test_one_storyline(capsys: Captured) -> None:
    scenario = with_storylines(tiny_scenario(), notice="the launch", detection="the launch", leak="press")
    events: list[Event] = [
        created(scenario),
        e.ExerciseStarted(phase="launch"),
        e.DecisionLapsed(decision="push-track", code="D1", team="washington", reason="gate"),
        e.DecisionLapsed(decision="alert", code="D2", team="tokyo", reason="gate"),
        e.NoteTaken(text="x"),
    ]
    with SqliteLog.create(log_path("Lines")) as log:
        log.append(records_of(events, seat="control"))
    shown = lines(capsys, "Lines", "--storyline", "The Launch")
    assert [line.split()[0] for line in shown] == ["#3"]
    assert lines(capsys, "Lines", "--storyline", "press") == []
    as_json = lines(capsys, "Lines", "--storyline", "the launch", "--json")
    assert [json.loads(line)["seq"] for line in as_json] == [3]
    assert lines(capsys, "Lines", "--storyline", "the launch", "--as", "washington")[0].startswith("#")
    assert main(["log", "Lines", "--storyline", "the lunch"]) == 2
    assert "Did you mean 'the launch'?" in capsys.readouterr().err


def lines(capsys: Captured, *words: str) -> list[str]:
    """Return the lines that `tabletop log` prints."""
    assert main(["log", *words]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    return said.out.splitlines()


def test_one_line_an_event(path: Path, capsys: Captured) -> None:
    shown = lines(capsys, "Spring exercise")
    assert len(shown) == len(EVENTS)
    assert shown[1] == "#2     T+1       control      STARTEX: the exercise began with phase “Launch”"
    assert shown[3].endswith("Tokyo wrote to Seoul: 西側で熱源")
    assert not any(map(has_control, shown))
    assert lines(capsys, str(path)) == shown


def test_json_holds_everything_exactly_and_nothing_that_a_terminal_obeys(
    path: Path, capsys: Captured
) -> None:
    shown = lines(capsys, str(path), "--json")
    assert not any(map(has_control, shown))
    assert "西側で熱源" in shown[3]
    found = [json.loads(line) for line in shown]
    assert [entry["seq"] for entry in found] == [1, 2, 3, 4, 5, 6]
    assert all(set(entry) == {"seq", "at", "wall", "seat", "event"} for entry in found)
    assert [EVENT.validate_python(entry["event"]) for entry in found] == EVENTS


def test_g9_a_seat_is_shown_its_view_and_no_gap(path: Path, capsys: Captured) -> None:
    shown = lines(capsys, str(path), "--as", "seoul")
    assert [line.split()[0] for line in shown] == ["#1", "#2", "#3"]
    assert not any("secret" in line for line in shown)
    found = [json.loads(line) for line in lines(capsys, str(path), "--as", "seoul", "--json")]
    assert [entry.pop("number") for entry in found] == [1, 2, 3]
    assert all(set(entry) == {"at", "event"} for entry in found)
    expected = [seen for event in EVENTS if (seen := view(event, "seoul")) is not None]
    assert [EVENT.validate_python(entry["event"]) for entry in found] == expected


def test_the_facilitator_sees_all(path: Path, capsys: Captured) -> None:
    assert len(lines(capsys, str(path), "--as", "facilitator")) == len(EVENTS)


@pytest.mark.parametrize(
    ("seat", "hint"),
    [("seol", "Did you mean 'seoul'?"), ("\x1b[31m", "The seats are: washington, tokyo, seoul, facilitator")],
)
def test_an_unknown_seat_is_wrong_use(path: Path, capsys: Captured, seat: str, hint: str) -> None:
    assert main(["log", str(path), "--as", seat]) == 2
    said = capsys.readouterr()
    assert "there is no seat" in said.err
    assert hint in said.err
    assert said.out == ""
    assert "\x1b" not in said.err


@pytest.mark.usefixtures("path")
def test_an_unknown_log_is_wrong_use(capsys: Captured) -> None:
    assert main(["log", "spring-exercse"]) == 2
    assert capsys.readouterr().err == "there is no log 'spring-exercse'. Did you mean 'spring-exercise'?\n"


def test_f07_a_log_in_use_is_refused(path: Path, capsys: Captured) -> None:
    with SqliteLog.open(path):
        assert main(["log", str(path)]) == 2
    assert capsys.readouterr().err == f"another tabletop is using this log ({path}); close it there first\n"


def test_a_terminal_that_lacks_letters_gets_escapes(path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "tabletop", "log", str(path), "--json"],
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    shown = result.stdout.decode("ascii").splitlines()
    assert json.loads(shown[3])["event"]["text"] == "西側で熱源"
