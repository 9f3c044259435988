"""Same label: equal, different and missing labels, amendments, statements."""

from __future__ import annotations

from typing import Any

from tests.builders import TEAMS, tiny_scenario
from tests.game import Game
from tests.rules.playing import begin, do, given, name_it, second_phase

LABEL: dict[str, Any] = {
    "id": "x1",
    "measure": "same-label",
    "same": {"message": 2},
    "differ": {"message": -1},
}

EXAMPLES: list[dict[str, Any]] = [LABEL]
"""What the property tests play with."""

SENTENCES: list[tuple[dict[str, Any], str]] = [
    (
        {"measure": "same-label", "same": {"message": 2}, "differ": {"message": -1}, "decisions": "name-it"},
        "On D3. All teams use the same label: +2 on O4 to each. All use a label and no two are the "
        "same: −1 on O4 to each.",
    )
]


def test_same_label_gives_each_when_all_are_equal() -> None:
    game = name_it(second_phase(begin(LABEL)), tokyo="missile", seoul="missile", washington="missile")
    assert given(game, "x1") == dict.fromkeys(TEAMS, 1)


def test_two_equal_labels_give_nothing_and_neither_does_a_team_without_one() -> None:
    game = name_it(second_phase(begin(LABEL)), tokyo="missile", seoul="missile", washington="satellite")
    assert given(game, "x1") == {}
    game = name_it(second_phase(begin(LABEL)), tokyo="missile", seoul="missile")
    do(game, "facilitator", do="lapse", decision="name-it")
    assert given(game, "x1") == {}


def three_labels() -> Game:
    decisions = tiny_scenario().model_dump(mode="json")["decisions"]
    decisions["name-it"]["options"]["rocket"] = {"text": "A rocket", "label": "rocket"}
    return second_phase(begin(LABEL, decisions=decisions))


def test_as_many_labels_as_teams_take_from_each() -> None:
    game = name_it(three_labels(), tokyo="missile", seoul="satellite", washington="rocket")
    assert given(game, "x1") == dict.fromkeys(TEAMS, -1)


def test_an_amended_label_is_judged_as_it_stands() -> None:
    game = name_it(three_labels(), tokyo="missile", seoul="satellite", washington="rocket")
    name_it(game, seoul="missile", washington="missile")
    assert given(game, "x1") == dict.fromkeys(TEAMS, 1)


def test_a_statement_about_the_decision_labels_a_team_that_let_it_lapse() -> None:
    game = name_it(second_phase(begin(LABEL)), tokyo="missile", seoul="missile")
    do(game, "washington", do="state", text="It was one", label="missile", about="name-it")
    do(game, "facilitator", do="lapse", decision="name-it")
    assert given(game, "x1") == dict.fromkeys(TEAMS, 1)
