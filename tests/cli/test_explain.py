"""`tabletop explain`, and `tabletop score --rules`: why, and what if the rules were others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tabletop.cli.main import main
from tabletop.exercise.events import NoteTaken
from tabletop.exercise.marking import MARKING
from tabletop.pages.text import TextPage
from tabletop.report.explaining import explain
from tabletop.report.json import explanation_data
from tabletop.report.sections.explanation import write_explanation
from tabletop.rules.scorefile import to_data as scores
from tabletop.rules.scoring import score_log
from tabletop.store.sqlite import SqliteLog
from tests.builders import records_of
from tests.harmless import has_control
from tests.report.exercises import full_records, typed_everywhere

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def log(tmp_path: Path) -> str:
    """Write the log of a game with events of every kind; return its path as an argument."""
    path = tmp_path / "log.db"
    with SqliteLog.create(path) as opened:
        opened.append(full_records())
    return str(path)


def test_the_explanation_between_its_markings(log: str, capsys: Captured) -> None:
    assert main(["explain", log, "--all"]) == 0
    out = capsys.readouterr().out
    lines = out.splitlines()
    assert lines[0] == lines[-1] == MARKING
    page = TextPage(100)
    write_explanation(page, explain(full_records()))
    assert lines[2].startswith("Spring exercise (Tiny): why each point was given")
    assert page.text().splitlines() == lines[4:-2]


@pytest.mark.parametrize(
    ("words", "team", "objective"),
    [
        (["--team", "SEOUL"], "seoul", None),
        (["--objective", "o4"], None, "message"),
        (["--team", "Washington", "--objective", "share"], "washington", "share"),
    ],
)
def test_words_are_ids_codes_or_names(
    log: str, capsys: Captured, words: list[str], team: str | None, objective: str | None
) -> None:
    assert main(["explain", log, "--json", *words]) == 0
    expected = explanation_data(explain(full_records(), team=team, objective=objective))
    assert json.loads(capsys.readouterr().out) == expected


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--team", "soul"], "no team 'soul'; did you mean seoul?"),
        (["--objective", "shar"], "no objective 'shar'; did you mean share?"),
    ],
)
def test_an_unknown_word_is_refused_with_the_nearest(
    log: str, capsys: Captured, words: list[str], said: str
) -> None:
    assert main(["explain", log, *words]) == 2
    assert capsys.readouterr().err.strip() == said


def test_without_what_if(log: str, capsys: Captured) -> None:
    assert main(["explain", log, "--no-what-if"]) == 0
    assert "What would have changed it" not in capsys.readouterr().out


def test_the_best_improvements_alone(log: str, capsys: Captured) -> None:
    assert main(["explain", log, "--best"]) == 0
    out = capsys.readouterr().out
    assert "what would have helped most" in out.splitlines()[2]
    assert "What would have changed it" not in out
    assert main(["explain", log, "--best", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["best"] == explanation_data(explain(full_records()))["best"]
    assert "explained" not in data


def test_the_best_improvements_are_not_known_without_what_if(log: str, capsys: Captured) -> None:
    assert main(["explain", log, "--best", "--no-what-if"]) == 2
    assert "leave out --no-what-if" in capsys.readouterr().err


def test_nothing_typed_reaches_the_terminal_as_a_control(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "log.db"
    with SqliteLog.create(path) as opened:
        opened.append(typed_everywhere("\x1b[31mred\x9b2J\u202e"))
    for more in ([], ["--json"]):
        assert main(["explain", str(path), *more]) == 0
        assert not has_control(capsys.readouterr().out)


def test_a_log_without_an_exercise_is_refused(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "log.db"
    with SqliteLog.create(path) as opened:
        opened.append(records_of([NoteTaken(text="Nothing was created")]))
    assert main(["explain", str(path)]) == 2
    assert "holds no exercise that can be explained" in capsys.readouterr().err


OTHER = """\
format: 1
id: other
title: Other rules
objectives:
  warning: {code: O5, title: Accurate public warning, time-critical: true, weight: 3}
rules:
  - {id: alike, measure: joint-choice, joint: {message: 2}, dissent: {message: -2}}
"""


def test_other_rules_stand_beside_the_logs_own(log: str, tmp_path: Path, capsys: Captured) -> None:
    rules = tmp_path / "other.yaml"
    rules.write_text(OTHER, encoding="utf-8")
    assert main(["score", log, "--rules", str(rules), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    other = data.pop("other")
    assert data == scores(score_log(full_records()))
    assert other["rules"] == str(rules)
    assert [one["weight"] for one in other["objectives"]] == [2, 1, 3, 1]
    assert other["difference"] == round(other["overall"] - data["overall"], 1)
    for own, new in zip(data["objectives"], other["objectives"], strict=True):
        for team, standing in new["teams"].items():
            before, after = own["teams"][team]["score"], standing["score"]
            assert standing["difference"] == (None if None in (before, after) else round(after - before, 1))
    assert main(["score", log, "--rules", str(rules)]) == 0
    lines = capsys.readouterr().out.splitlines()
    at = lines.index(f"By the rules of {rules}:")
    assert lines[at + 2].split() == ["Washington", "Tokyo", "Seoul", "mean"]
    (message,) = (line for line in lines[at:] if line.startswith("O4"))
    assert "→" in message


def test_mistakes_in_other_rules_are_named_by_line(log: str, tmp_path: Path, capsys: Captured) -> None:
    rules = tmp_path / "other.yaml"
    rules.write_text(OTHER.replace("joint: {message", "joint: {mesage"), encoding="utf-8")
    assert main(["score", log, "--rules", str(rules)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert f"{rules}:7:" in captured.err
    assert "unknown objective 'mesage'" in captured.err
