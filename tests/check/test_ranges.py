"""The range of points: by hand on small scenarios, and against what recorded plays could have given."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tabletop.check import check
from tabletop.check.ranges import Range, ranges, ranges_data, ranges_table
from tabletop.host.session import Session
from tabletop.playthrough.moves import read_moves
from tabletop.playthrough.play import Playthrough
from tabletop.rules.ledger import Span
from tabletop.rules.scoring import score_log
from tabletop.scenario.library import find_scenario
from tabletop.scenario.linking import load_scenario
from tabletop.store.memory import MemoryLog
from tabletop.system.clock import VirtualTime
from tests.builders import TEAMS, tiny_scenario
from tests.scenario.authoring import ONE_EACH, load

FLAGSHIP = "sakishima-dawn"


def of_rule(**rule: Any) -> dict[tuple[str, str], Span]:
    """Return what one rule alone can give in the tiny scenario, where it can give anything."""
    found = ranges(tiny_scenario(rules=[{"id": "r", **rule}]))
    return {pair: one.rules for pair, one in found.items() if one.rules != Span()}


def each(objective: str, best: float, worst: float, *teams: str) -> dict[tuple[str, str], Span]:
    return {(team, objective): Span(best, worst) for team in teams or TEAMS}


def test_options_count_with_their_timing_and_their_absence() -> None:
    found = ranges(tiny_scenario())
    # In time good, too late nothing; confirm-first or nothing decided is bad.
    assert found["washington", "share"] == Range(Span(1, -1), Span())
    assert found["washington", "warning"] == Range(Span(1, -1), Span())
    assert not found["tokyo", "share"].moves  # lateness costs nothing there
    assert found["seoul", "message"] == Range(Span(1, -1), Span())
    assert not found["seoul", "share"].moves


def test_a_decision_that_may_not_be_asked_can_also_give_nothing() -> None:
    good: dict[str, Any] = {"text": "Good", "effects": {"message": 1}}
    asked = {**tiny_scenario().model_dump(mode="json")["decisions"]}
    asked["name-it"] = {**asked["name-it"], "options": {"one": good}, "none": {"effects": {"message": 1}}}
    assert ranges(tiny_scenario(decisions=asked))["seoul", "message"].options == Span(1, 0)
    asked["push-track"] = {**asked["name-it"], "team": ["washington"]}
    assert ranges(tiny_scenario(decisions=asked))["washington", "message"].options == Span(2, 1)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (
            {"measure": "same-label", "same": {"message": 2}, "differ": {"message": -1}},
            each("message", 1, -1),
        ),
        (  # two phases
            {"measure": "consulted-before", "done": {"share": 1}, "undone": {"share": -1}},
            each("share", 2, -2),
        ),
        (
            {"measure": "reciprocity", "balanced": {"share": 1}, "hoarded": {"share": -2}},
            each("share", 2, -2),
        ),
        ({"measure": "caveat-kept", "tags": ["data"], "broken": {"share": -1}}, each("share", 0, -1)),
        (
            {"measure": "third-party", "broken": {"share": -2}},
            {**each("share", 0, -1), ("tokyo", "share"): Span(0, -2)},
        ),
        (
            {"measure": "joint-choice", "joint": {"message": 1}, "dissent": {"message": -1}},
            each("message", 1, -1),
        ),
        (
            {
                "measure": "prompt-sharing",
                "tags": ["data"],
                "prompt": {"share": 0.5},
                "never": {"share": -0.5},
            },
            each("share", 2, -2, "washington"),
        ),
        (
            {"measure": "bonus", "when": {"decided": ["alert"]}, "points": {"tokyo": {"warning": 1}}},
            each("warning", 1, 0, "tokyo"),
        ),
    ],
)
def test_each_kind_of_rule_has_its_range(rule: dict[str, Any], expected: object) -> None:
    assert of_rule(**rule) == expected


def test_the_good_of_a_joint_option_can_be_lost() -> None:
    decisions = tiny_scenario().model_dump(mode="json")["decisions"]
    decisions["name-it"]["options"]["missile"] |= {"tags": ["joint", "full"], "effects": {"message": 1.5}}
    decisions["name-it"]["options"]["satellite"]["tags"] = ["defers"]
    for rule, objective, worst in (
        ({"measure": "nobody-came"}, "message", -1),
        ({"measure": "free-rider", "rode": {"share": -1}}, "share", -1),
    ):
        found = ranges(tiny_scenario(decisions=decisions, rules=[{"id": "r", **rule}]))
        assert {found[team, objective].rules for team in TEAMS} == {Span(0, worst)}


@pytest.mark.parametrize("game", ["cooperative", "naive", "go-it-alone", "silent"])
def test_no_recorded_game_goes_beyond_the_range(game: str) -> None:
    path = find_scenario(FLAGSHIP)
    scenario = load_scenario(path).scenario
    time = VirtualTime()
    session = Session.begin(MemoryLog(), scenario, name=game, seed=0, time=time.source(), mark_every=None)
    Playthrough(session, time, read_moves(path.parent / "games" / f"{game}.yaml")).run()
    found = ranges(scenario)
    for goal in score_log(session.records).objectives:
        for team, standing in goal.teams.items():
            span = found[team, goal.objective].together
            assert span.worst <= standing.worst <= standing.best <= span.best
            assert span.worst <= standing.earned <= span.best


def test_an_objective_for_one_team_alone_compares_nobody(tmp_path: Path) -> None:
    third = ("teams:\n", "teams:\n  westland: {name: Westland}\n")
    found = [one for one in check(load(tmp_path, third, *ONE_EACH)) if one.code.startswith("objective")]
    assert [one.code for one in found] == ["objective-one-team"]
    assert found[0].message == (
        "objective 'warn' (Warn the partner in time) is exercised for 'norland' alone"
    )
    by_rule = "rules:\n  - {id: r, measure: consulted-before, done: {warn: 1}}\nformat: 1 "
    exercised = check(load(tmp_path, third, ("format: 1 ", by_rule), *ONE_EACH))
    assert not [one for one in exercised if one.code.startswith("objective")]


def test_a_rule_alone_can_exercise_an_objective(tmp_path: Path) -> None:
    edits = (
        ("  speak: {code: O2", "  trust: {code: O9, title: Trust}\n  speak: {code: O2"),
        ("format: 1 ", "rules:\n  - {id: r, measure: consulted-before, done: {trust: 1}}\nformat: 1 "),
    )
    assert check(load(tmp_path, *edits)) == []


def test_the_table_has_a_row_for_each_team(tmp_path: Path) -> None:
    text = ranges_table(load(tmp_path, ("name: Norland", "name: 北の国"), *ONE_EACH).scenario)
    assert text.splitlines()[2:6] == [
        "O1 Warn the partner in time",
        "                    options           rules        together",
        "  北の国           −1 to +1               –        −1 to +1",
        "  Sudland                 –               –               –",
    ]


def test_the_data_holds_what_the_table_shows(tmp_path: Path) -> None:
    warn, speak = ranges_data(load(tmp_path, *ONE_EACH).scenario)
    nothing = {"worst": 0.0, "best": 0.0}
    assert warn["teams"]["norland"] == {
        "worst": -1.0,
        "best": 1.0,
        "options": {"worst": -1.0, "best": 1.0},
        "rules": nothing,
    }
    assert (speak["id"], speak["code"], list(speak["teams"])) == ("speak", "O2", ["norland", "sudland"])
