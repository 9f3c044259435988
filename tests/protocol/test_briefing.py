"""What a seat may know before play."""

from __future__ import annotations

import pytest

from tabletop.exercise.commands import EVALUATOR, FACILITATOR, OBSERVER, WALL
from tabletop.exercise.state import Exercise
from tabletop.protocol.link import Briefing
from tests.builders import tiny_scenario
from tests.game import Game

OWN = "The minister resigned last night."


@pytest.fixture
def state() -> Exercise:
    teams = tiny_scenario().model_dump(mode="json")["teams"]
    teams["tokyo"]["briefing"] = OWN
    return Game(tiny_scenario(teams=teams, situation="A launch is expected.")).state


def test_a_team_reads_its_own_briefing_after_the_situation(state: Exercise) -> None:
    assert Briefing.of(state, "tokyo").situation == f"A launch is expected.\n\nFor Tokyo alone: {OWN}"


@pytest.mark.parametrize("seat", ["washington", "seoul", WALL])
def test_nobody_else_among_the_players_gets_a_word_of_it(seat: str, state: Exercise) -> None:
    assert OWN not in repr(Briefing.of(state, seat))


@pytest.mark.parametrize("seat", [FACILITATOR, EVALUATOR, OBSERVER])
def test_control_has_it_and_can_look_at_it_as_the_team_does(seat: str, state: Exercise) -> None:
    whole = Briefing.of(state, seat)
    assert whole.teams["tokyo"].briefing == OWN
    assert whole.situation == "A launch is expected."
    assert whole.seen_by("tokyo") == Briefing.of(state, "tokyo")
    assert whole.seen_by("seoul") == Briefing.of(state, "seoul")
