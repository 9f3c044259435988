"""An exercise without capital, and not of capitals, is told in its own words everywhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tabletop.check.pages import PAGES
from tabletop.cli.main import main
from tabletop.exercise import commands as c
from tabletop.exercise.narration import narrate
from tabletop.report.build import build_report
from tabletop.report.rendering import RENDERERS
from tabletop.rules.describe import rules_page
from tabletop.scenario.linking import load_scenario
from tests.game import Game

FOREIGN = re.compile(r"\b(capitals?|washington|trilateral|at home|alliance)\b", re.IGNORECASE)
TEAMS = {"surgery": "Surgery", "intensive": "Intensive care", "desk": "Front desk", "board": "Board"}
HOSPITAL: dict[str, Any] = {
    "format": 1,
    "id": "hospital",
    "title": "A night without power",
    "length": "30 min",
    "called": "departments",
    "score": {"across": "lowest", "capital": False},
    "teams": {word: {"name": name} for word, name in TEAMS.items()},
    "objectives": {"safe": {"code": "O1", "title": "Keep patients safe"}},
    "rules": [{"id": "together", "measure": "joint-choice", "joint": {"safe": 1}}],
    "phases": [{"id": "night", "title": "Night", "from": "T+0"}],
    "timeline": [{"at": "T+0", "inject": "outage", "decision": ["cancel"]}],
    "decisions": {
        "cancel": {
            "code": "D1",
            "team": "all",
            "title": "The list",
            "question": "Do you cancel tomorrow's operations?",
            "window": "5 min",
            "options": {
                "stop": {"text": "Cancel all", "good": {"safe": "Nobody is on a table without power"}},
                "go": {"text": "Go on", "bad": {"safe": "A table may lose power"}, "capital": -1},
            },
            "none": {"bad": {"safe": "Nobody knows what holds"}},
        }
    },
    "injects": {
        "outage": {
            "title": "The lights go out",
            "from": "Plant office",
            "channel": "telephone",
            "to": "all",
            "text": "The second generator does not start.",
        }
    },
}


def told(text: str) -> list[str]:
    return [match.group() for match in FOREIGN.finditer(text)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "scenario.yaml"
    path.write_text(yaml.safe_dump(HOSPITAL, sort_keys=False), encoding="utf-8")
    return path


def played(file: Path) -> Game:
    game = Game(load_scenario(file).scenario).start()
    for team in TEAMS:
        game.grant(team, c.Decide(decision="cancel", option="stop" if team != "desk" else "go"), at=60)
    game.grant("facilitator", c.Endex(), at=1200)
    return game


@pytest.mark.parametrize("form", [name for name in RENDERERS if name != "json"])
def test_a_hospital_s_report_speaks_of_a_hospital(form: str, file: Path) -> None:
    assert told(RENDERERS[form](build_report(played(file).records))) == []


def test_capital_that_does_not_count_changes_nothing(file: Path) -> None:
    game = played(file)
    assert {account.capital for account in game.state.accounts.values()} == {6}
    assert build_report(game.records).capital == ()


def test_its_screens_log_and_check_do_too(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scenario, game = load_scenario(file).scenario, played(file)
    said = ["".join(text for text, _ in line) for line in rules_page(scenario)]
    said += [narrate(record.event) for record in game.records]
    said += [page.text(scenario) for page in PAGES.values()]
    # Its own word for what has no effect is quoted to its author.
    file.write_text(file.read_text(encoding="utf-8").replace("capital: -1", "tags: go"), encoding="utf-8")
    assert main(["check", str(file)]) == 0
    said.append(capsys.readouterr().out)
    assert told("\n".join(said)) == []


def test_a_rule_calls_teams_as_the_scenario_does(file: Path) -> None:
    game = Game(load_scenario(file).scenario).start()
    for team in TEAMS:
        game.grant(team, c.Decide(decision="cancel", option="stop"), at=60)
    assert "D1: all departments chose alike" in {entry.reason for entry in game.score().ledger}
