"""What teams give and say, and what each may see of it."""

from __future__ import annotations

from typing import Any

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.commands import COMMAND
from tabletop.exercise.view import view
from tests.game import Game


def command(**fields: Any) -> c.Command:
    return COMMAND.validate_python(fields)


@pytest.fixture
def game() -> Game:
    return Game().start().pass_to(300)


def share(*partners: str, sanitised: bool = False) -> c.Command:
    return command(do="share", card="track", **{"with": list(partners)}, sanitised=sanitised)


def test_a_card_reaches_the_partners_named_as_is_or_sanitised(game: Game) -> None:
    game.grant("washington", share("tokyo"))
    game.grant("washington", share("seoul", sanitised=True))
    assert game.state.hands["tokyo", "track"].text.startswith("Heat signature")
    assert game.state.hands["seoul", "track"].text == "An object is heading south."


def test_a_card_is_not_shared_twice_in_the_same_form(game: Game) -> None:
    game.grant("washington", share("tokyo", sanitised=True))
    assert game.refuse("washington", share("tokyo", sanitised=True)) == "nothing-to-do"
    game.grant("washington", share("tokyo"))
    assert game.refuse("washington", share("tokyo", sanitised=True)) == "nothing-to-do"


def test_only_what_is_held_is_shared_and_only_with_partners(game: Game) -> None:
    assert game.refuse("tokyo", share("seoul")) == "not-held"
    assert game.refuse("washington", share("washington")) == "own-team"
    assert game.refuse("washington", share("moscow")) == "unknown-team"


def test_a_card_received_may_be_passed_on(game: Game) -> None:
    game.grant("washington", share("tokyo"))
    game.grant("tokyo", share("seoul"))
    assert game.state.hands["seoul", "track"].via == "tokyo"


def test_a_consultation_is_asked_and_answered(game: Game) -> None:
    game.grant("tokyo", command(do="consult", **{"with": ["seoul", "washington"]}, text="What do you hold?"))
    assert game.refuse("tokyo", command(do="answer", **{"from": "seoul"}, text="?")) == "nothing-to-answer"
    game.grant("seoul", command(do="answer", **{"from": "tokyo"}, text="A track."), at=330)
    assert game.refuse("seoul", command(do="answer", **{"from": "tokyo"}, text="x")) == "nothing-to-answer"
    asked = next(iter(game.state.consults.values()))
    assert dict(asked.answers) == {"seoul": 330}


def test_a_statement_carries_a_label_in_use(game: Game) -> None:
    game.grant("seoul", command(do="state", text="We saw it.", label="missile"))
    assert game.refuse("seoul", command(do="state", text="x", label="ufo")) == "unknown-label"


def test_while_play_stands_messages_go_to_exercise_control_only(game: Game) -> None:
    game.grant("facilitator", c.Pausex())
    assert game.refuse("tokyo", command(do="message", to=["seoul"], text="psst")) == "wrong-stage"
    game.grant("tokyo", command(do="message", to=["control"], text="We need a minute."))
    game.grant("facilitator", command(do="message", to=["tokyo"], text="Take it."))


SECRETS = ("expected", "points", "effects", "objectives")


def test_no_team_sees_what_was_private_to_others(game: Game) -> None:
    game.grant("washington", share("tokyo"))
    game.grant("tokyo", command(do="consult", **{"with": ["seoul", "washington"]}, text="CANARY-CONSULT"))
    game.grant("seoul", command(do="answer", **{"from": "tokyo"}, text="CANARY-ANSWER"))
    game.grant("seoul", command(do="message", to=["tokyo"], text="CANARY-MESSAGE"))
    game.grant("facilitator", command(do="note", text="CANARY-NOTE"))
    game.grant("facilitator", command(do="observe", text="CANARY-SEEN", team="seoul"))
    seen = {
        team: "".join(
            event.model_dump_json() for record in game.records if (event := view(record.event, team))
        )
        for team in ("washington", "tokyo", "seoul")
    }
    assert "CANARY-CONSULT" in seen["washington"]
    for word in ("CANARY-ANSWER", "CANARY-MESSAGE", "CANARY-NOTE", "CANARY-SEEN"):
        assert word not in seen["washington"]
    assert "CANARY-ANSWER" in seen["tokyo"]
    assert "Heat signature" not in seen["seoul"]
    asked = next(r.event for r in game.records if isinstance(r.event, e.ConsultRequested))
    shown = view(asked, "washington")
    assert isinstance(shown, e.ConsultRequested)
    assert shown.to == ("washington",)
    assert all(secret not in text for text in seen.values() for secret in SECRETS)


def test_a_seat_that_is_neither_a_team_nor_control_sees_what_is_said_to_all_and_nothing_else(
    game: Game,
) -> None:
    seen = {event.type for record in game.records if (event := view(record.event, "passer-by"))}
    assert seen <= {"exercise-started", "phase-began", "statement-made"}
