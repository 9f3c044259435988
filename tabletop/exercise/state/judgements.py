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
    ticked_at: int
    seq: int
    happened: int | None
    """When it was done, if they said so."""
    note: str

    @property
    def at(self) -> int:
        """When it was done, else when it was ticked."""
        return self.ticked_at if self.happened is None else self.happened
