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
    """Whether an expected action was seen done, as last ticked."""

    done: bool
    at: int
    seq: int
