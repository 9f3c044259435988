"""Conditions mean what their words say, at the time they are asked about."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter

from tabletop.exercise.apply.decisions import preset_decisions
from tabletop.exercise.commands import COMMAND
from tabletop.exercise.conditions import Deciding, compile_condition
from tabletop.scenario.conditions import Condition
from tests.builders import tiny_scenario
from tests.game import Game

CONDITION: TypeAdapter[Any] = TypeAdapter(Condition)


def holds(game: Game, condition: object, at: int | None = None) -> bool:
    test = compile_condition(CONDITION.validate_python(condition), tiny_scenario())
    return test(game.state, game.now if at is None else at)


@pytest.fixture
def game() -> Game:
    """Tokyo chose okinawa on time at T+7, Washington confirmed first at T+6; all named it by T+14."""
    game = Game().start()
    for at, seat, fields in (
        (330, "washington", {"do": "share", "card": "track", "with": ["tokyo"]}),
        (360, "washington", {"do": "decide", "decision": "push-track", "option": "confirm-first"}),
        (420, "tokyo", {"do": "decide", "decision": "alert", "option": "okinawa"}),
        (
            430,
            "evaluator",
            {"do": "observe", "text": "Quick", "about": "alert", "team": "tokyo", "kind": "strength"},
        ),
        (430, "tokyo", {"do": "consult", "with": ["seoul"], "text": "?"}),
        (450, "seoul", {"do": "answer", "from": "tokyo", "text": "!"}),
        (460, "seoul", {"do": "state", "text": "We saw it", "label": "satellite"}),
        (470, "tokyo", {"do": "decide", "decision": "name-it", "option": "missile"}),
        (480, "seoul", {"do": "decide", "decision": "name-it", "option": "satellite"}),
    ):
        game.grant(seat, COMMAND.validate_python(fields), at=at)
    return game


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"chose": {"alert": "okinawa"}}, True),
        ({"chose": {"alert": ["quiet", "none"]}}, False),
        ({"chose": {"alert": "okinawa", "push-track": "both"}}, False),
        ({"chose": {"name-it": "satellite"}}, True),
        ({"chose": {"name-it": "none"}}, True),
        ({"everyone-chose": {"name-it": ["missile", "satellite"]}}, False),
        ({"everyone-chose": {"name-it": ["missile", "satellite", "none"]}}, True),
        ({"chose": {"decision": "name-it", "options": ["satellite"]}}, True),
        ({"chose": {"decision": "name-it", "options": "satellite", "by": "seoul"}}, True),
        ({"chose": {"decision": "name-it", "options": "satellite", "by": "tokyo"}}, False),
        ({"chose": {"decision": "name-it", "options": ["none"], "by": "washington"}}, True),
        ({"decided": "alert"}, True),
        ({"decided": ["alert", "name-it"]}, False),
        ({"on-time": "alert"}, True),
        ({"on-time": "name-it"}, False),
        ({"shared": "track"}, True),
        ({"shared": {"card": "track", "by": "washington", "with": "tokyo"}}, True),
        ({"shared": {"card": "track", "with": ["tokyo", "seoul"]}}, False),
        ({"shared": {"card": "track", "by": "tokyo"}}, False),
        ({"consulted": {"by": "seoul", "with": "tokyo"}}, True),
        ({"consulted": {"by": "tokyo", "with": ["seoul", "washington"]}}, False),
        ({"stated": {"by": "seoul", "label": "satellite"}}, True),
        ({"stated": {"by": "seoul", "label": "missile"}}, False),
        ({"stated": {"by": "tokyo"}}, True),
        ({"stated": {"by": "washington"}}, False),
        ({"labels": {"decision": "name-it", "are": "differ"}}, True),
        ({"labels": {"decision": "name-it", "are": "same"}}, False),
        ({"released": ["notice", "alert-sounds"]}, True),
        ({"released": "leak"}, False),
        ({"held": {"card": "track", "by": "washington"}}, True),
        ({"held": {"card": "track", "by": "tokyo"}}, True),
        ({"held": {"card": "track", "by": "seoul"}}, False),
        ({"by": {"at": "T+5:29", "that": {"held": {"card": "track", "by": "tokyo"}}}}, False),
        ({"capital": {"team": "tokyo", "at-least": 5}}, True),
        ({"capital": {"team": "tokyo", "at-least": 6}}, False),
        ({"by": {"at": "T+6:59", "that": {"capital": {"team": "tokyo", "at-least": 6}}}}, True),
        ({"observed": "alert"}, True),
        ({"observed": {"team": "tokyo", "kind": "strength"}}, True),
        ({"observed": {"team": "seoul"}}, False),
        ({"observed": {"objective": "share"}}, False),
        ({"by": {"at": "T+7:09", "that": {"observed": "alert"}}}, False),
        ({"not": {"shared": "flash"}}, True),
        ({"all": [{"shared": "track"}, {"shared": "flash"}]}, False),
        ({"any": [{"shared": "track"}, {"shared": "flash"}]}, True),
        ({"by": {"at": "T+5:30", "that": {"shared": "track"}}}, True),
        ({"by": {"at": "T+5:29", "that": {"shared": "track"}}}, False),
        ({"by": {"at": "T+7", "that": {"decided": "alert"}}}, True),
        ({"by": {"at": "T+6:59", "that": {"decided": "alert"}}}, False),
        ({"by": {"at": "T+7:30", "that": {"consulted": {"by": "tokyo", "with": "seoul"}}}}, True),
        ({"by": {"at": "T+7:29", "that": {"consulted": {"by": "tokyo", "with": "seoul"}}}}, False),
        ({"by": {"at": "T+7", "that": {"not": {"stated": {"by": "seoul"}}}}}, True),
    ],
)
def test_conditions(game: Game, condition: object, expected: bool) -> None:
    assert holds(game, condition) is expected


def of_team(game: Game, condition: object, decision: str, team: str) -> bool:
    read = CONDITION.validate_python(condition)
    return compile_condition(read, tiny_scenario(), Deciding(decision, team))(game.state, game.now)


@pytest.mark.parametrize(
    ("condition", "decision", "team", "expected"),
    [
        ({"held": "track"}, "alert", "tokyo", True),
        ({"held": "track"}, "name-it", "seoul", False),
        ({"consulted": "seoul"}, "name-it", "tokyo", True),
        ({"consulted": ["seoul", "washington"]}, "name-it", "tokyo", False),
        ({"consulted": "all"}, "name-it", "tokyo", False),
        # Seoul was asked and answered; it did not ask.
        ({"consulted": "tokyo"}, "name-it", "seoul", False),
        # Tokyo asked ten seconds after it had decided.
        ({"consulted": "seoul"}, "alert", "tokyo", False),
        # The cost of the alert comes after the question whether Tokyo can afford it.
        ({"capital": 6}, "alert", "tokyo", True),
        ({"capital": 6}, "name-it", "tokyo", False),
        ({"partners": "missile"}, "name-it", "seoul", False),
        ({"partners": ["missile", "none"]}, "name-it", "seoul", True),
        ({"partners": {"options": ["missile"], "at-least": 1}}, "name-it", "seoul", True),
        ({"partners": {"options": ["satellite"], "at-least": 1}}, "name-it", "seoul", False),
        ({"all": [{"held": "track"}, {"not": {"consulted": "seoul"}}]}, "alert", "tokyo", True),
        # What others chose counts until both decisions are closed.
        ({"chose": {"name-it": "satellite"}}, "alert", "tokyo", True),
        ({"stated": {"by": "seoul"}}, "alert", "tokyo", False),
    ],
)
def test_conditions_of_the_team_that_decides(
    game: Game, condition: object, decision: str, team: str, expected: bool
) -> None:
    assert of_team(game, condition, decision, team) is expected


def test_what_a_team_holds_is_judged_now_until_it_decides(game: Game) -> None:
    assert of_team(game, {"held": "track"}, "name-it", "washington") is True
    assert of_team(game, {"consulted": "all"}, "name-it", "washington") is False


def test_what_was_asked_in_play_does_not_count_for_a_decision_taken_before_it(game: Game) -> None:
    presets = preset_decisions(
        tiny_scenario().model_copy(update={"presets": {"push-track": {"tokyo": "both"}}})
    )
    condition = CONDITION.validate_python({"consulted": "seoul"})
    test = compile_condition(condition, tiny_scenario(), Deciding("push-track", "tokyo"))
    assert test(game.state.changed(presets=presets), game.now) is False
