"""Everyone who is connected to a session: lets them in, answers them, tells them what happens."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final

from tabletop.exercise.commands import FACILITATOR
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise
from tabletop.host import wire
from tabletop.host.answer_beat import AnswerBeat
from tabletop.host.attendance import Attendance
from tabletop.host.chair import Chair
from tabletop.host.clock import TimeSource
from tabletop.host.connection import Connection
from tabletop.host.consoles import Consoles
from tabletop.host.following import Following
from tabletop.host.gallery import Gallery
from tabletop.host.notices import Notices
from tabletop.host.older_copy import Ahead, OlderCopy
from tabletop.host.pens import Pens
from tabletop.host.presence import Presence
from tabletop.host.seating import SeatInfo
from tabletop.host.service import Service
from tabletop.host.session import Session
from tabletop.host.shared_clock import SharedClock
from tabletop.host.turns import Rank, Work
from tabletop.host.usher import REPLACED, Door, Guest, Usher

AT_THE_DOOR: Final = 2_048
"""Stations that may wait to be let in while the disk works: more than any exercise has. Who only pretends to
be one may come and go as often as they like, and each time would leave something behind."""

STOOD_STILL: Final = 1.0
"""Seconds between two ticks from which the host itself heard nobody, whoever spoke."""


class Hub:
    """The host's side of every connection. Calls come from the session's thread.

    Holds the parts together: `Usher` says who may come in, `Service` who may ask for what, and the
    others each tell those whom it concerns about one thing.
    """

    def __init__(self, session: Session, door: Door, time: TimeSource, *, rejoin: str, chair: Chair) -> None:
        self._session = session
        self._time = time
        self._ticked = time.monotonic()
        self._briefing = _briefing(session.state)
        teams = {team: known.name for team, known in session.state.script.scenario.teams.items()}
        self.gallery = Gallery(session.records)
        self.presence = Presence(teams, rejoin)
        self._attendance = Attendance()
        self._at_the_door = 0
        self._shut: str | None = None
        """Why the host is being closed, once it is: who comes then is not let in."""
        self._notices = Notices(time)
        self._clock = SharedClock(session, self._attendance)
        self._pens = Pens(teams, door, self.presence, time)
        self.consoles = Consoles(chair, self._attendance, self._notices)
        self.following = Following(teams, door, self.gallery, self._attendance, self.consoles)
        self._usher = Usher(
            session.records[0], self._briefing.title, door, self.gallery, self._attendance, self._notices
        )
        self.beat = AnswerBeat(time)
        self.older_copy = OlderCopy(
            session.turns, self._notices, lambda seat: self.presence.whose(seat.acts_as, seat.name)
        )
        self._service = Service(
            session,
            self.gallery,
            self._attendance,
            self.consoles,
            self._pens,
            self.following,
            self._notices,
            self.beat,
        )
        self.addresses: tuple[str, ...] = ()
        """Where this host may be found, for stations that cannot reach it where it was."""
        self.on_notice: Callable[[tuple[str, ...]], None] = _nobody
        self._stop = session.subscribe(self._recorded)

    # Connections --------------------------------------------------------------------------------

    @property
    def connections(self) -> Collection[Connection]:
        """All that there are, in the order of their coming."""
        return self._attendance.connections

    def open(self, address: str) -> Connection:
        """A station has connected and has not said yet who it is."""
        connection = Connection(self, address, self._time.monotonic())
        self._attendance.came(connection)
        return connection

    def closed(self, connection: Connection) -> None:
        """The connection is no more."""
        self.older_copy.left(connection)
        seat, ended = self._attendance.left(connection), connection.ended
        if seat is not None and (ended is None or ended.code not in ("revoked", "replaced")):
            silent = ended is not None and ended.code in ("silent", "slow")
            self.presence.went(seat.id, seat.acts_as, seat.name, self._time.wall(), silent=silent)

    def revoked(self, seat_id: str) -> None:
        """The facilitator took a seat back: its station is sent away."""
        connection = self._attendance.at(seat_id)
        if connection is not None:
            connection.end("revoked", "the facilitator has taken this seat back; ask for a new code")
        self.presence.forget(seat_id)

    def shut(self, reason: str) -> None:
        """Say goodbye to everyone, and to whoever still comes."""
        self._shut = reason
        self._stop()
        for connection in tuple(self.connections):
            connection.end("closing", reason)

    # What connections ask -----------------------------------------------------------------------

    def enter(self, connection: Connection, hello: wire.Hello) -> None:
        """Let a station in, or say why not. Whoever comes is not to wait behind what others want recorded."""
        if self._at_the_door >= AT_THE_DOOR:
            connection.end("busy", "too many stations wait to be let in; this one is connected anew")
            return
        self._at_the_door += 1
        self._session.turns.take(
            self._entering(connection, hello), failed=connection.stumbled, rank=Rank.COMES_IN
        )

    def _entering(self, connection: Connection, hello: wire.Hello) -> Work[None]:
        self._at_the_door -= 1
        if not self._attendance.here(connection):
            return  # it has gone while it waited
        if self._shut is not None:
            connection.end("closing", self._shut)
            return
        guest = yield from self._usher.receive(connection, hello)
        if isinstance(guest, wire.Goodbye):
            connection.end(guest.code, guest.reason)
            return
        if isinstance(guest, Ahead):
            self.older_copy.meet(connection, guest)
            return
        if guest.seat.acts_as == FACILITATOR:
            yield from self.consoles.sit(guest.seat.id)
        if self._attendance.here(connection):  # still
            self._welcome(connection, guest, hello.seen)

    def _welcome(self, connection: Connection, guest: Guest, seen: int) -> None:
        seat = guest.seat
        before = self._attendance.at(seat.id)
        if before is not None:
            before.end("replaced", REPLACED)
        self._attendance.sit(connection, seat.id)
        self.presence.came(seat.id)
        connection.welcome(seat, self._welcome_frame(seat, guest.token, connection.understands), seen)
        self._notices.greet(connection)
        self.following.greet(connection, seat.id)

    def _welcome_frame(self, seat: SeatInfo, token: str | None, understands: frozenset[str]) -> wire.Welcome:
        return wire.Welcome(
            version=wire.VERSION,
            seat=wire.Seat(id=seat.id, acts_as=seat.acts_as, name=seat.name, role=seat.role),
            exercise=self._usher.exercise,
            briefing=self._briefing,
            clock=self._clock.frame(),
            head=self.gallery.head(seat.acts_as),
            chair=self.consoles.chair_of(seat.id) if seat.acts_as == FACILITATOR else None,
            team=self._pens.roster_for(seat.acts_as, understands),
            token=token,
            addresses=self.addresses if "addresses" in understands else (),
        )

    def serve(self, connection: Connection, frame: wire.Request) -> None:
        """Answer what a seat asks for, when it is its turn."""
        self._service.serve(connection, frame)

    def take_view(self, connection: Connection, frame: wire.View) -> None:
        """Keep what a station has seen that the log does not hold."""
        self.older_copy.take(connection, frame)

    def acknowledged(self, connection: Connection) -> None:
        """A station has come further: tell those who wait for it to see what they did."""
        self.following.reached(connection.viewer, connection.seen, connection.shown)

    def revision(self, team: str) -> int:
        """The revision of what the stations of a team are to know of its seats; 0 for other seats."""
        return self._pens.revision(team)

    def roster(self, team: str) -> wire.TeamRoster | None:
        """What the stations of a team are to know of its seats; None for other seats."""
        return self._pens.roster(team)

    def remind(self, connection: Connection) -> None:
        """A station missed something: tell it of its team's seats again."""
        roster = self._pens.roster_for(connection.viewer, connection.understands)
        if roster is not None:
            connection.send(roster)

    # What everyone is told ----------------------------------------------------------------------

    def tick(self) -> None:
        """Let time pass: find the silent, tell everyone what is new to them. Call it a few times a second."""
        now = self._time.monotonic()
        stood, self._ticked = now - self._ticked, now
        for connection in tuple(self.connections):
            if stood >= STOOD_STILL:
                connection.excuse(stood)
            connection.tick(now)
        self._clock.look()
        seated = self._attendance.seated()
        self._pens.tell(seated)
        says = (*self._session.warnings, *self.presence.says(now, self._pens.offers()))
        if self._notices.tell(self._session.trouble, says, seated):
            self.on_notice(self._notices.said)
        self.consoles.tell()
        self.following.tell()

    @property
    def says(self) -> tuple[str, ...]:
        """What exercise control is told of stations that are missing, and of alarms."""
        return self._notices.says

    def alarm(self, sentence: str) -> None:
        """Tell exercise control of something that only an attack or a fault can explain."""
        self._notices.alarm(sentence)

    def _recorded(self, record: Record) -> None:
        self._clock.recorded(record)
        stations = self._attendance.stations
        viewers = {connection.viewer for connection in stations}
        sees = {viewer: self.gallery.sees(viewer, record.event) for viewer in viewers}
        for connection in stations:
            if sees[connection.viewer]:
                connection.wake()


def _briefing(state: Exercise) -> wire.Briefing:
    scenario = state.script.scenario
    return wire.Briefing(
        name=state.name,
        title=scenario.title,
        situation=scenario.situation or "",
        ground_rules=scenario.ground_rules,
        teams=scenario.teams,
        labels=scenario.labels,
        clock=scenario.clock,
    )


def _nobody(_: tuple[str, ...]) -> None:
    """Nobody listens at the host itself."""
