"""Apply events of the exercise's course: start, pauses, phases, emergencies, end."""

from __future__ import annotations

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise, Stage


def started(state: Exercise, event: e.ExerciseStarted, record: Record) -> Exercise:
    """Start play in the first phase."""
    return state.changed(stage=Stage.RUNNING, phase=event.phase, phase_began=record.at)


def paused(state: Exercise, event: e.PlayPaused, record: Record) -> Exercise:
    """Pause play."""
    return state.changed(stage=Stage.PAUSED)


def resumed(state: Exercise, event: e.PlayResumed, record: Record) -> Exercise:
    """Resume play."""
    return state.changed(stage=Stage.RUNNING)


def rate_changed(state: Exercise, event: e.RateChanged, record: Record) -> Exercise:
    """Set the clock rate."""
    return state.changed(rate=event.rate)


def jumped(state: Exercise, event: e.TimeJumped, record: Record) -> Exercise:
    """Set the game time."""
    return state.changed(at=event.to)


def gate_reached(state: Exercise, event: e.GateReached, record: Record) -> Exercise:
    """Stop at the gate."""
    return state.changed(stage=Stage.GATE)


def phase_began(state: Exercise, event: e.PhaseBegan, record: Record) -> Exercise:
    """Resume play in the next phase."""
    return state.changed(stage=Stage.RUNNING, phase=event.phase, phase_began=record.at)


def emergency(state: Exercise, event: e.EmergencyDeclared, record: Record) -> Exercise:
    """Stop play, remembering the stage before."""
    return state.changed(stage=Stage.EMERGENCY, before_emergency=state.stage)


def cleared(state: Exercise, event: e.EmergencyCleared, record: Record) -> Exercise:
    """Return to the stage before the emergency, except that running play is paused."""
    before = state.before_emergency
    return state.changed(stage=Stage.PAUSED if before is Stage.RUNNING else before)


def ended(state: Exercise, event: e.ExerciseEnded, record: Record) -> Exercise:
    """End play."""
    return state.changed(stage=Stage.ENDED)


def hot_wash(state: Exercise, event: e.HotWashBegan, record: Record) -> Exercise:
    """Begin the hot wash."""
    return state.changed(stage=Stage.HOT_WASH)


def closed(state: Exercise, event: e.ExerciseClosed, record: Record) -> Exercise:
    """Close the record."""
    return state.changed(stage=Stage.CLOSED)


def auto_set(state: Exercise, event: e.AutoReleaseSet, record: Record) -> Exercise:
    """Switch automatic release on or off."""
    return state.changed(auto=event.on)
