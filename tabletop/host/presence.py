"""Connected and missing stations, with sentences that tell a facilitator what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from tabletop.exercise.commands import EVALUATOR, FACILITATOR, OBSERVER, WALL
from tabletop.exercise.view import SEES_ALL
from tabletop.protocol.roster import SeatInfo, Standing

VERBS: Final = {FACILITATOR: "console", EVALUATOR: "watch", OBSERVER: "watch", WALL: "wall"}
"""The verb that opens each kind of control seat; a team's is opened with `join`."""
_NO_NOTES: Final[Mapping[str, str]] = MappingProxyType({})

BACK_WITHIN: Final = 10.0
"""Seconds after the start of a host within which stations reconnect by themselves."""

NAMED: Final = 4
"""Terminals that did not return, listed in one sentence."""

NEW_CERTIFICATE: Final = (
    "This host has a new certificate, so terminals that joined before stay away and show “is not the host "
    "that this terminal knows”. Read the new words out (B) and let each type "
    "`{line} --new-host`, then a new code."
)


@dataclass(frozen=True, slots=True)
class _Disconnected:
    terminal: str
    verb: str
    since: str
    silent: bool


@dataclass(slots=True)
class Presence:
    """Connected and missing stations, by the id of their seat."""

    names: Mapping[str, str]
    """Names of the teams, by id."""
    rejoin: str
    """The command to rejoin with, with `{verb}` for the verb of the kind of seat."""
    _disconnected: dict[str, _Disconnected] = field(default_factory=dict)
    _connected: set[str] = field(default_factory=set)
    _awaited: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By seat, the terminal that had joined before the host was started, and its verb."""
    _due: float = 0.0
    new_certificate: bool = False
    """Whether terminals that joined before will not recognise this host."""
    version: int = 0
    """Incremented at every change."""

    def await_back(self, seats: Iterable[SeatInfo], due: float) -> None:
        """Expect stations that joined before the host was started; report those missing after `due`."""
        self._due = due
        self._awaited = {seat.id: self._terminal(seat) for seat in seats}

    def mark_connected(self, seat: str) -> None:
        """Record that a station is connected."""
        self.version += 1
        self._connected.add(seat)
        self._disconnected.pop(seat, None)
        self._awaited.pop(seat, None)

    def mark_disconnected(self, seat: SeatInfo, wall: str, *, silent: bool) -> None:
        """Record that a station fell silent, or left."""
        self.version += 1
        self._connected.discard(seat.id)
        self._disconnected[seat.id] = _Disconnected(*self._terminal(seat), wall[11:16], silent)

    def forget(self, seat: str) -> None:
        """Forget a seat that was revoked."""
        self.version += 1
        self._connected.discard(seat)
        self._disconnected.pop(seat, None)
        self._awaited.pop(seat, None)

    @property
    def connected(self) -> frozenset[str]:
        """The seats whose stations are connected."""
        return frozenset(self._connected)

    def standing(self, seat: str) -> tuple[Standing, str]:
        """Return the state of a seat's station, and since which UTC time of day it is missing."""
        if seat in self._connected:
            return "connected", ""
        lost = self._disconnected.get(seat)
        if lost is None:
            return "away", ""
        return ("silent" if lost.silent else "closed"), lost.since

    def warnings(self, now: float, notes: Mapping[str, str] = _NO_NOTES) -> tuple[str, ...]:
        """Return a sentence for each missing station, the longest missing first.

        `now` is monotonic; `notes` are additional sentences, by seat.
        """
        missing = (
            f"{lost.terminal} has been {'silent' if lost.silent else 'closed'} since {lost.since} UTC. "
            f"They can rejoin with `{self.rejoin.format(verb=lost.verb)}`; nothing they are sent is lost."
            f"{f' {notes[seat]}' if seat in notes else ''}"
            for seat, lost in self._disconnected.items()
        )
        return (*self._not_returned(now, notes), *missing)

    def _not_returned(self, now: float, notes: Mapping[str, str]) -> Iterator[str]:
        """Yield sentences about stations that have not returned since the host was started."""
        if self._awaited and self.new_certificate:
            yield NEW_CERTIFICATE.format(line=self.rejoin.format(verb="join"))
        if now < self._due:
            return
        verbs = dict.fromkeys(verb for _, verb in self._awaited.values())
        for verb in verbs:
            terminals = [name for name, known in self._awaited.values() if known == verb]
            more = f" and {len(terminals) - NAMED} more" if len(terminals) > NAMED else ""
            line = f"{self.rejoin.format(verb=verb)}{' --new-host' if self.new_certificate else ''}"
            have = "has" if len(terminals) == 1 else "have"
            yield (
                f"{', '.join(terminals[:NAMED])}{more} {have} not come back since the host was started "
                f"again. They can rejoin with `{line}`; nothing they are sent is lost."
            )
        yield from (words for seat, words in notes.items() if seat in self._awaited)

    def _terminal(self, seat: SeatInfo) -> tuple[str, str]:
        """Return what people call a seat's terminal, and the verb that opens it."""
        return self.terminal_name(seat.acts_as, seat.name), VERBS.get(seat.acts_as, "join")

    def terminal_name(self, acts_as: str, name: str) -> str:
        """Return what people call a seat's terminal."""
        team = self.names.get(acts_as)
        if team is None:
            word = acts_as if acts_as in SEES_ALL else WALL
            return f"The {word}'s terminal{f' ({name})' if name else ''}"
        return f"{team}'s terminal{f' ({name})' if name else ''}"
