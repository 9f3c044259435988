"""What the wall may show: what was said to all, and never more than every team got."""

from __future__ import annotations

from typing import Any

import pytest

from tabletop.exercise import events as e
from tabletop.exercise.view import view
from tests.builders import TEAMS

PAIR = TEAMS[:2]


def released(*to: str, **fields: Any) -> e.InjectReleased:
    words = {
        "entry": "e",
        "code": "K1",
        "title": "Notice",
        "sender": "Press",
        "channel": "tv",
        "text": "All.",
    }
    return e.InjectReleased(to=to, due=60, timing="late", **{**words, **fields})


def paragraph(*to: str, text: str) -> e.Paragraph:
    return e.Paragraph(to=to, text=text)


def test_an_inject_to_every_team_is_shown_without_what_was_added_for_some() -> None:
    event = released(
        *TEAMS,
        additions=(paragraph("tokyo", text="CANARY"), paragraph(*TEAMS, text="And all were told.")),
    )
    shown = view(event, "wall", TEAMS)
    assert isinstance(shown, e.InjectReleased)
    assert (shown.title, shown.sender, shown.channel, shown.text) == ("Notice", "Press", "tv", "All.")
    assert [part.text for part in shown.additions] == ["And all were told."]
    assert (shown.entry, shown.code, shown.due, shown.timing) == ("", "", None, "on-time")


@pytest.mark.parametrize("to", [PAIR, TEAMS[1:], ("tokyo",), ()])
def test_what_went_to_some_is_not_shown(to: tuple[str, ...]) -> None:
    assert view(released(*to), "wall", TEAMS) is None
    assert view(e.MessageSent(by=e.CONTROL, to=to, text="x"), "wall", TEAMS) is None


def test_a_message_is_shown_only_if_exercise_control_wrote_it_to_every_team() -> None:
    shown = view(e.MessageSent(by=e.CONTROL, to=TEAMS, text="Lunch"), "wall", TEAMS)
    assert shown == e.MessageSent(by=e.CONTROL, to=("wall",), text="Lunch")
    among_teams = e.MessageSent(by="tokyo", to=("washington", "seoul", e.CONTROL), text="x")
    assert view(among_teams, "wall", TEAMS) is None
    assert view(e.MessageSent(by="tokyo", to=TEAMS, text="x"), "wall", TEAMS) is None


def test_a_statement_is_shown_without_what_its_team_decided() -> None:
    made = e.StatementMade(
        by="tokyo", text="A missile.", label="missile", about="alert", decision="alert", announced=True
    )
    assert view(made, "wall", TEAMS) == e.StatementMade(by="tokyo", text="A missile.", label="missile")


def test_why_play_was_paused_is_not_shown() -> None:
    assert view(e.PlayPaused(reason="Tokyo is lost"), "wall", TEAMS) == e.PlayPaused()


def test_who_does_not_know_the_teams_shows_nothing_that_was_sent() -> None:
    assert view(released(*TEAMS), "wall") is None
    assert view(e.MessageSent(by=e.CONTROL, to=TEAMS, text="x"), "wall") is None
