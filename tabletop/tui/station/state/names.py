"""How seats are called in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tabletop.exercise import events as e
from tabletop.scenario.prose import listed
from tabletop.scenario.teams import Team


@dataclass(frozen=True, slots=True)
class Names:
    """The names of teams and of exercise control."""

    teams: Mapping[str, Team]

    def of(self, seat: str) -> str:
        """Return a seat in the middle of a sentence."""
        team = self.teams.get(seat)
        if team is not None:
            return team.name
        return "exercise control" if seat == e.CONTROL else seat

    def start(self, seat: str) -> str:
        """Return a seat at the beginning of a sentence."""
        name = self.of(seat)
        return name[:1].upper() + name[1:]

    def all(self, seats: Iterable[str]) -> str:
        """Several seats: ``Washington, Tokyo and Seoul``."""
        return listed([self.of(seat) for seat in seats])
