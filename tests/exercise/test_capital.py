"""Domestic capital: what an amended decision costs, before and after a backlash."""

from __future__ import annotations

from typing import Any

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.apply import fold
from tabletop.exercise.description import lacking, told_to_others
from tests.builders import tiny_scenario
from tests.game import Game
from tests.rules.playing import options

COSTS = {"okinawa": 2, "nationwide": 6, "quiet": 0}


def asked(costs: dict[str, int] | None = None, reset: int = 2, okinawa: dict[str, Any] | None = None) -> Game:
    """Tokyo, with 6 of domestic capital, is asked for one of three options."""
    decisions = options("alert")
    for option, cost in (costs or COSTS).items():
        decisions["alert"]["options"][option] |= {"cost": cost, "public": False}
        del decisions["alert"]["options"][option]["capital"]
    decisions["alert"]["options"]["okinawa"] |= okinawa or {}
    return Game(tiny_scenario(rules=[], decisions=decisions, capital={"start": 6, "reset": reset})).start()


def choose(game: Game, option: str, **fields: Any) -> int:
    """Take an option, or words if there is no such option, and return what Tokyo has left."""
    known = game.state.script.scenario.decisions["alert"].options
    taken = {"option": option} if option in known else {"words": option}
    command = c.Decide.model_validate({"decision": "alert", **taken, **fields})
    game.grant("tokyo", command, at=max(game.now, 360))
    assert fold(game.records) == game.state
    return left(game)


def left(game: Game) -> int:
    return game.state.accounts["tokyo"].capital


def test_an_amendment_gives_back_what_the_decision_cost() -> None:
    game = asked()
    assert [choose(game, one) for one in ("okinawa", "quiet", "okinawa", "We wait", "okinawa")] == [
        *(4, 6, 4, 6, 4)
    ]


@pytest.mark.parametrize("reset", [0, 2])
def test_what_a_backlash_has_settled_is_neither_given_back_nor_charged_again(reset: int) -> None:
    game = asked(reset=reset)
    assert choose(game, "nationwide") == reset, "all 6 are used up"
    for option in ("quiet", "nationwide", "We wait", "okinawa", "nationwide"):
        assert choose(game, option) == reset
    assert choose(game, "nationwide", rationale="They fly over Okinawa") == reset
    assert len(game.events(e.BacklashTriggered)) == 1


def test_a_charge_is_written_only_where_a_backlash_has_settled_another() -> None:
    game = asked()
    for option in ("okinawa", "We wait", "nationwide", "We wait", "quiet"):
        choose(game, option)
    kinds = (e.DecisionRecorded, e.AnswerWritten)
    taken = [one.event for one in game.records if isinstance(one.event, kinds)]
    assert [one.model_dump().get("charged", "unwritten") for one in taken] == [
        *("unwritten", "unwritten", "unwritten", 0, "unwritten")
    ]


def test_what_costs_more_than_a_backlash_settled_is_charged_the_rest() -> None:
    game = asked({"okinawa": 6, "nationwide": 7, "quiet": -1})
    assert choose(game, "okinawa") == 2
    assert choose(game, "nationwide") == 1
    assert choose(game, "quiet") == 3, "the rest is given back, and it gains 1"
    assert choose(game, "okinawa") == 2


def test_words_judged_again_after_a_backlash_are_charged_once() -> None:
    game = asked()
    choose(game, "We sound the sirens")

    def judge(**fields: Any) -> int:
        fields = {"decision": "alert", "team": "tokyo", "capital": -6, **fields}
        game.grant("facilitator", c.Judge.model_validate(fields))
        return left(game)

    assert judge(**{"as": "okinawa"}) == 2
    assert judge(**{"as": "nationwide"}) == 2
    assert judge(good={"share": "It is told"}, capital=-4) == 2
    assert judge(good={"share": "It is told"}, capital=-7) == 1


def test_a_log_made_before_gives_back_what_it_gave_back_then() -> None:
    game = asked()
    choose(game, "nationwide")
    choose(game, "quiet")
    amended = game.records[-1].event
    assert isinstance(amended, e.DecisionRecorded)
    assert amended.charged == 0
    old = game.records[-1].model_copy(update={"event": amended.model_copy(update={"charged": None})})
    assert fold([*game.records[:-1], old]).accounts["tokyo"].capital == 8


def test_a_condition_on_capital_does_not_count_what_the_decision_itself_costs() -> None:
    enough = {"when": {"capital": 6}, "good": {"message": "It could afford it"}}
    game = asked(okinawa={"if": [enough]})
    choose(game, "okinawa")
    direct = [entry.reason for entry in game.score().ledger if entry.team == "tokyo"]
    game = asked({**COSTS, "quiet": 1}, okinawa={"if": [enough]})
    choose(game, "quiet")
    choose(game, "okinawa")
    assert [entry.reason for entry in game.score().ledger if entry.team == "tokyo"] == direct
    assert any("It could afford it" in reason for reason in direct)


def test_why_an_option_is_too_dear_names_what_is_left_as_the_team_reads_it() -> None:
    game = asked({"okinawa": 6, "nationwide": 9, "quiet": 0})
    assert choose(game, "okinawa") == 2
    [locked] = [
        one for one in game.state.decisions["alert", "tokyo"].locked.items() if one[0] == "nationwide"
    ]
    assert locked[1].startswith("it costs 3 more of domestic capital")
    assert locked[1].endswith(" 2 left")


def test_an_author_s_own_words_reach_others_as_they_were_written() -> None:
    own = "the strait is closed, and you have ships there"
    assert told_to_others(own, "Tokyo") == own
    assert (
        told_to_others(lacking("costs 3", -1), "Tokyo")
        == "it costs Tokyo 3 of domestic capital, and Tokyo had -1 left"
    )
