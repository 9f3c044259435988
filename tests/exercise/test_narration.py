"""Every event has a sentence: on one line, harmless, with the words that were said."""

from __future__ import annotations

import pytest
from hypothesis import given

from tabletop.exercise import events as e
from tabletop.exercise.narration import narrate, narrate_withheld
from tests.builders import created
from tests.harmless import has_control
from tests.strategies import events


@given(events())
def test_b08_every_event_makes_one_harmless_line(event: e.Event) -> None:
    line = narrate(event)
    assert line.strip()
    assert not has_control(line)
    assert "\n" not in line
    assert "\t" not in line


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (e.PlayPaused(reason="coffee"), "PAUSEX: play was paused: coffee"),
        (e.PlayPaused(), "PAUSEX: play was paused"),
        (e.RateChanged(rate=2), "The clock runs at 2x"),
        (e.TimeJumped(to=2190), "The clock was set forward to T+36:30"),
        (e.InjectRead(entry="detection", team="tokyo"), "Tokyo opened inject detection"),
        (e.InjectSkipped(entry="leak", branch=True), "Inject leak was passed over: its branch was not taken"),
        (
            e.CardShared(
                by="washington",
                to=("tokyo", "seoul"),
                card="track",
                code="C1",
                title="First track",
                text="South",
                window=120,
                sanitised=True,
            ),
            "Washington shared the card C1 “First track” with tokyo and seoul, in clean form: South",
        ),
        (
            e.DecisionRecorded(
                decision="alert",
                code="",
                team="tokyo",
                option="quiet",
                text="Nowhere",
                rationale="Too\nearly",
                capital=1,
                late=True,
            ),
            "Tokyo decided alert, after the window [capital +1]: quiet: Nowhere; rationale “Too ↵ early”",
        ),
        (
            e.OptionProposed(
                decision="alert",
                code="D2",
                team="tokyo",
                option="quiet",
                text="Nowhere",
                rationale="Wait",
                name="Sato",
                office="Crisis manager",
            ),
            "Within tokyo, Sato (Crisis manager) proposed for D2: quiet: Nowhere; rationale “Wait”",
        ),
        (
            e.ProposalWithdrawn(decision="alert", code="", team="tokyo"),
            "Within tokyo, somebody withdrew the proposal for alert",
        ),
        (
            e.StatementMade(by="seoul", text="It fell.", label="missile", about="name-it"),
            "Seoul spoke in public on name-it under the label missile: It fell.",
        ),
        (
            e.StatementMade(by="tokyo", text="Stay away.", area="ships", says="KEEP CLEAR"),
            "Tokyo spoke in public, with advice to the public (“ships: KEEP CLEAR”): Stay away.",
        ),
        (
            e.StatementMade(by="tokyo", text="Brief both, then announce.", decision="alert"),
            "Tokyo acted in public on alert: Brief both, then announce.",
        ),
        (
            e.StatementMade(by="tokyo", text="The strait is closed.", decision="alert", announced=True),
            "Tokyo spoke in public on alert: The strait is closed.",
        ),
        (
            e.StatementMade(by="tokyo", text="Say: “Stay inside.”", decision="alert"),
            "Tokyo spoke in public on alert: Say: “Stay inside.”",
        ),
        (
            e.OptionsLocked(
                decision="alert",
                code="D2",
                team="tokyo",
                locked=(
                    e.LockedOption(id="all", reason="it costs 7 of domestic capital, and you have 6 left"),
                ),
            ),
            "Tokyo cannot choose every option of D2: all: it costs tokyo 7 of domestic capital, "
            "and tokyo had 6 left",
        ),
        (e.MessageSent(by="control", to=(), text="?"), "Control wrote to nobody: ?"),
        (
            e.LeaveGranted(by="tokyo", to=("seoul",), card="plan", title="“A sinister plan”"),
            "Tokyo let seoul pass on the card “A sinister plan”",
        ),
        (
            e.ObservationMade(text="Good", about="alert", team="tokyo", kind="strength"),
            "Observed a strength on alert and tokyo: Good",
        ),
        (
            e.ScoreAdjusted(team="tokyo", objective="share", points=-0.5, reason="Late call"),
            "Adjusted tokyo's score on share by −0.5: Late call",
        ),
        (
            e.ScoreAdjusted(team="tokyo", objective="share", points=1.0, reason="Early", author="Kim"),
            "Kim adjusted tokyo's score on share by +1: Early",
        ),
        (e.ObservationMade(text="Good", author="Kim"), "Kim observed: Good"),
        (
            e.ActionTicked(
                entry="K2",
                number=1,
                action="Push the track",
                team="tokyo",
                objective="share",
                due=420,
                outcome="done",
                author="Kim",
            ),
            "Kim saw done what was expected of tokyo after inject K2, for share, expected by T+7: "
            "Push the track",
        ),
        (
            e.RatingGiven(objective="share", rating="S", note="Late", author="Kim\x1b[2J"),
            "Kim␛[2J rated share S for all teams: Late",
        ),
    ],
)
def test_sentences(event: e.Event, line: str) -> None:
    assert narrate(event) == line


def test_the_first_event_names_its_scenario() -> None:
    assert narrate(created()).startswith("Exercise “Spring exercise” was set up from “Tiny” (tiny, ")


def test_a_withheld_rating_is_promised_to_nobody_who_cannot_rate() -> None:
    given = e.RatingGiven(author="Mori", objective="share", team="tokyo", rating="S", note="Late")
    assert narrate_withheld(given) == "Mori rated share for tokyo: withheld"
    assert (
        narrate_withheld(given, hint="shown once you rated")
        == "Mori rated share for tokyo: shown once you rated"
    )
