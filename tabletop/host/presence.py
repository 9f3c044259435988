"""Which stations are there and which are silent, in words that tell a facilitator what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from tabletop.exercise.commands import EVALUATOR, FACILITATOR, OBSERVER, WALL
from tabletop.exercise.view import SEES_ALL
from tabletop.protocol.roster import SeatInfo, Standing

VERBS: Final = {FACILITATOR: "console", EVALUATOR: "watch", OBSERVER: "watch", WALL: "wall"}
"""The verb that opens each kind of seat that is no team's; a team's is opened with `join`."""
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})

BACK_WITHIN: Final = 10.0
"""Seconds from the start of a host in which stations that had joined come back by themselves."""

NAMED: Final = 4
"""How many terminals that did not come back are named in one sentence."""

NEW_CERTIFICATE: Final = (
    "This host has a new certificate, so terminals that joined before stay away and show “is not the host "
    "that this terminal knows”. Read the new words out (B) and let each type "
    "`{line} --new-host`, then a new code."
)


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
    _awaited: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By seat, whose terminal had joined before the host was started, and its verb."""
    _due: float = 0.0
    new_certificate: bool = False
    """Whether terminals that joined before will take this host for another."""
    version: int = 0
    """Counts changes."""

    def await_back(self, seats: Iterable[SeatInfo], due: float) -> None:
        """Expect stations that had joined before the host was started; those not back by then are named."""
        self._due = due
        self._awaited = {
            seat.id: (self.whose(seat.acts_as, seat.name), VERBS.get(seat.acts_as, "join")) for seat in seats
        }

    def came(self, seat: str) -> None:
        """A station is connected."""
        self.version += 1
        self._here.add(seat)
        self._gone.pop(seat, None)
        self._awaited.pop(seat, None)

    def went(self, seat: str, acts_as: str, name: str, wall: str, *, silent: bool) -> None:
        """A station is connected no longer: it fell silent, or it left."""
        self.version += 1
        self._here.discard(seat)
        self._gone[seat] = _Gone(self.whose(acts_as, name), VERBS.get(acts_as, "join"), wall[11:16], silent)

    def forget(self, seat: str) -> None:
        """A seat was revoked: nobody waits for its station."""
        self.version += 1
        self._here.discard(seat)
        self._gone.pop(seat, None)
        self._awaited.pop(seat, None)

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

    def says(self, now: float, besides: Mapping[str, str] = _NOTHING) -> tuple[str, ...]:
        """A sentence for each station that is missing, the longest missing first.

        `now` is monotonic; `besides` is what else is to be said of a seat that is missing.
        """
        gone = (
            f"{gone.whose} {'is silent' if gone.silent else 'was closed'} since {gone.since} UTC. "
            f"They can rejoin with `{self.rejoin.format(verb=gone.verb)}`; nothing they are sent is lost."
            f"{f' {besides[seat]}' if seat in besides else ''}"
            for seat, gone in self._gone.items()
        )
        return (*self._of_before(now, besides), *gone)

    def _of_before(self, now: float, besides: Mapping[str, str]) -> Iterator[str]:
        """Who has not come back since the host was started, and why perhaps not."""
        if self._awaited and self.new_certificate:
            yield NEW_CERTIFICATE.format(line=self.rejoin.format(verb="join"))
        if now < self._due:
            return
        verbs = dict.fromkeys(verb for _, verb in self._awaited.values())
        for verb in verbs:
            whose = [name for name, known in self._awaited.values() if known == verb]
            more = f" and {len(whose) - NAMED} more" if len(whose) > NAMED else ""
            line = f"{self.rejoin.format(verb=verb)}{' --new-host' if self.new_certificate else ''}"
            have = "has" if len(whose) == 1 else "have"
            yield (
                f"{', '.join(whose[:NAMED])}{more} {have} not come back since the host was started again. "
                f"They can rejoin with `{line}`; nothing they are sent is lost."
            )
        yield from (words for seat, words in besides.items() if seat in self._awaited)

    def whose(self, acts_as: str, name: str) -> str:
        """Return what people call a seat's terminal."""
        team = self.names.get(acts_as)
        if team is None:
            word = acts_as if acts_as in SEES_ALL else WALL
            return f"The {word}'s terminal{f' ({name})' if name else ''}"
        return f"{team}'s terminal{f' ({name})' if name else ''}"
