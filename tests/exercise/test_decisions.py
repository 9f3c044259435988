"""Decisions: windows to the second, amendments, lapses, capital, and what options bring with them."""

from __future__ import annotations

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tests.builders import tiny_scenario
from tests.game import Game

FACILITATOR = "facilitator"
ASKED_AT = 360
DUE = ASKED_AT + 180


def alert(option: str, rationale: str = "") -> c.Decide:
    return c.Decide(decision="alert", option=option, rationale=rationale)


@pytest.fixture
def game() -> Game:
    return Game().start().pass_to(ASKED_AT)


@pytest.mark.parametrize(("at", "late"), [(ASKED_AT, False), (DUE, False), (DUE + 1, True)])
def test_a_window_includes_its_last_second(game: Game, at: int, late: bool) -> None:
    game.grant("tokyo", alert("quiet"), at=at)
    assert game.state.decisions["alert", "tokyo"].late is late


def test_a_decision_may_be_amended_until_its_window_closes(game: Game) -> None:
    game.grant("tokyo", alert("quiet"), at=ASKED_AT + 10)
    game.grant("tokyo", alert("okinawa", "the track is clear"), at=DUE)
    asked = game.state.decisions["alert", "tokyo"]
    assert (asked.option, asked.rationale, asked.decided_at) == ("okinawa", "the track is clear", DUE)
    assert game.refuse("tokyo", alert("quiet"), at=DUE + 1) == "closed"


def test_another_reason_moves_neither_the_decision_nor_what_it_rests_on(game: Game) -> None:
    game.grant("tokyo", alert("okinawa"), at=ASKED_AT + 10)
    before, left = game.state.decisions["alert", "tokyo"], game.state.accounts["tokyo"].capital
    game.grant("tokyo", alert("okinawa", "the track is clear"), at=DUE)
    asked = game.state.decisions["alert", "tokyo"]
    assert (asked.decided_at, asked.had, asked.capital) == (ASKED_AT + 10, before.had, before.capital)
    assert (asked.rationale, game.state.accounts["tokyo"].capital) == ("the track is clear", left)


def test_the_same_decision_twice_is_not_recorded_twice(game: Game) -> None:
    game.grant("tokyo", alert("quiet", "because"))
    assert game.refuse("tokyo", alert("quiet", "because")) == "nothing-to-do"
    game.grant("tokyo", alert("quiet", "because of that"))


def test_a_decision_is_put_to_the_team_asked_and_has_its_options(game: Game) -> None:
    assert game.refuse("seoul", alert("quiet")) == "not-asked"
    assert game.refuse("tokyo", alert("somewhere")) == "unknown-option"
    assert game.refuse("tokyo", c.Decide(decision="name-it", option="missile")) == "not-asked"


def test_exercise_control_closes_a_decision(game: Game) -> None:
    game.grant(FACILITATOR, c.Lapse(decision="alert"))
    assert game.state.decisions["alert", "tokyo"].lapsed
    assert game.refuse("tokyo", alert("quiet")) == "closed"
    assert game.refuse(FACILITATOR, c.Lapse(decision="alert")) == "closed"
    assert game.refuse(FACILITATOR, c.Lapse(decision="name-it")) == "not-asked"


def test_endex_lapses_what_is_open(game: Game) -> None:
    game.grant(FACILITATOR, c.Endex())
    assert game.state.decisions["alert", "tokyo"].lapsed
    assert game.state.decisions["push-track", "washington"].lapsed


def test_an_option_shares_cards_held_consults_and_speaks() -> None:
    game = Game().start().pass_to(300)
    events = game.grant("washington", c.Decide(decision="push-track", option="both"))
    assert [event.type for event in events] == ["decision-recorded", "card-shared", "consult-implied"]
    assert game.state.given["washington", "tokyo", "track"] == 300


def test_a_public_option_is_heard_by_all(game: Game) -> None:
    events = game.grant("tokyo", alert("okinawa"))
    said = [event for event in events if isinstance(event, e.StatementMade)]
    assert [(one.by, one.label, one.text) for one in said] == [("tokyo", "missile", "Okinawa alone")]
    assert "announced" not in said[0].model_dump()


def test_words_for_the_public_are_heard_in_place_of_the_text() -> None:
    decisions = tiny_scenario().model_dump(mode="json")["decisions"]
    decisions["alert"]["options"]["okinawa"]["public"] = "People in Okinawa: go indoors."
    game = Game(tiny_scenario(decisions=decisions)).start().pass_to(ASKED_AT)
    events = game.grant("tokyo", alert("okinawa"))
    assert [event.text for event in events if isinstance(event, e.DecisionRecorded)] == ["Okinawa alone"]
    [said] = [event for event in events if isinstance(event, e.StatementMade)]
    assert said.text == "People in Okinawa: go indoors."
    assert said.announced


def test_a_team_reads_what_the_public_will_hear_below_the_dilemma() -> None:
    plain = e.OfferedOption(id="okinawa", text="Okinawa alone", tradeoff="Others hear it late")
    words = plain.model_copy(update={"announced": "Go indoors."})
    assert plain.below == ("Others hear it late",)
    assert words.below == ("Others hear it late", "Said in public: “Go indoors.”")
    assert "announced" not in plain.model_dump()


def test_amending_replaces_what_the_first_choice_cost(game: Game) -> None:
    game.grant("tokyo", alert("okinawa"))
    assert game.state.accounts["tokyo"].capital == 5
    game.grant("tokyo", alert("quiet"))
    assert game.state.accounts["tokyo"].capital == 7


def test_capital_used_up_brings_the_backlash_and_leaves_the_next_window_as_it_is(game: Game) -> None:
    events = game.grant("tokyo", alert("nationwide"))
    kinds = [event.type for event in events]
    assert kinds[-3:] == ["backlash-triggered", "inject-added", "inject-released"]
    account = game.state.accounts["tokyo"]
    assert (account.capital, account.backlashes) == (2, 1)
    game.grant(FACILITATOR, c.Gate())
    game.grant(FACILITATOR, c.BeginPhase())
    game.settle()
    windows = {team: game.state.decisions["name-it", team].window for team in ("tokyo", "seoul")}
    assert windows == {"tokyo": 240, "seoul": 240}


def test_what_is_spent_stays_spent_where_the_scenario_says_so_and_the_backlash_comes_once() -> None:
    capital = {"start": 6, "reset": 0, "backlash": "protest"}
    game = Game(tiny_scenario(capital=capital)).start().pass_to(360)
    game.grant("tokyo", alert("nationwide"))
    game.pass_to(470).grant("tokyo", c.Decide(decision="name-it", option="missile"))
    account = game.state.accounts["tokyo"]
    assert (account.capital, account.backlashes) == (0, 1)


def test_a_decision_asked_under_a_condition_is_not_asked_when_it_does_not_hold() -> None:
    decisions = {
        "push-track": {
            "title": "t",
            "question": "q",
            "team": ["washington"],
            "window": "2 min",
            "options": {"both": {"text": "x"}},
            "when": {"shared": "flash"},
        }
    }
    base = tiny_scenario().model_dump(mode="json")
    game = Game(tiny_scenario(decisions={**base["decisions"], **decisions})).start().pass_to(300)
    assert ("push-track", "washington") not in game.state.decisions
