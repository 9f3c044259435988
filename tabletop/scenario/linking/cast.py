"""The teams of a scenario and what ``all`` stands for among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tabletop.scenario.content import ALL


@dataclass(frozen=True, slots=True)
class Cast:
    """Who there is, and who holds which card: what ``all`` stands for depends on it."""

    teams: tuple[str, ...]
    holders: Mapping[str, str] = field(default_factory=dict)

    def expand(self, to: Iterable[str]) -> tuple[str, ...]:
        """Return the teams named, or all of them for ``all``, each once and in the order of the scenario."""
        wanted = set(to)
        return self.teams if ALL in wanted else tuple(team for team in self.teams if team in wanted)

    def partners(self, team: str | None) -> tuple[str, ...]:
        """Return every team but this one."""
        return tuple(other for other in self.teams if other != team)
