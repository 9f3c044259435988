"""Seats and pens of the teams: broadcast to their stations, checked, handed over.

Simultaneous requests are decided in the order in which the host received them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from tabletop.errors import InputError
from tabletop.exercise.commands import Command, Decide, Propose, RateSelf, State, Withdraw
from tabletop.exercise.refusal import Refusal
from tabletop.exercise.view import SEES_ALL
from tabletop.host.connection import Connection
from tabletop.host.presence import Presence
from tabletop.protocol import framing, messages
from tabletop.protocol.roster import SeatInfo
from tabletop.protocol.team import Member
from tabletop.system.clock import TimeSource

PRESENCE_EVERY: Final = 1.0
"""Least real seconds between two rosters of a large team that differ only in who is connected.

After a restart of the host five hundred stations come back within seconds, and a roster for every few of them
would cost the host and each terminal more than all the rest of it.
"""

LARGE: Final = 8
"""Seats of a team up to which everyone is told at once who comes and goes."""

OFFERED_AFTER: Final = 30.0
"""Real seconds for which the holder of a pen is away before the team may take it."""

PEN_OFFER: Final = "pen-offer"

REMEMBERED: Final = 256
"""Answers to hand-overs that are kept, so that a repeated request is answered and not repeated."""


@dataclass(frozen=True, slots=True)
class _Standing:
    """What a roster was made of, and when."""

    roster: messages.TeamRoster
    seats: tuple[SeatInfo, ...]
    connected: frozenset[str]
    made: float


class PenStore(Protocol):
    """Stores seats and pens."""

    def seats(self) -> Sequence[SeatInfo]:
        """Return all seats."""

    def pen(self, team: str) -> str | None:
        """Return the id of the seat that decides and speaks for a team."""

    async def hand_pen(self, team: str, to_seat: str, *, by: str) -> Refusal | None:
        """Hand the pen on from its holder. Raises `InputError` if that cannot be saved."""

    async def take_pen(self, team: str, to_seat: str | None = None) -> Refusal | None:
        """Give the pen to a seat, or to the facilitator. Raises `InputError` if that cannot be saved."""


@dataclass(slots=True)
class Pens:
    """The pens of all teams, and the roster last sent to each team."""

    teams: Mapping[str, str]
    """Names of the teams, by id."""
    pen_store: PenStore
    presence: Presence
    time: TimeSource
    _standing: dict[str, _Standing] = field(default_factory=dict)
    _last_sent: dict[str, int] = field(default_factory=dict)
    _away: dict[str, tuple[str, float]] = field(default_factory=dict)
    """By team, the disconnected holder of its pen, and since when."""
    _answers: dict[tuple[str, str], messages.Handed] = field(default_factory=dict)

    # Rosters --------------------------------------------------------------------------------------

    def roster(self, team: str) -> messages.TeamRoster | None:
        """Return a team's current seats and pen; None for seats of no team.

        Who is connected may be `PRESENCE_EVERY` seconds old in a team of more than `LARGE` seats.
        """
        if team not in self.teams:
            return None
        seats = tuple(one for one in self.pen_store.seats() if one.acts_as == team)
        known, pen, now = self._standing.get(team), self.pen_store.pen(team), self.time.monotonic()
        same = known is not None and (known.seats, known.roster.pen) == (seats, pen)
        if known is not None and same and len(seats) > LARGE and now - known.made < PRESENCE_EVERY:
            return known.roster
        connected = self._connected(seats)
        offered = self._offered(team, connected, pen)
        if known is not None and same and (known.connected, known.roster.offered) == (connected, offered):
            return known.roster
        members = tuple(Member(one.id, one.name, one.role, one.id in connected) for one in seats)
        revision = self.revision(team) + 1
        roster = messages.TeamRoster(revision=revision, seats=members, pen=pen, offered=offered)
        self._standing[team] = _Standing(roster, seats, connected, now)
        return roster

    def _connected(self, seats: Iterable[SeatInfo]) -> frozenset[str]:
        """Return the ids of those seats whose stations are connected."""
        return self.presence.connected & {one.id for one in seats}

    def roster_for(self, acts_as: str, understands: frozenset[str]) -> messages.TeamRoster | None:
        """Return the roster for a station that understands these features."""
        known = self.roster(acts_as)
        return _as_understood(known, understands) if known is not None else None

    def _offered(self, team: str, connected: frozenset[str], pen: str | None) -> bool:
        """Return whether the pen's holder is away for so long that another seat of the team may take it."""
        if pen is None or pen in connected:
            self._away.pop(team, None)
            return False
        now = self.time.monotonic()
        if self._away.get(team, ("", 0.0))[0] != pen:
            self._away[team] = pen, now
        return bool(connected) and now - self._away[team][1] >= OFFERED_AFTER

    def offers(self) -> Mapping[str, str]:
        """Return, for exercise control, who may take the pen, by the seat that holds it and is away."""
        found: dict[str, str] = {}
        for team, name in self.teams.items():
            roster = self.roster(team)
            if roster is not None and roster.offered and roster.pen is not None:
                there = [one.called for one in roster.seats if one.connected]
                found[roster.pen] = (
                    f"They hold {name}'s pen: {' or '.join(there)} can take it with H, "
                    "and you can give it (B, then P)."
                )
        return found

    def revision(self, team: str) -> int:
        """Return the revision of a team's roster; 0 for seats of no team."""
        known = self._standing.get(team)
        return known.roster.revision if known is not None else 0

    def broadcast(self, seated: Iterable[Connection]) -> None:
        """Send every station the roster of its team, if it changed."""
        news: dict[str, messages.TeamRoster] = {}
        for team in self.teams:
            roster = self.roster(team)
            if roster is not None and self._last_sent.get(team) != roster.revision:
                self._last_sent[team] = roster.revision
                news[team] = roster
        if not news:
            return
        texts: dict[tuple[str, bool], str] = {}
        for connection in seated:
            team, offers_known = connection.acts_as, PEN_OFFER in connection.understands
            if team in news:
                if (team, offers_known) not in texts:
                    texts[team, offers_known] = framing.encode(
                        _as_understood(news[team], connection.understands)
                    )
                connection.post(texts[team, offers_known], "TeamRoster")

    # Requests -------------------------------------------------------------------------------------

    def refusal(self, seat: SeatInfo, command: Command) -> Refusal | None:
        """Return why a team's seat may not give that command; None if the pen does not matter."""
        if not isinstance(command, Decide | State | RateSelf) or seat.acts_as not in self.teams:
            return None
        if self.pen_store.pen(seat.acts_as) == seat.id:
            return None
        return Refusal(
            f"{self._held(seat.acts_as)}: only that seat decides and speaks for {self.teams[seat.acts_as]}",
            "pen",
        )

    async def hand(
        self, seat: SeatInfo, frame: messages.HandPen, *, chair: Refusal | None
    ) -> messages.Handed:
        """Hand the pen over as requested; `chair` is why a facilitator may not act, if so."""
        place = seat.id, frame.key
        if place not in self._answers:
            try:
                refused = chair or (await self._hand(seat, frame))
            except InputError as error:
                control = seat.acts_as in SEES_ALL  # paths on the host's disk are hidden from players
                why = f": {error.message}" if control else " at the moment; tell the facilitator"
                refused = Refusal(f"the host cannot save that{why}", "not-kept")
            message = refused.message if refused is not None else ""
            self._answers[place] = messages.Handed(key=frame.key, message=message)
            if len(self._answers) > REMEMBERED:
                del self._answers[next(iter(self._answers))]
        return self._answers[place]

    async def _hand(self, seat: SeatInfo, frame: messages.HandPen) -> Refusal | None:
        team = seat.acts_as
        if team not in self.teams:
            return await self.pen_store.take_pen(frame.team, frame.to)
        pen = self.pen_store.pen(team)
        connected = self._connected(one for one in self.pen_store.seats() if one.acts_as == team)
        if frame.to == seat.id and self._offered(team, connected, pen):
            return await self.pen_store.take_pen(team, seat.id)
        if pen != seat.id:
            return Refusal(f"{self._held(team)}: only who holds it can hand it over", "pen")
        if frame.to is None:
            return Refusal("say which seat gets the pen", "pen")
        return await self.pen_store.hand_pen(team, frame.to, by=seat.id)

    def _held(self, team: str) -> str:
        """Return who holds a team's pen, as the beginning of a sentence."""
        pen = self.pen_store.pen(team)
        holder = next((one for one in self.pen_store.seats() if one.id == pen), None)
        if holder is None:
            return "nobody holds the pen until the facilitator gives it to a seat"
        who = holder.name or holder.role or "another seat of this team"
        return f"{who} holds the pen now"


def _as_understood(roster: messages.TeamRoster, understands: frozenset[str]) -> messages.TeamRoster:
    return roster if PEN_OFFER in understands else roster.model_copy(update={"offered": False})


def in_own_name(seat: SeatInfo, command: Command) -> Command:
    """Set a proposal's author to the name with which the person joined, whatever the station sent."""
    if not isinstance(command, Propose | Withdraw):
        return command
    return command.model_copy(update={"by": seat.name, "office": seat.role, "person": seat.id})
