"""A scenario of one team: nobody else is there to consult or to share with (S1-2)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.check import check
from tabletop.scenario.linking import load_scenario
from tabletop.scenario.problems import ProblemsFound
from tabletop.scenario.scenario import Scenario
from tests.scenario.authoring import at

SOLO = """\
format: 1
id: solo
title: Solo
length: 20 min
teams:
  harbour: {name: Harbour office}
objectives:
  warn: {code: O1, title: Warn in time}
phases:
  - {id: only, title: The only phase, from: T+0}
timeline:
  - {at: T+0, inject: opening, decision: ask}
decisions:
  ask:
    code: D1
    team: all
    title: Whom to ask
    question: Whom do you ask?
    window: 5 min
    options:
      everyone: {code: a, text: Everyone, effects: {warn: +1}, cost: 1, asks: all}
      nobody: {code: b, text: Nobody, effects: {warn: -1}, shares: [track]}
    none: {effects: {warn: -2}}
injects:
  opening:
    title: A slick
    from: Coast watch
    channel: radio
    to: all
    text: It drifts.
    card: {id: track, code: K1, title: Track, text: Where it goes., window: 5 min}
"""


def solo(folder: Path, old: str = "", new: str = "") -> Path:
    path = folder / "scenario.yaml"
    assert old in SOLO
    path.write_text(SOLO.replace(old, new, 1) if old else SOLO, encoding="utf-8")
    return path


def test_s1_2_all_the_others_of_one_team_are_nobody(tmp_path: Path) -> None:
    loaded = load_scenario(solo(tmp_path))
    options = loaded.scenario.decisions["ask"].options
    assert (options["everyone"].asks, options["nobody"].shares) == (None, ())
    assert [(one.code, one.message, at(one)[:5]) for one in check(loaded)] == [
        ("no-partner", "there is nobody to consult with: 'harbour' is the only team", "all}\n"[:4]),
        ("no-partner", "there is nobody to share a card with: 'harbour' is the only team", "track"),
    ]


def test_s1_2_what_is_loaded_of_one_team_travels_in_a_log(tmp_path: Path) -> None:
    scenario = load_scenario(solo(tmp_path)).scenario
    assert Scenario.model_validate_json(scenario.model_dump_json()) == scenario


@pytest.mark.parametrize(
    "condition",
    ["{consulted: {by: harbour, with: all}}", "{not: {shared: {card: track, with: [all]}}}"],
)
def test_s1_2_a_condition_about_nobody_is_refused(condition: str, tmp_path: Path) -> None:
    path = solo(tmp_path, "decision: ask}", f"decision: ask, when: {condition}}}")
    with pytest.raises(ProblemsFound) as caught:
        load_scenario(path)
    (problem,) = [one for one in caught.value.problems if one.severity == "error"]
    assert problem.message == "'all' means every other team here, and 'harbour' is the only one"
    assert at(problem).startswith("all")


def test_a_rule_about_nobody_is_refused(tmp_path: Path) -> None:
    rule = "rules: [{id: asked, measure: bonus, when: {consulted: {by: harbour, with: all}}, points: {}}]\n"
    path = solo(tmp_path, "phases:\n", f"{rule}phases:\n")
    with pytest.raises(ProblemsFound) as caught:
        load_scenario(path)
    assert "no-partner" in [one.code for one in caught.value.problems if one.severity == "error"]
