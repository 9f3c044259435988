"""What people judged."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ObservationState:
    """An observation that somebody recorded."""

    at: int
    about: str | None
    team: str | None
    objective: str | None
    kind: str | None


@dataclass(frozen=True, slots=True)
class ActionTick:
    """Whether a person saw an expected action done, as they last ticked it."""

    done: bool
    at: int
    """When it was done, else when it was ticked."""
    seq: int
