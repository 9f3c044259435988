"""What happened, one line an event, newest last."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tabletop.exercise import events as e
from tabletop.exercise.description import Names
from tabletop.exercise.narration import narrate
from tabletop.protocol.link import Sight
from tabletop.tui.kit.rows import Line, Tone, shortened
from tabletop.tui.kit.times import game_clock

Told = Callable[[Sight, Names], str]
"""Says what happened on one line."""

_SILENT = (e.TimeMarked,)
"""Events that tell a person nothing."""

_TONES: dict[type, Tone] = {
    e.EmergencyDeclared: "bad",
    e.DecisionLapsed: "bad",
    e.BacklashTriggered: "bad",
    e.ClockJumped: "warn",
    e.LossAccepted: "bad",
    e.PlayPaused: "warn",
    e.GateReached: "warn",
    e.ExerciseStarted: "new",
    e.PhaseBegan: "new",
    e.ExerciseEnded: "new",
    e.HotWashBegan: "new",
    e.ExerciseClosed: "new",
    e.DecisionRecorded: "good",
    e.AnswerWritten: "good",
    e.AnswerJudged: "new",
    e.CardShared: "good",
    e.NoteTaken: "new",
    e.ObservationMade: "new",
    e.InjectRead: "dim",
    e.CardReceived: "dim",
    e.CardDealt: "dim",
    e.DiscussionBegan: "dim",
    e.DecisionPresented: "dim",
}


def tells(sight: Sight) -> bool:
    """Whether a person wants to read of it."""
    return not isinstance(sight.event, _SILENT)


def event_line(sight: Sight, names: Names, length: int | None = None, *, told: Told | None = None) -> Line:
    """Its time and what happened, cut to a length if one is given; `told` says it in other words."""
    words = narrate(sight.event, names) if told is None else told(sight, names)
    tone = _TONES.get(type(sight.event), "plain")
    return (
        (f"{game_clock(sight.at)} ", "dim"),
        (words if length is None else shortened(words, length), tone),
    )


def latest(sights: Sequence[Sight], count: int) -> list[Sight]:
    """Return the last events worth reading, oldest first. Look no further back than it must."""
    found: list[Sight] = []
    for sight in reversed(sights):
        if len(found) >= count:
            break
        if tells(sight):
            found.append(sight)
    return found[::-1]
