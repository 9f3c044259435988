"""One short English sentence for each event, for people who read a log."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from tabletop.exercise import events as e
from tabletop.exercise.commands import WALL
from tabletop.exercise.leap import leap_in_words
from tabletop.plaintext import one_line
from tabletop.scenario.gametime import format_length, format_time
from tabletop.scenario.prose import listed
from tabletop.scenario.scenario import Scenario

Teller = Callable[[Any], str]

Names = Mapping[str, Mapping[str, str]]
"""By field of an event, what people call the ids that stand in it."""


def narrate(event: e.Event, names: Names | None = None) -> str:
    """What happened, on one line that is safe to print. Markings are the caller's to add.

    With `names`, teams, phases and the like are called what people call them, else by their ids.
    """
    kind = type(event)
    if kind in _FIXED:
        return _FIXED[kind]
    return one_line(_TELLERS[kind](event if names is None else _named(event, names)))


def names_in(scenario: Scenario) -> Names:
    """What exercise control calls the parts of a scenario: teams by name, the rest by code or title."""
    decisions = {word: one.code or one.title for word, one in scenario.decisions.items()}
    entries = {entry.id: entry.code or entry.inject.title for entry in scenario.timeline}
    return {
        **team_names_in(scenario),
        "decision": decisions,
        "entry": entries,
        "about": {**entries, **decisions},
        "phase": {phase.id: f'"{phase.title}"' for phase in scenario.phases},
        "objective": {word: goal.title for word, goal in scenario.objectives.items()},
    }


def team_names_in(scenario: Scenario) -> Names:
    """What players call the parts of a scenario: they know the teams, and words of their own alone."""
    teams = {**{word: team.name for word, team in scenario.teams.items()}, e.CONTROL: "exercise control"}
    teams[WALL] = "everybody"
    return dict.fromkeys(("by", "team", "to"), teams)


def _named(event: e.Event, names: Names) -> e.Event:
    """The event with its ids replaced by names, for reading only."""
    changes: dict[str, Any] = {}
    for field, known in names.items():
        value = getattr(event, field, None)
        if isinstance(value, str):
            changes[field] = known.get(value, value)
        elif isinstance(value, tuple):
            changes[field] = tuple(known.get(one, one) for one in value)
    if isinstance(event, e.InjectReleased):
        changes["additions"] = tuple(
            part.model_copy(update={"to": tuple(names.get("to", {}).get(team, team) for team in part.to)})
            for part in event.additions
        )
    return event.model_copy(update=changes)


def _quoted(text: str) -> str:
    return f'"{text}"'


def _names(teams: Iterable[str]) -> str:
    return listed(tuple(teams)) or "nobody"


def _because(reason: str) -> str:
    return f": {reason}" if reason else ""


def _known_as(code: str, word: str) -> str:
    """The code people use, if the reader may know it, else the id."""
    return code or word


def _created(event: e.ExerciseCreated) -> str:
    scenario = event.scenario
    return (
        f"Exercise {_quoted(event.name)} was set up from {_quoted(scenario.title)} ({scenario.id}, "
        f"{event.scenario_hash[:12]}), seed {event.seed}, by tabletop {event.program}"
    )


def _released(event: e.InjectReleased) -> str:
    code = f"{event.code} " if event.code else ""
    timing = "" if event.timing == "on-time" else f", {event.timing}"
    paragraphs = "".join(f" [to {_names(part.to)}: {part.text}]" for part in event.additions)
    return (
        f"Inject {code}{_quoted(event.title)} from {event.sender} by {event.channel} went to "
        f"{_names(event.to)}{timing}: {event.text}{paragraphs}"
    )


def _skipped(event: e.InjectSkipped) -> str:
    if event.branch:
        return f"Inject {event.entry} was passed over: its branch was not taken"
    return f"Inject {event.entry} was skipped{_because(event.reason)}"


def _shared(event: e.CardShared) -> str:
    form = " in its sanitised form" if event.sanitised else ""
    through = f" by its decision {event.decision}" if event.decision else ""
    return (
        f"{event.by} shared card {_known_as(event.code, event.card)} {_quoted(event.title)} with "
        f"{_names(event.to)}{form}{through}: {event.text}"
    )


def _leave(event: e.LeaveGranted) -> str:
    return f"{event.by} let {_names(event.to)} pass on card {event.card} {_quoted(event.title)}"


def _presented(event: e.DecisionPresented) -> str:
    half = ", half the usual time," if event.halved else ""
    return (
        f"{event.team} was asked {_known_as(event.code, event.decision)} {_quoted(event.title)} and has "
        f"{format_length(event.window)}{half} until {format_time(event.due)}: {event.question}"
    )


def _recorded(event: e.DecisionRecorded) -> str:
    verb = "changed its decision" if event.amended else "decided"
    late = " (late)" if event.late else ""
    cost = f" [capital {event.capital:+d}]" if event.capital else ""
    why = f" Rationale: {_quoted(event.rationale)}" if event.rationale else ""
    return (
        f"{event.team} {verb} {_known_as(event.code, event.decision)}{late}: {event.option}, "
        f"{_quoted(event.text)}{cost}{why}"
    )


def _lapsed(event: e.DecisionLapsed) -> str:
    return f"{event.team} did not decide {_known_as(event.code, event.decision)}: {event.reason}"


def _who(event: e.OptionProposed | e.ProposalWithdrawn) -> str:
    """The member of the team, as far as they said who they are."""
    if not event.name.strip():
        return event.office.strip() or "somebody"
    return f"{event.name} ({event.office})" if event.office.strip() else event.name


def _proposed(event: e.OptionProposed) -> str:
    why = f" Rationale: {_quoted(event.rationale)}" if event.rationale else ""
    return (
        f"Within {event.team}, {_who(event)} proposed for {_known_as(event.code, event.decision)}: "
        f"{event.option}, {_quoted(event.text)}{why}"
    )


def _withdrew(event: e.ProposalWithdrawn) -> str:
    return (
        f"Within {event.team}, {_who(event)} withdrew the proposal for "
        f"{_known_as(event.code, event.decision)}"
    )


def _backlash(event: e.BacklashTriggered) -> str:
    return (
        f"{event.team} had used up its domestic capital: now {event.capital}, and its next window is halved"
    )


def _consulted(event: e.ConsultRequested) -> str:
    about = f" about {event.about}" if event.about else ""
    return f"{event.by} consulted {_names(event.to)}{about}: {event.text}"


def _leapt(event: e.ClockJumped) -> str:
    words = leap_in_words(event.missed, event.stepped)
    return f"{words[:1].upper()}{words[1:]}; game time was not moved"


def _stated(event: e.StatementMade) -> str:
    label = f" under the label {_quoted(event.label)}" if event.label else ""
    about = event.decision or event.about
    return f"{event.by} said in public{label}{f' on {about}' if about else ''}: {event.text}"


def _message(event: e.MessageSent) -> str:
    return f"{event.by} wrote to {_names(event.to)}: {event.text}"


def _observed(event: e.ObservationMade) -> str:
    kind = f" ({event.kind})" if event.kind else ""
    tied = [tie for tie in (event.about, event.team, event.objective) if tie]
    return f"Observation{_by(event.author)}{kind}{f' on {_names(tied)}' if tied else ''}: {event.text}"


def _by(author: str) -> str:
    return f" by {author}" if author else ""


def _adjusted(event: e.ScoreAdjusted) -> str:
    by = _by(event.author)
    return f"Score of {event.team} on {event.objective} was adjusted by {event.points:+g}{by}: {event.reason}"


def _rated(event: e.RatingGiven) -> str:
    whose = event.team or "all teams"
    return f"{event.objective} was rated {event.rating} for {whose}{_by(event.author)}{_because(event.note)}"


_FIXED: Final[Mapping[type, str]] = {
    e.PlayResumed: "Play went on",
    e.TimeMarked: "The clock ran on",
    e.EmergencyCleared: "The real-world emergency is over; play stays stopped until resumed",
    e.ExerciseEnded: "ENDEX: play ended",
    e.HotWashBegan: "The hot wash began",
    e.ExerciseClosed: "The record was closed",
}

_TELLERS: Final[Mapping[type, Teller]] = {
    e.ExerciseCreated: _created,
    e.ExerciseStarted: lambda event: f"STARTEX: the exercise began with phase {event.phase}",
    e.PlayPaused: lambda event: f"PAUSEX: play was paused{_because(event.reason)}",
    e.RateChanged: lambda event: f"The clock runs at {event.rate:g}x",
    e.TimeJumped: lambda event: f"The clock was set forward to {format_time(event.to)}",
    e.ClockJumped: _leapt,
    e.LossAccepted: lambda event: f"The log was opened although {event.words}",
    e.GateReached: lambda event: f"Phase {event.phase} ended; the clock stands at the gate",
    e.PhaseBegan: lambda event: f"Phase {event.phase} began: {event.title}",
    e.EmergencyDeclared: lambda event: f"REAL-WORLD EMERGENCY: play stopped at once{_because(event.text)}",
    e.AutoReleaseSet: lambda event: (
        f"Automatic release of injects was switched {'on' if event.on else 'off'}"
    ),
    e.InjectAdded: lambda event: f"Inject {event.code} {_quoted(event.inject.title)} was added",
    e.InjectEdited: lambda event: f"Inject {event.entry} was reworded: {_quoted(event.title)}: {event.text}",
    e.InjectReaddressed: lambda event: f"Inject {event.entry} was readdressed to {_names(event.to)}",
    e.InjectHeld: lambda event: f"Inject {event.entry} was held back{_because(event.reason)}",
    e.InjectUnheld: lambda event: f"Inject {event.entry} was put back on the schedule",
    e.InjectSkipped: _skipped,
    e.InjectReleased: _released,
    e.InjectRead: lambda event: f"{event.team} read inject {event.entry}",
    e.CardReceived: lambda event: (
        f"{event.team} holds card {_known_as(event.code, event.card)} {_quoted(event.title)}: {event.text}"
    ),
    e.CardShared: _shared,
    e.LeaveGranted: _leave,
    e.DecisionPresented: _presented,
    e.DecisionRecorded: _recorded,
    e.DecisionLapsed: _lapsed,
    e.OptionProposed: _proposed,
    e.ProposalWithdrawn: _withdrew,
    e.BacklashTriggered: _backlash,
    e.CapitalCredited: lambda event: (
        f"{event.team} gained {event.points} of domestic capital{_because(event.reason)}"
    ),
    e.ConsultRequested: _consulted,
    e.ConsultAnswered: lambda event: f"{event.by} answered {event.to}: {event.text}",
    e.ConsultImplied: lambda event: (
        f"{event.by} consulted {_names(event.to)} by its decision {event.decision}"
    ),
    e.StatementMade: _stated,
    e.MessageSent: _message,
    e.ObservationMade: _observed,
    e.NoteTaken: lambda event: f"Note{_by(event.author)}: {event.text}",
    e.ScoreAdjusted: _adjusted,
    e.RatingGiven: _rated,
}
