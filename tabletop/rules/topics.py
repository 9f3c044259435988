"""What events are about: which of them a change to what teams did could reach at all.

Two events that share no topic cannot make a rule judge one of them otherwise because of the other. What the
state of the exercise keeps together is said here. What a kind of rule judges together besides, it says itself
(`RuleKind.topics`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from tabletop.exercise import events as e
from tabletop.scenario import conditions as c
from tabletop.scenario.conditions import BaseCondition

Topic: TypeAlias = tuple[str, str]
"""A sort of subject, and which one of it: ``("card", "track")``."""

PHASE_CHANGES: Final = (e.ExerciseStarted, e.GateReached, e.PhaseBegan, e.ExerciseEnded)
"""Part of every change's reach: much is kept by phase, or judged when one ends."""
SETTLES: Final = (e.DecisionRecorded, e.DecisionLapsed, e.AnswerWritten, e.AnswerJudged)
"""The events that settle a decision, or settle it otherwise."""
PHASE_ENDS: Final = (e.GateReached, e.ExerciseEnded)

CHANGES: Final = (
    e.DecisionPresented,
    e.DecisionRecorded,
    e.DecisionLapsed,
    e.AnswerWritten,
    e.AnswerJudged,
    e.BacklashTriggered,
    e.CapitalCredited,
    e.CardReceived,
    e.CardDealt,
    e.CardShared,
    e.ConsultAnswered,
    e.ConsultImplied,
    e.StatementMade,
    e.InjectReleased,
    e.ObservationMade,
    e.ActionTicked,
)
"""The events that can make a condition hold, or no longer hold."""

ONLY_READ: Final = frozenset({"asked", "said", "capital", "observed"})
"""Topics that reach a score only through a condition that reads them."""

_NAMED: Final = frozenset({"decision", "card", "entry"})
"""Sorts of words in a condition that are topics themselves."""


_ABOUT_DECISIONS: Final = (
    e.DiscussionBegan,
    e.DiscussionClosed,
    e.DecisionPresented,
    e.DecisionRecorded,
    e.DecisionLapsed,
    e.AnswerWritten,
    e.AnswerJudged,
    e.OptionsLocked,
    e.OptionUnlocked,
)
_ABOUT_CARDS: Final = (e.CardReceived, e.CardDealt, e.CardShared, e.LeaveGranted)
_MOVES_CAPITAL: Final = (e.DecisionRecorded, e.AnswerWritten, e.BacklashTriggered, e.CapitalCredited)


def state_topics(event: e.Event) -> Iterator[Topic]:
    """Yield what the event changes in the state: a decision, a card, a team's voice or capital, an entry."""
    if isinstance(event, _ABOUT_DECISIONS):
        yield "decision", event.decision
    if isinstance(event, _MOVES_CAPITAL):
        yield "capital", event.team
    if isinstance(event, _ABOUT_CARDS):
        yield "card", event.card
    match event:
        case e.ConsultRequested(by=by, to=to) | e.ConsultImplied(by=by, to=to):
            yield from ((sort, team) for team in (by, *to) for sort in ("voice", "asked"))
        case e.ConsultAnswered(by=by, to=asker):
            yield from ((sort, team) for team in (by, asker) for sort in ("voice", "asked"))
        case e.StatementMade():
            yield "voice", event.by
            yield "said", event.by
            about = event.decision or event.about
            if about is not None:
                yield "decision", about
        case e.InjectReleased(entry=entry):
            yield "entry", entry
        case e.ObservationMade() | e.ActionTicked():
            yield "observed", "any"


def topics_read(condition: BaseCondition, team: str = "") -> Iterator[Topic]:
    """Yield what a condition reads; `team` is the one that decides, if any does."""
    for leaf, _ in condition.walk():
        match leaf:
            case c.CapitalHeld(capital=left):
                yield "capital", left.team or team
            case c.Observed():
                yield "observed", "any"
            case c.Consulted(consulted=asked):
                # One of the two is enough: each consultation is about both.
                yield "asked", asked.by or team
            case c.Stated(stated=said):
                yield "said", said.by
            case _:
                yield from ((one.kind, one.word) for one in leaf.own_references(()) if one.kind in _NAMED)
