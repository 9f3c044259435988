"""The course of the exercise, which the facilitator runs."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from tabletop.exercise.commands.base import Wish, Words
from tabletop.scenario.gametime import GameTime


class Startex(Wish):
    """Start the exercise."""

    do: Literal["startex"] = "startex"


class Pausex(Wish):
    """Stop the clock."""

    do: Literal["pausex"] = "pausex"
    reason: Words = ""


class Resume(Wish):
    """Go on after PAUSEX."""

    do: Literal["resume"] = "resume"


class Rate(Wish):
    """Run the game clock at another rate."""

    do: Literal["rate"] = "rate"
    rate: Annotated[float, Field(gt=0, le=120, allow_inf_nan=False)]


class Jump(Wish):
    """Set the game clock forward."""

    do: Literal["jump"] = "jump"
    to: GameTime


class Gate(Wish):
    """End the phase: open decisions lapse and the clock stands."""

    do: Literal["gate"] = "gate"


class BeginPhase(Wish):
    """Begin the next phase after a gate."""

    do: Literal["phase"] = "phase"


class Emergency(Wish):
    """REAL-WORLD EMERGENCY: stop play at once."""

    do: Literal["emergency"] = "emergency"
    text: Words = ""


class StandDown(Wish):
    """The real-world emergency is over."""

    do: Literal["stand-down"] = "stand-down"


class Endex(Wish):
    """End the exercise."""

    do: Literal["endex"] = "endex"


class HotWash(Wish):
    """Begin the hot wash."""

    do: Literal["hot-wash"] = "hot-wash"


class Close(Wish):
    """Close the record."""

    do: Literal["close"] = "close"


class Auto(Wish):
    """Let injects go out by themselves when due, or stop doing so."""

    do: Literal["auto"] = "auto"
    on: bool
