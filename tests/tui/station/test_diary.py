"""The team's own log, in sentences."""

from __future__ import annotations

import pytest

from tabletop.exercise import events as e
from tests.tui.station.sights import Watching, asked, card, consult, inject, recorded, shared


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        (e.ExerciseStarted(phase="launch"), "STARTEX: the exercise began."),
        (e.PlayPaused(), "PAUSEX: play was paused."),
        (e.PhaseBegan(phase="x", title="Aftermath"), "A new phase began: Aftermath."),
        (e.TimeJumped(to=2190), "The clock was set forward to T+36:30."),
        (inject(), "Received “A flash” from Coast guard by radio."),
        (asked(), "Asked to decide D2 Alert the public by T+3."),
        (
            asked().model_copy(update={"halved": True}),
            "Asked to decide D2 Alert the public, in half the usual window after a backlash, by T+3.",
        ),
        (card(), "Received the card “Flash”."),
        (
            shared("tokyo", ("washington", "seoul")),
            "Shared the card “Flash” with Washington and Seoul, as is.",
        ),
        (
            shared("seoul", ("tokyo",), sanitised=True),
            "Seoul shared the card “Flash” with us, in clean form.",
        ),
        (consult("tokyo", ("seoul",)), "Consulted Seoul: “Do you agree?”"),
        (consult("seoul", ("tokyo",)), "Seoul consulted us: “Do you agree?”"),
        (e.ConsultAnswered(consult="c", by="tokyo", to="seoul", text="Yes"), "Answered Seoul: “Yes”"),
        (e.ConsultAnswered(consult="c", by="seoul", to="tokyo", text="Yes"), "Seoul answered us: “Yes”"),
        (
            e.ConsultImplied(by="tokyo", to=("seoul",), decision="d"),
            "Consulted Seoul as part of our decision d.",
        ),
        (
            e.StatementMade(by="tokyo", text="Stop", label="missile"),
            "Spoke in public under the label missile: “Stop”",
        ),
        (e.StatementMade(by="seoul", text="Stop"), "Seoul spoke in public: “Stop”"),
        (
            e.StatementMade(by="tokyo", text="Stay away", area="ships", says="KEEP CLEAR"),
            "Spoke in public, with advice to the public (“ships: KEEP CLEAR”): “Stay away”",
        ),
        (e.MessageSent(by="tokyo", to=("control",), text="Help"), "Wrote to exercise control: “Help”"),
        (e.MessageSent(by="control", to=("tokyo",), text="Here"), "Exercise control wrote to us: “Here”"),
        (
            e.BacklashTriggered(team="tokyo", capital=2),
            "Used up our domestic capital: it is set to 2.",
        ),
        (
            e.CapitalCredited(team="tokyo", points=1, reason="well warned"),
            "Gained 1 of domestic capital: well warned.",
        ),
        (e.EmergencyDeclared(text="Fire"), "REAL-WORLD EMERGENCY: play stopped at once: Fire."),
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
        "Decided D2 Alert the public, after the window: “Okinawa alone” Reason: “The path is known”",
        "Changed our decision on D2 Alert the public: “Nowhere” Reason: “The path is known”",
        "Took no decision on D2 Alert the public: the phase ended.",
    ]


def test_long_words_are_shortened() -> None:
    """A sentence stays a sentence."""
    (line,) = Watching().see(e.MessageSent(by="seoul", to=("tokyo",), text="a\n" * 5_000)).diary.lines
    assert len(line.text) < 200
    assert line.text.endswith("…”")
