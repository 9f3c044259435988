"""Events of the course of an exercise: STARTEX, pauses, the clock, gates, emergencies, ENDEX."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tabletop.exercise.anchors import Anchors
from tabletop.exercise.events.base import BaseEvent, Teams
from tabletop.scenario.base import Id, is_empty
from tabletop.scenario.scenario import Scenario


class ExerciseCreated(BaseEvent):
    """First event of every log: the scenario itself, its hash, the seed of this run."""

    type: Literal["exercise-created"] = "exercise-created"
    name: str
    scenario: Scenario
    scenario_hash: str
    seed: int
    program: str
    rules_version: int = 1
    anchors: Anchors | None = Field(default=None, exclude_if=is_empty)
    """What silence, chance and the best play found came to, if that is known."""
    players: dict[Id, str] = Field(default_factory=dict, exclude_if=is_empty)
    """In a practice, the program's player of each team that it plays."""


class ExerciseStarted(BaseEvent):
    """STARTEX: the clock runs, the first phase begins."""

    type: Literal["exercise-started"] = "exercise-started"
    phase: str
    title: str = ""
    not_initialled: Teams = Field(default=(), exclude_if=is_empty)
    """The teams whose initials the rules and objectives lacked, if those had been shown."""


class PlayPaused(BaseEvent):
    """PAUSEX: the clock stopped."""

    type: Literal["play-paused"] = "play-paused"
    reason: str = ""


class PlayResumed(BaseEvent):
    """Play goes on after PAUSEX."""

    type: Literal["play-resumed"] = "play-resumed"


class RateChanged(BaseEvent):
    """The game clock runs at another rate: game seconds per second."""

    type: Literal["rate-changed"] = "rate-changed"
    rate: float


class TimeJumped(BaseEvent):
    """The game clock was set forward."""

    type: Literal["time-jumped"] = "time-jumped"
    to: int


class ClockJumped(BaseEvent):
    """The host was suspended, or its clock was set. Game time did not change."""

    type: Literal["clock-jumped"] = "clock-jumped"
    missed: int = 0
    """Seconds for which the host's program was stopped or its computer slept."""
    stepped: int = 0
    """Seconds by which its wall clock was set forward; negative if back."""
    unplayed: int = 0
    """Game seconds that would have passed meanwhile; 0 if the game clock was stopped."""


class LossAccepted(BaseEvent):
    """Recorded events were missing from the log, and the facilitator continued without them."""

    type: Literal["loss-accepted"] = "loss-accepted"
    held: int
    """Number of events that the log still held."""
    recorded: int | None = None
    """Number of events that had been recorded; None if unknown."""
    cause: str = ""

    @property
    def words(self) -> str:
        """What was lost, as a clause."""
        if self.recorded is None:
            return f"what followed event {self.held} may be lost: {self.cause}"
        first, last = self.held + 1, self.recorded
        return f"event {last} was lost" if first == last else f"events {first} to {last} were lost"


class TimeMarked(BaseEvent):
    """The running clock's time, recorded so that a crash loses seconds of game time, not minutes."""

    type: Literal["time-marked"] = "time-marked"


class GateReached(BaseEvent):
    """A phase ended; the clock is stopped until the next one begins."""

    type: Literal["gate-reached"] = "gate-reached"
    phase: str


class PhaseBegan(BaseEvent):
    """The next phase began."""

    type: Literal["phase-began"] = "phase-began"
    phase: str
    title: str


class EmergencyDeclared(BaseEvent):
    """REAL-WORLD EMERGENCY: play stopped at once."""

    type: Literal["emergency-declared"] = "emergency-declared"
    text: str = ""


class EmergencyCleared(BaseEvent):
    """The real-world emergency is over; play stays stopped until it is resumed."""

    type: Literal["emergency-cleared"] = "emergency-cleared"


class ExerciseEnded(BaseEvent):
    """ENDEX."""

    type: Literal["exercise-ended"] = "exercise-ended"


class HotWashBegan(BaseEvent):
    """The hot wash, the discussion right after ENDEX, began."""

    type: Literal["hot-wash-began"] = "hot-wash-began"


class ExerciseClosed(BaseEvent):
    """Nothing more is recorded."""

    type: Literal["exercise-closed"] = "exercise-closed"


class AutoReleaseSet(BaseEvent):
    """Automatic release of due injects was switched on or off."""

    type: Literal["auto-release-set"] = "auto-release-set"
    on: bool


CourseEvent = (
    ExerciseCreated
    | ExerciseStarted
    | PlayPaused
    | PlayResumed
    | RateChanged
    | TimeJumped
    | ClockJumped
    | LossAccepted
    | TimeMarked
    | GateReached
    | PhaseBegan
    | EmergencyDeclared
    | EmergencyCleared
    | ExerciseEnded
    | HotWashBegan
    | ExerciseClosed
    | AutoReleaseSet
)
