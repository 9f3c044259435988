"""How long a team worked on a decision without a card that a partner held."""

from __future__ import annotations

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise.conditions import compile_condition
from tabletop.rules.critical_information import seconds_by, without_critical_information
from tabletop.scenario.conditions import By
from tests.game import Game


def played() -> Game:
    """Tokyo is asked at T+6 and decides at T+8; Washington has held the track since T+5."""
    game = Game().start()
    game.pass_to(360)
    return game


def test_a_team_that_decides_without_the_card() -> None:
    game = played()
    game.grant("tokyo", c.Decide(decision="alert", option="okinawa"), at=480)
    assert without_critical_information(game.state)["tokyo"] == ((360, 0), (480, 120))


def test_only_the_time_until_it_had_the_card_counts() -> None:
    game = played()
    game.grant("washington", c.Share(card="track", with_=("tokyo",)), at=390)
    game.grant("seoul", c.Share(card="flash", with_=("tokyo",)), at=420)
    game.grant("tokyo", c.Decide(decision="alert", option="okinawa"), at=480)
    curve = without_critical_information(game.state)["tokyo"]
    assert curve == ((360, 0), (420, 60))
    assert [seconds_by(curve, at) for at in (0, 360, 390, 420, 900)] == [0, 0, 30, 60, 60]


def test_a_decision_that_is_not_taken_counts_not() -> None:
    game = played()
    game.grant("facilitator", c.Gate(), at=600)
    assert without_critical_information(game.state)["tokyo"] == ()


@pytest.mark.parametrize("at", [370, 400, 500])
def test_two_decisions_at_once_count_once(at: int) -> None:
    game = played()
    game.grant("tokyo", c.Decide(decision="alert", option="okinawa"), at=at)
    curve = without_critical_information(game.state)["tokyo"]
    assert curve[-1] == (at, at - 360)


def test_a_card_held_in_clean_form_is_not_missed_until_the_raw_one_comes() -> None:
    game = played()
    game.grant("seoul", c.Share(card="flash", with_=("tokyo",)))
    for at, clean in ((390, True), (470, False)):
        share = c.Share.model_validate({"card": "track", "with": ["tokyo"], "clean": clean})
        game.grant("washington", share, at=at)
    game.grant("tokyo", c.Decide(decision="alert", option="okinawa"), at=480)
    by_then = By.model_validate({"by": {"at": "T+7", "that": {"held": {"card": "track", "by": "tokyo"}}}})
    assert compile_condition(by_then, game.state.script.scenario)(game.state, 480)
    assert without_critical_information(game.state)["tokyo"] == ((360, 0), (390, 30))
