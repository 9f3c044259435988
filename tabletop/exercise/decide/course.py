"""Decide commands for the course of the exercise: STARTEX, PAUSEX, gates, ENDEX, and the clock."""

from __future__ import annotations

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.decide.cards import dealt_at_the_start
from tabletop.exercise.decide.decisions import lapse_open
from tabletop.exercise.decide.probes import close_open
from tabletop.exercise.refusal import NOTHING_TO_DO, RefusedError
from tabletop.exercise.state import Exercise
from tabletop.scenario.gametime import MAX_SECONDS, format_time


def startex(state: Exercise, command: c.Startex, seat: str, now: int) -> list[e.Event]:
    """Begin the first phase with the cards that are dealt, and let the clock run."""
    first = state.script.scenario.phases[0]
    return [
        e.ExerciseStarted(
            phase=first.id,
            title=first.title,
            not_initialled=state.not_initialled if state.consent is not None else (),
        ),
        *map(dealt_at_the_start, state.script.scenario.deals),
    ]


def pausex(state: Exercise, command: c.Pausex, seat: str, now: int) -> list[e.Event]:
    """Stop the clock."""
    return [e.PlayPaused(reason=command.reason)]


def resume(state: Exercise, command: c.Resume, seat: str, now: int) -> list[e.Event]:
    """Restart the clock."""
    return [e.PlayResumed()]


def rate(state: Exercise, command: c.Rate, seat: str, now: int) -> list[e.Event]:
    """Change how fast game time runs."""
    if command.rate == state.rate:
        raise RefusedError(f"the clock already runs at {command.rate:g}x", NOTHING_TO_DO)
    return [e.RateChanged(rate=command.rate)]


def jump(state: Exercise, command: c.Jump, seat: str, now: int) -> list[e.Event]:
    """Set the clock forward, never back."""
    if command.to <= now:
        raise RefusedError(f"it is already {format_time(now)}: the clock can only go forward", "backwards")
    if command.to > MAX_SECONDS:
        raise RefusedError("the clock can be set to one week after STARTEX at most", "too-far")
    return [e.TimeJumped(to=command.to)]


def gate(state: Exercise, command: c.Gate, seat: str, now: int) -> list[e.Event]:
    """End the phase; open decisions lapse."""
    if state.script.next_phase(state.phase) is None:
        raise RefusedError("this is the last phase: it ends with ENDEX", "last-phase")
    return [*lapse_open(state, "the phase ended"), e.GateReached(phase=state.phase)]


def begin_phase(state: Exercise, command: c.BeginPhase, seat: str, now: int) -> list[e.Event]:
    """Begin the next phase at its planned time, or now if that has passed."""
    index = state.script.next_phase(state.phase)
    if index is None:
        raise RefusedError("there is no phase after this one", "last-phase")
    phase = state.script.scenario.phases[index]
    began = [*close_open(state), e.PhaseBegan(phase=phase.id, title=phase.title)]
    return [*began, e.TimeJumped(to=phase.from_)] if phase.from_ > now else began


def emergency(state: Exercise, command: c.Emergency, seat: str, now: int) -> list[e.Event]:
    """Stop play for a real-world emergency."""
    return [e.EmergencyDeclared(text=command.text)]


def stand_down(state: Exercise, command: c.StandDown, seat: str, now: int) -> list[e.Event]:
    """Lift the emergency."""
    return [e.EmergencyCleared()]


def endex(state: Exercise, command: c.Endex, seat: str, now: int) -> list[e.Event]:
    """End play; open decisions lapse."""
    return [*lapse_open(state, "the exercise ended"), *close_open(state), e.ExerciseEnded()]


def hot_wash(state: Exercise, command: c.HotWash, seat: str, now: int) -> list[e.Event]:
    """Begin the discussion after ENDEX."""
    return [*close_open(state), e.HotWashBegan()]


def close(state: Exercise, command: c.Close, seat: str, now: int) -> list[e.Event]:
    """Close the record."""
    return [*close_open(state), e.ExerciseClosed()]


def auto(state: Exercise, command: c.Auto, seat: str, now: int) -> list[e.Event]:
    """Switch automatic release."""
    if command.on == state.auto:
        raise RefusedError(f"automatic release is already {'on' if command.on else 'off'}", NOTHING_TO_DO)
    return [e.AutoReleaseSet(on=command.on)]
