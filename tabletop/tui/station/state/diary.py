"""The team's own log: one plain sentence for everything that happened to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tabletop.exercise import events as e
from tabletop.plaintext import in_quotes
from tabletop.scenario.gametime import format_length, format_time
from tabletop.tui.station.state.decisions import Decisions
from tabletop.tui.station.state.names import Names
from tabletop.tui.widgets.rows import shortened

_QUOTED = 160
"""How much of what was said stands in a sentence; all of it can be opened elsewhere."""


@dataclass(frozen=True, slots=True)
class DiaryLine:
    """One sentence and when it happened."""

    at: int
    text: str


@dataclass(slots=True)
class Diary:
    """Sentences, newest last. Sees an event after the decisions have."""

    team: str
    names: Names
    decisions: Decisions
    lines: list[DiaryLine] = field(default_factory=list)

    def see(self, at: int, event: e.Event) -> None:
        """Add the sentence of an event, if it has one."""
        tell = _TELLERS.get(type(event))
        if tell is not None:
            self.lines.append(DiaryLine(at, tell(self, event)))

    def called(self, decision: str) -> str:
        """What a decision is called."""
        question = self.decisions.questions.get(decision)
        return question.full_name if question else decision


def _quote(text: str) -> str:
    return in_quotes(shortened(text, _QUOTED))


def _received(_: Diary, event: e.InjectReleased) -> str:
    return f"Received from {event.sender} by {event.channel}: {event.title}."


def _presented(diary: Diary, event: e.DecisionPresented) -> str:
    halved = " The window is halved after the backlash at home." if event.halved else ""
    window = f"within {format_length(event.window)}, by {format_time(event.due)}"
    return f"Asked to decide {diary.called(event.decision)} {window}.{halved}"


def _recorded(diary: Diary, event: e.DecisionRecorded) -> str:
    verb = "Amended" if event.amended else "Decided"
    late = " This was late." if event.late else ""
    reason = f" Reason: {_quote(event.rationale)}" if event.rationale.strip() else ""
    return f"{verb} {diary.called(event.decision)}: {_quote(event.text)}{reason}{late}"


def _proposed(diary: Diary, event: e.OptionProposed) -> str:
    reason = f" Reason: {_quote(event.rationale)}" if event.rationale.strip() else ""
    return f"{_who(event)} proposed for {diary.called(event.decision)}: {_quote(event.text)}{reason}"


def _withdrew(diary: Diary, event: e.ProposalWithdrawn) -> str:
    return f"{_who(event)} withdrew the proposal for {diary.called(event.decision)}."


def _who(event: e.OptionProposed | e.ProposalWithdrawn) -> str:
    return event.name.strip() or event.office.strip() or "Somebody"


def _lapsed(diary: Diary, event: e.DecisionLapsed) -> str:
    return f"No decision on {diary.called(event.decision)}: {event.reason}."


def _card(_: Diary, event: e.CardReceived) -> str:
    return f"Now hold the card {_quote(event.title)}."


def _shared(diary: Diary, event: e.CardShared) -> str:
    form = "sanitised" if event.sanitised else "as is"
    if event.onward:
        form += ", to be passed on at will"
    if event.by == diary.team:
        return f"Shared {_quote(event.title)} with {diary.names.all(event.to)}, {form}."
    return f"{diary.names.start(event.by)} shared {_quote(event.title)} with us, {form}."


def _leave(diary: Diary, event: e.LeaveGranted) -> str:
    if event.by == diary.team:
        return f"Let {diary.names.all(event.to)} pass on {_quote(event.title)}."
    return f"{diary.names.start(event.by)} lets us pass on {_quote(event.title)}."


def _asked(diary: Diary, event: e.ConsultRequested) -> str:
    if event.by == diary.team:
        about = f" about {diary.called(event.about)}" if event.about else ""
        return f"Consulted {diary.names.all(event.to)}{about}: {_quote(event.text)}"
    return f"{diary.names.start(event.by)} consulted us: {_quote(event.text)}"


def _answered(diary: Diary, event: e.ConsultAnswered) -> str:
    if event.by == diary.team:
        return f"Answered {diary.names.of(event.to)}: {_quote(event.text)}"
    return f"{diary.names.start(event.by)} answered: {_quote(event.text)}"


def _implied(diary: Diary, event: e.ConsultImplied) -> str:
    return f"This choice consulted {diary.names.all(event.to)}."


def _stated(diary: Diary, event: e.StatementMade) -> str:
    label = f" ({event.label})" if event.label else ""
    who = "Said" if event.by == diary.team else f"{diary.names.start(event.by)} said"
    return f"{who} in public{label}: {_quote(event.text)}"


def _wrote(diary: Diary, event: e.MessageSent) -> str:
    if event.by == diary.team:
        return f"Wrote to {diary.names.all(event.to)}: {_quote(event.text)}"
    return f"{diary.names.start(event.by)} wrote: {_quote(event.text)}"


def _backlash(_: Diary, event: e.BacklashTriggered) -> str:
    return f"Backlash at home: credit is used up and set to {event.capital}; the next window is halved."


def _credited(_: Diary, event: e.CapitalCredited) -> str:
    return f"Credit at home changed by {event.points:+d}: {event.reason}."


def _jumped(_: Diary, event: e.TimeJumped) -> str:
    return f"The clock was set to {format_time(event.to)}."


def _began(_: Diary, event: e.PhaseBegan) -> str:
    return f"New phase: {event.title}."


def _always(sentence: str) -> Callable[[Diary, Any], str]:
    return lambda _diary, _event: sentence


_TELLERS: Final[Mapping[type, Callable[[Diary, Any], str]]] = {
    e.ExerciseStarted: _always("STARTEX. The exercise has begun."),
    e.PlayPaused: _always("PAUSEX. Play is paused."),
    e.PlayResumed: _always("Play goes on."),
    e.TimeJumped: _jumped,
    e.GateReached: _always("The phase has ended."),
    e.PhaseBegan: _began,
    e.EmergencyDeclared: _always("REAL-WORLD EMERGENCY. Play has stopped."),
    e.EmergencyCleared: _always("The real-world emergency is over."),
    e.ExerciseEnded: _always("ENDEX. The exercise has ended."),
    e.HotWashBegan: _always("The hot wash has begun."),
    e.ExerciseClosed: _always("The record is closed."),
    e.InjectReleased: _received,
    e.DecisionPresented: _presented,
    e.DecisionRecorded: _recorded,
    e.DecisionLapsed: _lapsed,
    e.OptionProposed: _proposed,
    e.ProposalWithdrawn: _withdrew,
    e.CardReceived: _card,
    e.CardShared: _shared,
    e.LeaveGranted: _leave,
    e.BacklashTriggered: _backlash,
    e.CapitalCredited: _credited,
    e.ConsultRequested: _asked,
    e.ConsultAnswered: _answered,
    e.ConsultImplied: _implied,
    e.StatementMade: _stated,
    e.MessageSent: _wrote,
}
"""What has a sentence. That the team opened an inject has none: it would say nothing new."""
