"""What events of the exercise's course do to the state."""

from __future__ import annotations

from dataclasses import replace

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise, Stage


def started(state: Exercise, event: e.ExerciseStarted, record: Record) -> Exercise:
    """STARTEX."""
    return replace(state, stage=Stage.RUNNING, phase=event.phase, phase_began=record.at)


def paused(state: Exercise, event: e.PlayPaused, record: Record) -> Exercise:
    """PAUSEX."""
    return replace(state, stage=Stage.PAUSED)


def resumed(state: Exercise, event: e.PlayResumed, record: Record) -> Exercise:
    """Play goes on."""
    return replace(state, stage=Stage.RUNNING)


def rate_changed(state: Exercise, event: e.RateChanged, record: Record) -> Exercise:
    """Another rate."""
    return replace(state, rate=event.rate)


def jumped(state: Exercise, event: e.TimeJumped, record: Record) -> Exercise:
    """From now on it is later."""
    return replace(state, at=event.to)


def gate_reached(state: Exercise, event: e.GateReached, record: Record) -> Exercise:
    """The clock stands at the gate."""
    return replace(state, stage=Stage.GATE)


def phase_began(state: Exercise, event: e.PhaseBegan, record: Record) -> Exercise:
    """Play goes on in the next phase."""
    return replace(state, stage=Stage.RUNNING, phase=event.phase, phase_began=record.at)


def emergency(state: Exercise, event: e.EmergencyDeclared, record: Record) -> Exercise:
    """Everything stops; what came before is remembered."""
    return replace(state, stage=Stage.EMERGENCY, before_emergency=state.stage)


def cleared(state: Exercise, event: e.EmergencyCleared, record: Record) -> Exercise:
    """Back to where it was, except that running play stays paused."""
    before = state.before_emergency
    return replace(state, stage=Stage.PAUSED if before is Stage.RUNNING else before)


def ended(state: Exercise, event: e.ExerciseEnded, record: Record) -> Exercise:
    """ENDEX."""
    return replace(state, stage=Stage.ENDED)


def hot_wash(state: Exercise, event: e.HotWashBegan, record: Record) -> Exercise:
    """The hot wash."""
    return replace(state, stage=Stage.HOT_WASH)


def closed(state: Exercise, event: e.ExerciseClosed, record: Record) -> Exercise:
    """The record is closed."""
    return replace(state, stage=Stage.CLOSED)


def auto_set(state: Exercise, event: e.AutoReleaseSet, record: Record) -> Exercise:
    """Automatic release on or off."""
    return replace(state, auto=event.on)
