"""The team's own log, in sentences."""

from __future__ import annotations

import pytest

from tabletop.exercise import events as e
from tabletop.exercise.view import _VIEWERS
from tabletop.tui.station.state.diary import _TELLERS
from tests.tui.station.sights import Watching, asked, card, consult, inject, recorded, shared


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        (e.ExerciseStarted(phase="launch"), "STARTEX. The exercise has begun."),
        (e.PlayPaused(), "PAUSEX. Play is paused."),
        (e.PhaseBegan(phase="x", title="Aftermath"), "New phase: Aftermath."),
        (e.TimeJumped(to=2190), "The clock was set to T+36:30."),
        (inject(), "Received from Coast guard by radio: A flash."),
        (asked(), "Asked to decide D2 Alert the public within 3 min, by T+3."),
        (
            asked().model_copy(update={"halved": True}),
            "Asked to decide D2 Alert the public within 3 min, by T+3. "
            "The window is halved after the backlash at home.",
        ),
        (card(), "Now hold the card “Flash”."),
        (shared("tokyo", ("washington", "seoul")), "Shared “Flash” with Washington and Seoul, as is."),
        (shared("seoul", ("tokyo",), sanitised=True), "Seoul shared “Flash” with us, sanitised."),
        (consult("tokyo", ("seoul",)), "Consulted Seoul: “Do you agree?”"),
        (consult("seoul", ("tokyo",)), "Seoul consulted us: “Do you agree?”"),
        (e.ConsultAnswered(consult="c", by="tokyo", to="seoul", text="Yes"), "Answered Seoul: “Yes”"),
        (e.ConsultAnswered(consult="c", by="seoul", to="tokyo", text="Yes"), "Seoul answered: “Yes”"),
        (e.ConsultImplied(by="tokyo", to=("seoul",), decision="d"), "This choice consulted Seoul."),
        (e.StatementMade(by="tokyo", text="Stop", label="missile"), "Said in public (missile): “Stop”"),
        (e.StatementMade(by="seoul", text="Stop"), "Seoul said in public: “Stop”"),
        (e.MessageSent(by="tokyo", to=("control",), text="Help"), "Wrote to exercise control: “Help”"),
        (e.MessageSent(by="control", to=("tokyo",), text="Here"), "Exercise control wrote: “Here”"),
        (
            e.BacklashTriggered(team="tokyo", capital=2),
            "Backlash at home: credit is used up and set to 2; the next window is halved.",
        ),
        (
            e.CapitalCredited(team="tokyo", points=1, reason="well warned"),
            "Credit at home changed by +1: well warned.",
        ),
        (e.EmergencyDeclared(text="Fire"), "REAL-WORLD EMERGENCY. Play has stopped."),
    ],
)
def test_each_event_is_one_plain_sentence(event: e.Event, sentence: str) -> None:
    """From the team's own point of view."""
    diary = Watching().see(event, at=7).diary
    assert [(line.at, line.text) for line in diary.lines] == [(7, sentence)]


def test_decisions_are_called_by_their_names() -> None:
    """A consultation about one, the decision itself, an amendment, a lapse."""
    watching = Watching()
    watching.see(asked())
    watching.see(consult("tokyo", ("seoul",)).model_copy(update={"about": "alert"}))
    watching.see(recorded(late=True))
    watching.see(recorded("quiet", amended=True))
    watching.see(e.DecisionLapsed(decision="alert", code="D2", team="tokyo", reason="the phase ended"))
    assert [line.text for line in watching.model.diary.lines[1:]] == [
        "Consulted Seoul about D2 Alert the public: “Do you agree?”",
        "Decided D2 Alert the public: “Okinawa alone” Reason: “The path is known” This was late.",
        "Amended D2 Alert the public: “Nowhere” Reason: “The path is known”",
        "No decision on D2 Alert the public: the phase ended.",
    ]


def test_long_words_are_shortened() -> None:
    """A sentence stays a sentence."""
    (line,) = Watching().see(e.MessageSent(by="seoul", to=("tokyo",), text="a\n" * 5_000)).diary.lines
    assert len(line.text) < 200
    assert line.text.endswith("…”")


def test_everything_a_team_may_see_has_a_sentence_or_a_reason_to_have_none() -> None:
    """A new kind of event is not forgotten here."""
    silent = {e.InjectRead, e.RateChanged}
    assert set(_VIEWERS) - silent == set(_TELLERS)
