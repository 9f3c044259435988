"""Which stations are there and which are silent, in words that tell a facilitator what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal

from tabletop.exercise.commands import EVALUATOR, FACILITATOR, OBSERVER, WALL
from tabletop.exercise.view import SEES_ALL

VERBS: Final = {FACILITATOR: "console", EVALUATOR: "watch", OBSERVER: "watch", WALL: "wall"}
"""The verb that opens each kind of seat that is no team's; a team's is opened with `join`."""
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})

Standing = Literal["connected", "silent", "closed", "away"]
"""Of a seat: its station is there, has fallen silent, was closed, or has not come since the host began."""


@dataclass(frozen=True, slots=True)
class _Gone:
    whose: str
    verb: str
    since: str
    silent: bool


@dataclass(slots=True)
class Presence:
    """Stations that came in, by the id of their seat."""

    names: Mapping[str, str]
    """Names of the teams, by id."""
    rejoin: str
    """What to type at a terminal to come back, with `{verb}` for the verb of its kind of seat."""
    _gone: dict[str, _Gone] = field(default_factory=dict)
    _here: set[str] = field(default_factory=set)
    version: int = 0
    """Counts changes."""

    def came(self, seat: str) -> None:
        """A station is connected."""
        self.version += 1
        self._here.add(seat)
        self._gone.pop(seat, None)

    def went(self, seat: str, acts_as: str, name: str, wall: str, *, silent: bool) -> None:
        """A station is connected no longer: it fell silent, or it left."""
        self.version += 1
        self._here.discard(seat)
        self._gone[seat] = _Gone(self._whose(acts_as, name), VERBS.get(acts_as, "join"), wall[11:16], silent)

    def forget(self, seat: str) -> None:
        """A seat was revoked: nobody waits for its station."""
        self.version += 1
        self._here.discard(seat)
        self._gone.pop(seat, None)

    @property
    def here(self) -> frozenset[str]:
        """The seats whose stations are connected."""
        return frozenset(self._here)

    def standing(self, seat: str) -> tuple[Standing, str]:
        """How a seat's station stands, and since which time of day (UTC) if it was there before."""
        if seat in self._here:
            return "connected", ""
        gone = self._gone.get(seat)
        if gone is None:
            return "away", ""
        return ("silent" if gone.silent else "closed"), gone.since

    def says(self, besides: Mapping[str, str] = _NOTHING) -> tuple[str, ...]:
        """A sentence for each station that is missing, the longest missing first.

        `besides` is what else is to be said of a seat that is missing.
        """
        return tuple(
            f"{gone.whose} {'is silent' if gone.silent else 'was closed'} since {gone.since} UTC. "
            f"They can rejoin with `{self.rejoin.format(verb=gone.verb)}`; nothing they are sent is lost."
            f"{f' {besides[seat]}' if seat in besides else ''}"
            for seat, gone in self._gone.items()
        )

    def _whose(self, acts_as: str, name: str) -> str:
        team = self.names.get(acts_as)
        if team is None:
            word = acts_as if acts_as in SEES_ALL else WALL
            return f"The {word}'s terminal{f' ({name})' if name else ''}"
        return f"{team}'s terminal{f' ({name})' if name else ''}"
