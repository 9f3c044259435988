"""Joint choice: agreement, dissent, lapses, compatible options."""

from __future__ import annotations

from typing import Any

from tests.builders import TEAMS, tiny_scenario
from tests.rules.playing import begin, do, given, name_it, second_phase

JOINT: dict[str, Any] = {
    "id": "x7",
    "measure": "joint-choice",
    "joint": {"message": 1},
    "dissent": {"message": -1},
}

EXAMPLES: list[dict[str, Any]] = [JOINT]
"""What the property tests play with."""

SENTENCES: list[tuple[dict[str, Any], str]] = [
    (
        {"measure": "joint-choice", "joint": {"message": 1}, "dissent": {"message": -1}},
        "All choose alike, or what goes together, and do no harm by it: +1 on O4 to each. Exactly "
        "one of three or more differs: −1 on O4 to that one.",
    )
]


def test_all_alike_gives_each_and_one_alone_costs_it() -> None:
    game = name_it(second_phase(begin(JOINT)), tokyo="missile", seoul="missile", washington="missile")
    assert given(game, "x7") == dict.fromkeys(TEAMS, 1)
    game = name_it(second_phase(begin(JOINT)), tokyo="missile", seoul="missile", washington="satellite")
    assert given(game, "x7") == {"washington": -1}


def test_a_lapse_is_a_choice_like_no_other() -> None:
    game = name_it(second_phase(begin(JOINT)), tokyo="missile", seoul="missile")
    do(game, "facilitator", do="lapse", decision="name-it")
    assert given(game, "x7") == {"washington": -1}
    game = second_phase(begin(JOINT))
    do(game, "facilitator", do="lapse", decision="name-it")
    assert given(game, "x7") == {}


def test_compatible_options_count_as_one() -> None:
    decisions = tiny_scenario().model_dump(mode="json")["decisions"]
    decisions["name-it"]["compatible"] = [["missile", "satellite"]]
    game = second_phase(begin(JOINT, decisions=decisions))
    name_it(game, tokyo="missile", seoul="missile", washington="satellite")
    assert given(game, "x7") == dict.fromkeys(TEAMS, 1)


def test_v4_alike_in_something_that_does_harm_is_not_fitting_together() -> None:
    decisions = tiny_scenario().model_dump(mode="json")["decisions"]
    decisions["name-it"]["options"]["satellite"] |= {"effects": {"message": -1}}
    game = second_phase(begin(JOINT, decisions=decisions))
    name_it(game, tokyo="satellite", seoul="satellite", washington="satellite")
    assert given(game, "x7") == {}
