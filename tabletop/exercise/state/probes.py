"""Probes put to the teams, and their answers."""

from __future__ import annotations

from dataclasses import dataclass, field

from immutables import Map


@dataclass(frozen=True, slots=True)
class ProbeState:
    """A probe put to every team."""

    gate: str
    at: int
    seq: int
    asks: str
    options: Map[str, str]
    """The text of each answer, by its letter."""
    right: tuple[str, ...] = ()
    """The letter of each answer that was true when it was opened."""
    told: frozenset[str] = frozenset()
    """The teams that something by which they could know had reached by then."""
    answers: Map[str, tuple[str, int]] = field(default_factory=Map)
    """Each team's answer and its event."""
    open: bool = True
    seconds: int = 0
    """Real seconds that teams have; 0 without a limit."""

    def answer(self, team: str) -> str | None:
        """Return what a team has answered, if it has."""
        given = self.answers.get(team)
        return None if given is None else given[0]
