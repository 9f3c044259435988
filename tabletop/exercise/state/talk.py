"""Consultations and public statements."""

from __future__ import annotations

from dataclasses import dataclass, field

from immutables import Map


@dataclass(frozen=True, slots=True)
class ConsultState:
    """A consultation: requested and perhaps answered, or implied by an option."""

    by: str
    to: tuple[str, ...]
    about: str | None
    at: int
    seq: int
    phase: str
    answers: Map[str, int]
    """Game time of each partner's answer; if implied, of all partners."""
    answered_by: Map[str, int] = field(default_factory=Map)
    """The number of the event that answered, by partner."""
    implied: bool = False


@dataclass(frozen=True, slots=True)
class StatementState:
    """A public statement."""

    by: str
    at: int
    seq: int
    phase: str
    label: str | None
    decision: str | None
