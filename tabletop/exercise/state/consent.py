"""The rules and objectives as shown, and the initials under them."""

from __future__ import annotations

from dataclasses import dataclass, field

from immutables import Map


@dataclass(frozen=True, slots=True)
class TeamInitials:
    """A team's initials under the rules and objectives."""

    name: str
    at: int
    seq: int
    before_play: bool
    """Whether they were given before STARTEX."""


@dataclass(frozen=True, slots=True)
class Consent:
    """The rules and objectives as shown to everybody."""

    hash: str
    seq: int
    initials: Map[str, TeamInitials] = field(default_factory=Map)
    """The latest initials of each team that gave some."""
