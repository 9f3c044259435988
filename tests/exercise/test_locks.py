"""Options that a team cannot choose, and how exercise control opens them."""

from __future__ import annotations

from typing import Any

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.decide.locks import NOT_YET
from tabletop.exercise.refusal import Refusal
from tabletop.exercise.view import view
from tests.builders import TEAMS, tiny_scenario
from tests.game import Game


def begin(**okinawa: Any) -> Game:
    """Begin a game in which Tokyo's first option has these keys, and let Tokyo be asked."""
    decisions = tiny_scenario().model_dump(mode="json", exclude_defaults=True)["decisions"]
    option = decisions["alert"]["options"]["okinawa"]
    option.pop("capital")
    option |= okinawa
    return Game(tiny_scenario(rules=[], decisions=decisions)).start().pass_to(360)


def locked(game: Game, team: str = "tokyo") -> dict[str, str]:
    return dict(game.state.decisions["alert", team].locked)


def refusal(game: Game, option: str = "okinawa") -> str:
    answer = game.do("tokyo", c.Decide(decision="alert", option=option))
    assert isinstance(answer, Refusal), answer
    assert answer.code == "locked"
    return answer.message


def test_an_option_dearer_than_what_is_left_is_locked_with_the_reason() -> None:
    game = begin(cost=7)
    why = "it costs 7 of domestic capital, and you have 6 left"
    assert locked(game) == {"okinawa": why}
    assert refusal(game) == f"D2: that option is locked: {why}"


@pytest.mark.parametrize(("cost", "left"), [(2, 4), ({"tokyo": 3}, 3), ({"seoul": 3}, 6), (-1, 7), (6, 2)])
def test_what_an_option_costs_a_team(cost: int | dict[str, int], left: int) -> None:
    team = ["tokyo", "seoul"] if isinstance(cost, dict) else ["tokyo"]
    decisions = tiny_scenario().model_dump(mode="json", exclude_defaults=True)["decisions"]
    decisions["alert"]["team"] = team
    option = decisions["alert"]["options"]["okinawa"]
    option.pop("capital")
    option["cost"] = cost
    game = Game(tiny_scenario(rules=[], decisions=decisions)).start().pass_to(360)
    game.grant("tokyo", c.Decide(decision="alert", option="okinawa"))
    assert game.state.accounts["tokyo"].capital == left


def test_capital_that_must_be_left() -> None:
    assert locked(begin(requires={"capital": 6})) == {}
    assert locked(begin(requires={"capital": 7})) == {
        "okinawa": "it takes 7 of domestic capital, and you have 6 left"
    }


def test_a_condition_opens_the_option_when_it_comes_to_hold() -> None:
    game = begin(requires={"shared": "track"}, locked="No sensor has seen it.")
    assert locked(game) == {"okinawa": "No sensor has seen it"}
    assert refusal(game).endswith("locked: No sensor has seen it")
    game.grant("washington", c.Share.model_validate({"card": "track", "with": ["tokyo"]}))
    game.settle()
    assert locked(game) == {}
    game.grant("tokyo", c.Decide(decision="alert", option="okinawa"))


def test_a_condition_without_words_says_nothing_of_others() -> None:
    game = begin(requires={"shared": "track"})
    assert locked(game) == {"okinawa": NOT_YET}


def test_what_is_chosen_already_can_be_amended_and_given_back() -> None:
    game = begin(cost=6)
    game.grant("tokyo", c.Decide(decision="alert", option="okinawa"))
    game.settle()
    game.grant("tokyo", c.Decide(decision="alert", option="okinawa", rationale="Said better"))
    game.grant("tokyo", c.Decide(decision="alert", option="quiet"))


def test_a_locked_option_cannot_be_proposed() -> None:
    game = begin(cost=7)
    assert game.refuse("tokyo", c.Propose(decision="alert", option="okinawa", by="Ito")) == "locked"


def test_control_opens_a_locked_option_to_one_team() -> None:
    game = begin(cost=7)
    [event] = game.grant("facilitator", c.Unlock(decision="alert", option="okinawa", team="tokyo"))
    assert isinstance(event, e.OptionUnlocked)
    game.settle()
    assert locked(game) == {}
    game.grant("tokyo", c.Decide(decision="alert", option="okinawa"))


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (c.Unlock(decision="alert", option="quiet", team="tokyo"), "nothing-to-do"),
        (c.Unlock(decision="alert", option="nowhere", team="tokyo"), "unknown-option"),
        (c.Unlock(decision="alert", option="okinawa", team="seoul"), "not-asked"),
    ],
)
def test_what_cannot_be_opened(command: c.Unlock, code: str) -> None:
    assert begin(cost=7).refuse("facilitator", command) == code


def test_nothing_is_opened_once_the_decision_is_closed() -> None:
    game = begin(cost=7)
    game.grant("facilitator", c.Lapse(decision="alert"))
    unlock = c.Unlock(decision="alert", option="okinawa", team="tokyo")
    assert game.refuse("facilitator", unlock) == "closed"
    assert game.refuse("tokyo", unlock) == "wrong-seat"


def test_only_the_team_itself_learns_what_is_locked_to_it() -> None:
    game = begin(cost=7)
    game.grant("facilitator", c.Unlock(decision="alert", option="okinawa", team="tokyo"))
    for event in (*game.events(e.OptionsLocked), *game.events(e.OptionUnlocked)):
        assert [team for team in TEAMS if view(event, team) is not None] == ["tokyo"]
        assert view(event, "wall", TEAMS) is None


def best(game: Game) -> float:
    """Return the best that Tokyo could have had after it chose another option than the first."""
    game.grant("tokyo", c.Decide(decision="alert", option="nationwide"))
    return game.score().objective("warning").teams["tokyo"].best


def test_an_option_whose_condition_never_held_is_not_counted_against_anybody() -> None:
    assert best(begin()) == 1
    assert best(begin(requires={"shared": "track"})) < 1


@pytest.mark.parametrize("dear", [{"cost": 7}, {"requires": {"capital": 7}}])
def test_what_was_spent_elsewhere_makes_no_range_smaller(dear: dict[str, Any]) -> None:
    assert best(begin(**dear)) == best(begin())


@pytest.mark.parametrize("first", [{"option": "quiet"}, {"words": "We wait"}])
def test_a_condition_that_comes_to_hold_opens_the_option_to_a_team_that_has_decided(
    first: dict[str, str],
) -> None:
    game = begin(requires={"all": [{"shared": "track"}, {"capital": 6}]})
    game.grant("tokyo", c.Decide.model_validate({"decision": "alert", **first}))
    assert locked(game) == {"okinawa": NOT_YET}
    game.grant("washington", c.Share.model_validate({"card": "track", "with": ["tokyo"]}), at=400)
    assert locked(game) == {}
    game.grant("tokyo", c.Decide(decision="alert", option="okinawa"))
