"""Commands of the facilitator for the course of the exercise."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from tabletop.exercise.commands.base import BaseCommand, TypedText
from tabletop.scenario.gametime import GameTime


class Startex(BaseCommand):
    """Start the exercise."""

    do: Literal["startex"] = "startex"


class Pausex(BaseCommand):
    """Stop the clock."""

    do: Literal["pausex"] = "pausex"
    reason: TypedText = ""


class Resume(BaseCommand):
    """Go on after PAUSEX."""

    do: Literal["resume"] = "resume"


class Rate(BaseCommand):
    """Run the game clock at another rate."""

    do: Literal["rate"] = "rate"
    rate: Annotated[float, Field(gt=0, le=120, allow_inf_nan=False)]


class Jump(BaseCommand):
    """Set the game clock forward."""

    do: Literal["jump"] = "jump"
    to: GameTime


class Gate(BaseCommand):
    """End the phase: open decisions lapse and the clock stops."""

    do: Literal["gate"] = "gate"


class BeginPhase(BaseCommand):
    """Begin the next phase after a gate."""

    do: Literal["phase"] = "phase"


class Emergency(BaseCommand):
    """REAL-WORLD EMERGENCY: stop play at once."""

    do: Literal["emergency"] = "emergency"
    text: TypedText = ""


class StandDown(BaseCommand):
    """The real-world emergency is over."""

    do: Literal["stand-down"] = "stand-down"


class Endex(BaseCommand):
    """End the exercise."""

    do: Literal["endex"] = "endex"


class HotWash(BaseCommand):
    """Begin the hot wash."""

    do: Literal["hot-wash"] = "hot-wash"


class Close(BaseCommand):
    """Close the record."""

    do: Literal["close"] = "close"


class Auto(BaseCommand):
    """Let injects go out by themselves when due, or stop doing so."""

    do: Literal["auto"] = "auto"
    on: bool


CourseCommand = (
    Startex
    | Pausex
    | Resume
    | Rate
    | Jump
    | Gate
    | BeginPhase
    | Emergency
    | StandDown
    | Endex
    | HotWash
    | Close
    | Auto
)
