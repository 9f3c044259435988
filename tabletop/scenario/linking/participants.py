"""The teams of a scenario, and the expansion of ``all``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tabletop.scenario.base import ALL


@dataclass(frozen=True, slots=True)
class Participants:
    """The teams, and the holder of each card, on which the meaning of ``all`` depends."""

    teams: tuple[str, ...]
    holders: Mapping[str, str] = field(default_factory=dict)

    def expand(self, to: Iterable[str]) -> tuple[str, ...]:
        """Return the named teams, or every team for ``all``, without duplicates and in scenario order."""
        wanted = set(to)
        return self.teams if ALL in wanted else tuple(team for team in self.teams if team in wanted)

    def partners(self, team: str | None) -> tuple[str, ...]:
        """Return every team except this one."""
        return tuple(other for other in self.teams if other != team)
