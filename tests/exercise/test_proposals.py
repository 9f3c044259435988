"""What members of a team propose: who, what, in place of what; and when it is too late."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.narration import narrate
from tabletop.exercise.refusal import Refusal
from tabletop.exercise.state import proposer_key
from tabletop.exercise.view import view
from tests.builders import tiny_scenario
from tests.game import Game

ASKED_AT = 360
DUE = ASKED_AT + 180


def propose(option: str, rationale: str = "", by: str = "Sato", person: str = "") -> c.Propose:
    return c.Propose(
        decision="alert", option=option, rationale=rationale, by=by, office="Crisis manager", person=person
    )


def withdraw(by: str = "Sato", person: str = "") -> c.Withdraw:
    return c.Withdraw(decision="alert", by=by, person=person)


@pytest.fixture
def game() -> Game:
    return Game().start().pass_to(ASKED_AT)


def standing(game: Game) -> dict[str, str]:
    return {who: stands.option for (_, _, who), stands in game.state.proposals.items()}


def test_a_proposal_says_who_made_it_and_decides_nothing(game: Game) -> None:
    events = game.grant("tokyo", propose("okinawa", "The path is known"))
    assert events == [
        e.OptionProposed(
            decision="alert",
            code="D2",
            team="tokyo",
            option="okinawa",
            text="Okinawa alone",
            rationale="The path is known",
            name="Sato",
            office="Crisis manager",
        )
    ]
    assert game.state.decisions["alert", "tokyo"].open


def test_the_same_person_replaces_and_withdraws_and_others_are_left_alone(game: Game) -> None:
    game.grant("tokyo", propose("okinawa"))
    game.grant("tokyo", propose("quiet", by="Tanaka"))
    game.grant("tokyo", propose("nationwide"))
    assert standing(game) == {proposer_key("", "Sato"): "nationwide", proposer_key("", "Tanaka"): "quiet"}
    game.grant("tokyo", withdraw())
    assert standing(game) == {proposer_key("", "Tanaka"): "quiet"}
    assert game.refuse("tokyo", withdraw()) == "nothing-to-do"


def test_two_seats_of_one_name_are_two_people(game: Game) -> None:
    game.grant("tokyo", propose("okinawa", person="a1"))
    game.grant("tokyo", propose("quiet", person="b2"))
    assert game.refuse("tokyo", withdraw()) == "nothing-to-do"
    game.grant("tokyo", withdraw(person="a1"))
    assert standing(game) == {"b2": "quiet"}


def test_a_member_proposes_words_where_the_decision_takes_them(game: Game) -> None:
    words = c.Propose(decision="alert", words="Islands only", by="Sato")
    [proposed] = game.grant("tokyo", words)
    assert isinstance(proposed, e.OptionProposed)
    assert (proposed.option, proposed.text) == ("", "Islands only")
    assert "Islands only" in narrate(proposed)
    assert game.refuse("tokyo", words) == "nothing-to-do"
    game.grant("tokyo", propose("okinawa"))
    assert standing(game) == {proposer_key("", "Sato"): "okinawa"}
    with pytest.raises(ValidationError, match="in your own 'words'"):
        c.Propose(decision="alert", option="okinawa", words="Islands only")


def test_a_decision_without_a_write_in_takes_no_proposal_in_words() -> None:
    decisions = tiny_scenario().model_dump(mode="json", exclude_defaults=True)["decisions"]
    decisions["alert"]["write-in"] = False
    game = Game(tiny_scenario(decisions=decisions)).start().pass_to(ASKED_AT)
    assert game.refuse("tokyo", c.Propose(decision="alert", words="Later")) == "no-write-in"


def test_what_stands_already_is_not_proposed_again(game: Game) -> None:
    game.grant("tokyo", propose("okinawa", "now"))
    assert game.refuse("tokyo", propose("okinawa", "now")) == "nothing-to-do"
    game.grant("tokyo", propose("okinawa", "at once"))


def test_a_proposal_is_for_a_question_that_was_put_and_for_one_of_its_options(game: Game) -> None:
    assert game.refuse("seoul", propose("quiet")) == "not-asked"
    assert game.refuse("tokyo", propose("somewhere")) == "unknown-option"
    assert game.refuse("facilitator", propose("quiet")) == "wrong-seat"


def test_a_closed_question_takes_no_proposal_and_says_so(game: Game) -> None:
    game.grant("tokyo", c.Decide(decision="alert", option="quiet"))
    game.grant("tokyo", propose("okinawa"), at=DUE)
    answer = game.do("tokyo", propose("nationwide"), at=DUE + 1)
    assert isinstance(answer, Refusal)
    assert answer.message == "D2 was decided; its window closed at T+9"
    assert game.refuse("tokyo", withdraw()) == "closed"


def test_a_lapsed_question_takes_no_proposal(game: Game) -> None:
    game.grant("facilitator", c.Lapse(decision="alert"))
    assert game.refuse("tokyo", propose("okinawa")) == "closed"


def test_an_open_question_takes_one_although_its_window_has_closed(game: Game) -> None:
    (event,) = game.grant("tokyo", propose("okinawa"), at=DUE + 60)
    assert isinstance(event, e.OptionProposed)
    assert event.option == "okinawa"


@pytest.mark.parametrize("kind", [propose("okinawa"), withdraw()], ids=["propose", "withdraw"])
def test_only_the_team_and_exercise_control_know_of_it(game: Game, kind: c.Command) -> None:
    game.grant("tokyo", propose("quiet"))
    event = game.grant("tokyo", kind)[0]
    assert view(event, "tokyo") == view(event, "facilitator") == event
    assert view(event, "seoul") is view(event, "washington") is view(event, "wall") is None
