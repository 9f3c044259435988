"""Describe the course of an exercise: STARTEX, pauses, the clock, gates, emergencies, ENDEX."""

from __future__ import annotations

from tabletop.exercise import events as e
from tabletop.exercise.describe.base import Describers, because, say
from tabletop.exercise.description import Description, Reader
from tabletop.exercise.marking import practice_sentence
from tabletop.plaintext import in_quotes
from tabletop.scenario.gametime import format_time
from tabletop.scenario.prose import listed
from tabletop.scenario.quantities import Stretch


def clock_jump_words(missed: int, stepped: int, wall: str = "") -> str:
    """Describe a jump of the host's clocks, as a clause; `missed` and `stepped` as in `ClockJumped`.

    `wall` is the time of day after the jump, as in a record, if known.
    """
    parts = []
    if missed:
        parts.append(f"the host stood still for {Stretch(missed)}")
    if stepped:
        whose = "its" if missed else "the host's"
        way = "forward" if stepped > 0 else "back"
        parts.append(f"{whose} clock jumped {way} {Stretch(abs(stepped))}")
    when = f" {'at' if stepped else 'until'} {wall[11:16]} UTC" if wall else ""
    return " and ".join(parts) + when


def _created(event: e.ExerciseCreated, reader: Reader) -> Description:
    scenario = event.scenario
    practice = practice_sentence(event.players)
    return Description(
        f"exercise {in_quotes(event.name)} was set up from {in_quotes(scenario.title)} ({scenario.id}, "
        f"{event.scenario_hash[:12]}), seed {event.seed}, by tabletop {event.program}"
        f"{'. ' + practice if practice else ''}"
    )


def _started(event: e.ExerciseStarted, reader: Reader) -> Description:
    phase = "" if reader.team else f" with {_phase(event.phase, reader)}"
    missing = event.not_initialled
    without = (
        f", without the initials of {listed([reader.seat(team) for team in missing])}" if missing else ""
    )
    return Description(f"STARTEX: the exercise began{phase}{without}")


def _gate(event: e.GateReached, reader: Reader) -> Description:
    return Description(f"{_phase(event.phase, reader)} ended; the clock stands at the gate")


def _phase(phase: str, reader: Reader) -> str:
    return "the phase" if reader.team else f"phase {reader.name('phase', phase)}"


def _clock_jumped(event: e.ClockJumped, reader: Reader) -> Description:
    return Description(f"{clock_jump_words(event.missed, event.stepped)}; game time was not moved")


DESCRIBERS: Describers = {
    e.ExerciseCreated: _created,
    e.ExerciseStarted: _started,
    e.PlayPaused: lambda event, _: Description(f"PAUSEX: play was paused{because(event.reason)}"),
    e.PlayResumed: say("play resumed"),
    e.RateChanged: lambda event, _: Description(f"the clock runs at {event.rate:g}x"),
    e.TimeJumped: lambda event, _: Description(f"the clock was set forward to {format_time(event.to)}"),
    e.ClockJumped: _clock_jumped,
    e.LossAccepted: lambda event, _: Description(
        f"INCOMPLETE RECORD: {event.words}; the facilitator accepted that (--accept-loss) and went on"
    ),
    e.TimeMarked: say("the clock ran on"),
    e.GateReached: _gate,
    e.PhaseBegan: lambda event, _: Description(f"a new phase began: {event.title}"),
    e.EmergencyDeclared: lambda event, _: Description(
        f"REAL-WORLD EMERGENCY: play stopped at once{because(event.text)}"
    ),
    e.EmergencyCleared: say("the real-world emergency is over; play stays stopped until resumed"),
    e.ExerciseEnded: say("ENDEX: play ended"),
    e.HotWashBegan: say("the hot wash began"),
    e.ExerciseClosed: say("the record was closed"),
    e.AutoReleaseSet: lambda event, _: Description(
        f"automatic release of injects was switched {'on' if event.on else 'off'}"
    ),
}
