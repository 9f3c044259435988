"""Apply consultations and public statements."""

from __future__ import annotations

from dataclasses import replace

from immutables import Map

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import (
    ConsultState,
    Exercise,
    StatementState,
)


def consult_requested(state: Exercise, event: e.ConsultRequested, record: Record) -> Exercise:
    """Open the consultation."""
    asked = ConsultState(
        by=event.by,
        to=event.to,
        about=event.about,
        at=record.at,
        seq=record.seq,
        phase=state.phase,
        answers=Map(),
    )
    return state.changed(consults=state.consults.set(event.consult, asked))


def consult_answered(state: Exercise, event: e.ConsultAnswered, record: Record) -> Exercise:
    """Record one partner's answer."""
    asked = state.consults[event.consult]
    asked = replace(
        asked,
        answers=asked.answers.set(event.by, record.at),
        answered_by=asked.answered_by.set(event.by, record.seq),
    )
    state = state.changed(consults=state.consults.set(event.consult, asked))
    return _record_consultation(state, event.by, event.to, record)


def _record_consultation(state: Exercise, one: str, other: str, record: Record) -> Exercise:
    """Record that two teams have consulted, in the phase in which it was answered."""
    pair = (min(one, other), max(one, other))
    first_consulted, consulted_in_phase = state.first_consulted, state.consulted_in_phase
    if pair not in first_consulted:
        first_consulted = first_consulted.set(pair, record.at)
    if (state.phase, *pair) not in consulted_in_phase:
        consulted_in_phase = consulted_in_phase.set((state.phase, *pair), record.seq)
    return state.changed(first_consulted=first_consulted, consulted_in_phase=consulted_in_phase)


def consult_implied(state: Exercise, event: e.ConsultImplied, record: Record) -> Exercise:
    """Record a consultation that was requested and answered at once."""
    done = ConsultState(
        by=event.by,
        to=event.to,
        about=event.decision,
        at=record.at,
        seq=record.seq,
        phase=state.phase,
        answers=Map(dict.fromkeys(event.to, record.at)),
        answered_by=Map(dict.fromkeys(event.to, record.seq)),
        implied=True,
    )
    state = state.changed(consults=state.consults.set(f"implied-{record.seq}", done))
    for partner in event.to:
        state = _record_consultation(state, event.by, partner, record)
    return state


def statement_made(state: Exercise, event: e.StatementMade, record: Record) -> Exercise:
    """Record the public statement."""
    said = StatementState(
        by=event.by,
        at=record.at,
        seq=record.seq,
        phase=state.phase,
        label=event.label,
        decision=event.decision or event.about,
    )
    firsts = state.first_stated
    for label in {"", event.label or ""}:
        if (event.by, label) not in firsts:
            firsts = firsts.set((event.by, label), record.at)
    return state.changed(statements=state.statements.set(record.seq, said), first_stated=firsts)
