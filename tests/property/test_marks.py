"""What must hold of the rules between teams, whatever anybody does."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from tabletop.exercise.commands import COMMAND
from tabletop.rules.scoring import Scorecard
from tests.builders import TEAMS, tiny_scenario
from tests.game import Game
from tests.rules.kinds import (
    test_asked_first,
    test_choices_fit,
    test_gave_as_got,
    test_kept_faith,
    test_same_story,
    test_told_in_time,
)
from tests.rules.measured import PLAYS
from tests.rules.playing import track

Plan = list[tuple[int, str, dict[str, Any]]]

HABITS = [
    *test_same_story.EXAMPLES,
    *test_asked_first.EXAMPLES,
    *test_gave_as_got.EXAMPLES,
    *test_told_in_time.EXAMPLES,
    *test_choices_fit.EXAMPLES,
    *test_kept_faith.EXAMPLES,
]
SAID_AND_GIVEN = ("state", "share")


def play(plan: Plan, *, skipped: tuple[str, ...] = ()) -> Scorecard:
    """The scores of a game of the six habits, in which some injects are skipped."""
    game = Game(tiny_scenario(rules=HABITS, timeline=track(caveat=["tokyo"]))).start()

    def do(seat: str, **fields: Any) -> None:
        game.do(seat, COMMAND.validate_python(fields))

    for inject in skipped:
        do("facilitator", do="skip", inject=inject)
    game.pass_to(365)
    for wait, seat, fields in plan:
        game.pass_to(game.now + wait)
        if game.now >= 600 and game.state.phase == "launch":
            do("facilitator", do="gate")
            do("facilitator", do="phase")
        do(seat, **fields)
    game.pass_to(max(game.now, 1100))
    do("facilitator", do="gate")
    do("facilitator", do="endex")
    return game.score()


def bars(card: Scorecard) -> dict[tuple[str, str], float]:
    return {
        (goal.objective, team): standing.score
        for goal in card.objectives
        for team, standing in goal.teams.items()
        if standing.score is not None
    }


@settings(max_examples=25)
@given(PLAYS)
def test_saying_or_giving_the_same_again_never_raises_a_score(plan: Plan) -> None:
    once = bars(play(plan))
    again = [
        (wait if number == 0 else 0, seat, fields)
        for wait, seat, fields in plan
        for number in range(3 if fields["do"] in SAID_AND_GIVEN else 1)
    ]
    assert all(bar <= once[whose] + 1e-9 for whose, bar in bars(play(again)).items())


@pytest.mark.parametrize("inject", ["detection", "sighting", "notice"])
def test_a_skipped_inject_costs_nobody_a_mark_of_a_habit(inject: str) -> None:
    habits = {rule["id"] for rule in HABITS}

    def bad(card: Scorecard) -> set[tuple[str, str]]:
        return {(one.team, one.rule) for one in card.ledger if one.rule in habits and one.points < 0}

    assert bad(play([], skipped=(inject,))) <= bad(play([]))


@pytest.mark.parametrize(
    "acts",
    [
        pytest.param([{"do": "state", "text": "Hear us", "area": "islands", "says": "shelter"}] * 20, id="5"),
        pytest.param([{"do": "share", "card": "track", "with": list(TEAMS), "onward": True}] * 4, id="7"),
    ],
)
def test_gaming_by_repetition_gives_no_more_than_the_act_itself(acts: list[dict[str, Any]]) -> None:
    def by_all(several: list[dict[str, Any]]) -> Plan:
        return [
            (0, team, {**act, "with": [one for one in TEAMS if one != team]} if "with" in act else act)
            for act in several
            for team in TEAMS
        ]

    assert bars(play(by_all(acts))) == bars(play(by_all(acts[:1])))
