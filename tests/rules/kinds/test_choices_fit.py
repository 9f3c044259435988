"""Choices fit: the joint decisions of a phase judged together."""

from __future__ import annotations

from typing import Any

from tests.game import Game
from tests.rules.playing import begin, do, given, name_it, of, options, second_phase

FIT: dict[str, Any] = {"id": "fit", "measure": "choices-fit", "good": ["message"], "bad": ["message"]}

EXAMPLES: list[dict[str, Any]] = [FIT]
"""What the property tests play with."""

SENTENCES: list[tuple[dict[str, Any], str]] = [
    (
        {"measure": "choices-fit", "good": "message", "bad": "message"},
        "Judged over the decisions of a phase that several teams take and that say what fits together. More "
        "than half fit: +1 on O4 to each. One team alone stood outside in one: −1 on O4 to that one.",
    )
]


def all_choose(option: str) -> dict[str, Any]:
    return dict.fromkeys(("washington", "tokyo", "seoul"), option)


def played(*fits: dict[str, Any]) -> Game:
    decisions = options("name-it")
    decisions["name-it"]["fits"] = list(fits)
    return second_phase(begin(FIT, decisions=decisions))


def test_a_set_is_reached_together_though_nobody_chose_alike() -> None:
    game = played({"washington": "missile", "tokyo": "satellite", "seoul": ["missile", "satellite"]})
    name_it(game, washington="missile", tokyo="satellite", seoul="satellite")
    assert given(game, "fit") == {"washington": 1, "tokyo": 1, "seoul": 1}
    assert of(game, "fit")[0].reason == (
        "Most of what was chosen fits together (1 of 1 in this phase: D3, Washington “A ballistic missile” "
        "and Tokyo and Seoul “A satellite launch”)"
    )


def test_v4_alike_is_not_yet_fitting_together() -> None:
    game = played(all_choose("missile"))
    name_it(game, washington="satellite", tokyo="satellite", seoul="satellite")
    assert given(game, "fit") == {}


def test_one_alone_outside_pays_and_the_others_do_not() -> None:
    game = played(all_choose("missile"), all_choose("satellite"))
    name_it(game, washington="missile", tokyo="missile", seoul="satellite")
    assert given(game, "fit") == {"seoul": -1}
    assert of(game, "fit")[0].facts == (
        "in D3 Washington and Tokyo “A ballistic missile” fit together; Seoul “A satellite launch” does not "
        "fit with them"
    )


def test_who_decides_nothing_stands_outside() -> None:
    game = played(all_choose("missile"))
    name_it(game, washington="missile", tokyo="missile")
    do(game, "facilitator", do="gate")
    assert given(game, "fit") == {"seoul": -1}


def test_a_decision_without_sets_is_not_judged() -> None:
    game = played()
    name_it(game, washington="missile", tokyo="missile", seoul="missile")
    assert given(game, "fit") == {}
    assert {team.best for team in game.score().objective("message").teams.values()} == {1}, "options alone"


def test_words_in_place_of_an_option_end_what_fitted_together() -> None:
    game = played(all_choose("missile"))
    name_it(game, washington="missile", tokyo="missile", seoul="missile")
    assert set(given(game, "fit")) == {"washington", "tokyo", "seoul"}
    do(game, "seoul", do="decide", decision="name-it", words="Neither")
    assert given(game, "fit") == {}
