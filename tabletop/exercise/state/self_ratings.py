"""Where teams were asked to rate themselves, and what they gave."""

from __future__ import annotations

from dataclasses import dataclass, field

from immutables import Map

from tabletop.exercise.events import AskedObjective, SelfRating


@dataclass(frozen=True, slots=True)
class OwnRating:
    """What a team gave itself at a gate, as last recorded."""

    ratings: tuple[SelfRating, ...]
    note: str
    at: int
    seq: int


@dataclass(frozen=True, slots=True)
class SelfRatings:
    """A gate, or the end, at which every team was asked to rate itself."""

    gate: str
    at: int
    seq: int
    objectives: tuple[AskedObjective, ...]
    given: Map[str, OwnRating] = field(default_factory=Map)
    """What each team that rated itself gave."""
