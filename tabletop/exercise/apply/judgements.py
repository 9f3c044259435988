"""Apply what people judge."""

from __future__ import annotations

from dataclasses import replace

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import (
    ActionTick,
    Exercise,
    ObservationState,
)


def observation_made(state: Exercise, event: e.ObservationMade, record: Record) -> Exercise:
    """Record what the observation is about."""
    seen = ObservationState(record.at, event.about, event.team, event.objective, event.kind)
    return state.changed(observations=state.observations.set(record.seq, seen))


def answer_judged(state: Exercise, event: e.AnswerJudged, record: Record) -> Exercise:
    """Record how control judged the words that stand; a judgement of earlier words changes nothing."""
    key = (event.decision, event.team)
    before = state.decisions.get(key)
    if before is None or not before.words:
        return state
    after = replace(
        before, option=event.option, marks=event.marks, judged_seq=record.seq, capital=event.capital
    )
    return state.changed(decisions=state.decisions.set(key, after), taken=record.seq)


def action_ticked(state: Exercise, event: e.ActionTicked, record: Record) -> Exercise:
    """Keep whether that person last saw the expected action done, and when it was."""
    tick = ActionTick(event.outcome == "done", record.at, record.seq, event.happened, event.note)
    return state.changed(ticks=state.ticks.set(event.key(record.seat), tick))
