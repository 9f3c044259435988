"""A prompt to talk about first: what a team sees and may do until the options open."""

from __future__ import annotations

from typing import Any

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.apply import fold
from tabletop.exercise.narration import narrate
from tabletop.exercise.refusal import Refusal
from tabletop.exercise.schedule import next_due
from tabletop.exercise.view import view
from tabletop.scenario.scenario import Scenario
from tests.builders import TEAMS, tiny_scenario
from tests.game import Game

FACILITATOR = "facilitator"
PUT_AT = 360
OPENS = PUT_AT + 45
DUE = PUT_AT + 180
PROMPT = "Who would ask you why?"


def talking_scenario(**changes: Any) -> Scenario:
    """Return the tiny scenario, whose alert is talked about first."""
    scenario = tiny_scenario(**changes)
    alert = scenario.decisions["alert"].model_copy(update={"talk_first": PROMPT})
    return scenario.model_copy(update={"decisions": {**scenario.decisions, "alert": alert}})


def alert(option: str = "quiet") -> c.Decide:
    return c.Decide(decision="alert", option=option)


@pytest.fixture
def game() -> Game:
    return Game(talking_scenario()).start().pass_to(PUT_AT)


def only(game: Game, kind: type[Any]) -> Any:  # noqa: ANN401 - an event of that kind
    [event] = [event for event in game.events(kind) if event.decision == "alert"]  # type: ignore[union-attr]
    return event


def test_the_prompt_comes_alone_and_the_options_a_quarter_of_the_window_later(game: Game) -> None:
    put = only(game, e.DiscussionBegan)
    assert (put.team, put.prompt, put.opens, put.due) == ("tokyo", PROMPT, OPENS, DUE)
    told = "".join(
        seen.model_dump_json()
        for record in game.records
        if (seen := view(record.event, "tokyo", TEAMS)) is not None
    )
    decision = game.state.script.scenario.decisions["alert"]
    assert PROMPT in told
    for hidden in (decision.question, *(option.text for option in decision.options.values())):
        assert hidden not in told
    assert all(view(put, seat, TEAMS) is None for seat in ("seoul", "washington", c.WALL))
    game.pass_to(OPENS)
    asked = only(game, e.DecisionPresented)
    assert (asked.due, asked.window, asked.since) == (DUE, 180, PUT_AT)
    assert len(asked.options) == len(decision.options)


def test_the_moment_at_which_the_options_open_is_due(game: Game) -> None:
    assert next_due(game.state, PUT_AT) == OPENS
    game.pass_to(OPENS)
    assert next_due(game.state, OPENS) != OPENS


def test_nothing_is_recorded_before_the_options_open(game: Game) -> None:
    answer = game.do("tokyo", alert())
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.message) == ("not-open", "D2 opens at T+6:45: talk about it first")
    assert game.refuse("tokyo", c.Propose(decision="alert", option="quiet")) == "not-open"
    game.grant("tokyo", alert(), at=OPENS)


def test_the_window_counts_from_the_prompt(game: Game) -> None:
    game.grant("tokyo", alert(), at=DUE)
    assert game.state.decisions["alert", "tokyo"].late is False
    asked = game.state.decisions["alert", "tokyo"]
    assert (asked.presented_at, asked.due) == (PUT_AT, DUE)


def test_pausex_stops_the_talk(game: Game) -> None:
    game.grant(FACILITATOR, c.Pausex())
    game.pass_to(OPENS)
    assert game.events(e.DecisionPresented)[1:] == []
    game.grant(FACILITATOR, c.Resume())
    assert only(game, e.DecisionPresented)


def test_the_facilitator_opens_it_early(game: Game) -> None:
    game.grant(FACILITATOR, c.Open(decision="alert"), at=PUT_AT + 10)
    assert only(game, e.DecisionPresented).due == DUE
    assert game.refuse(FACILITATOR, c.Open(decision="alert")) == "not-talking"
    assert game.refuse("tokyo", c.Open(decision="alert")) == "wrong-seat"
    game.grant("tokyo", alert())


def test_it_opens_by_itself_although_injects_are_released_by_hand(game: Game) -> None:
    game.grant(FACILITATOR, c.Auto(on=False))
    game.pass_to(OPENS)
    assert only(game, e.DecisionPresented)


@pytest.mark.parametrize("ending", [c.Gate(), c.Endex(), c.Lapse(decision="alert")])
def test_a_decision_that_never_opened_was_never_asked(game: Game, ending: c.Command) -> None:
    game.grant(FACILITATOR, ending)
    assert "talked about D2, whose options never opened" in narrate(only(game, e.DiscussionClosed))
    assert ("alert", "tokyo") not in {**game.state.decisions, **game.state.discussions}
    assert [one for one in game.score().ledger if "D2" in one.reason] == []
    assert game.refuse("tokyo", alert()) in ("not-asked", "wrong-stage")


def test_folding_the_log_gives_the_same_state(game: Game) -> None:
    assert fold(game.records) == game.state
    game.pass_to(OPENS)
    assert fold(game.records) == game.state


def test_the_log_says_what_is_talked_about_and_until_when(game: Game) -> None:
    words = narrate(only(game, e.DiscussionBegan))
    assert (
        words
        == f"Tokyo was asked to talk about D2 “Alert the public” until its options open at T+6:45: {PROMPT}"
    )


def test_a_consultation_can_be_about_what_is_talked_about(game: Game) -> None:
    """Talking first is when a team asks its partners; nobody else can name that decision."""
    [asked] = game.grant("tokyo", c.Consult(with_=("seoul",), about="alert", text="Would you sound it?"))
    assert isinstance(asked, e.ConsultRequested)
    assert asked.about == "alert"
    assert game.refuse("seoul", c.Consult(with_=("tokyo",), about="alert", text="What?")) == "not-asked"
