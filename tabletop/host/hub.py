"""Everyone who is connected to a session: lets them in, answers them, tells them what happens."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final

from tabletop.exercise.commands import FACILITATOR
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise
from tabletop.host.answer_beat import AnswerBeat
from tabletop.host.connection import Connection
from tabletop.host.connections import Connections
from tabletop.host.consoles import Consoles, ControlLease
from tabletop.host.delivery import DeliveryReports
from tabletop.host.handshake import REPLACED, AcceptedStation, AdmissionControl, Handshake
from tabletop.host.notices import Notices
from tabletop.host.older_copy import Ahead, OlderCopy
from tabletop.host.pens import Pens
from tabletop.host.presence import Presence
from tabletop.host.projection import Projection
from tabletop.host.requests import Requests
from tabletop.host.session import Session
from tabletop.host.shared_clock import SharedClock
from tabletop.protocol import messages
from tabletop.protocol.roster import SeatInfo
from tabletop.system.clock import TimeSource
from tabletop.system.disk_queue import Rank

MAX_AWAITING_ADMISSION: Final = 2_048
"""Stations that may wait to be let in while the disk works: more than any exercise has. Who only pretends to
be one may come and go as often as they like, and each time would leave something behind."""

LOOP_STALLED: Final = 1.0
"""Seconds between two ticks from which the host itself heard nobody, whoever spoke."""


class Hub:
    """The host's side of every connection. Calls come from the session's thread.

    Holds the parts together: `Handshake` says who may come in, `Requests` who may ask for what, and the
    others each tell those whom it concerns about one thing.
    """

    def __init__(
        self,
        session: Session,
        admission: AdmissionControl,
        time: TimeSource,
        *,
        rejoin: str,
        lease: ControlLease,
    ) -> None:
        self._session = session
        self._time = time
        self._ticked = time.monotonic()
        self._briefing = _briefing(session.state)
        teams = {team: known.name for team, known in session.state.script.scenario.teams.items()}
        self.projection = Projection(session.records)
        self.presence = Presence(teams, rejoin)
        self._connections = Connections()
        self._awaiting_admission = 0
        self._notices = Notices(time)
        self._clock = SharedClock(session, self._connections)
        self._pens = Pens(teams, admission, self.presence, time)
        self.consoles = Consoles(lease, self._connections, self._notices)
        self.delivery = DeliveryReports(teams, admission, self.projection, self._connections, self.consoles)
        self._handshake = Handshake(
            session.records[0],
            self._briefing.title,
            admission,
            self.projection,
            self._connections,
            self._notices,
        )
        self.beat = AnswerBeat(time)
        self.older_copy = OlderCopy(
            session.disk_queue,
            self._notices,
            lambda seat: self.presence.terminal_name(seat.acts_as, seat.name),
        )
        self._requests = Requests(
            session,
            self.projection,
            self._connections,
            self.consoles,
            self._pens,
            self.delivery,
            self._notices,
            self.beat,
        )
        self.addresses: tuple[str, ...] = ()
        """Where this host may be found, for stations that cannot reach it where it was."""
        self.on_notice: Callable[[tuple[str, ...]], None] | None = None
        """Called with what exercise control is told, when it changes."""
        self._stop = session.subscribe(self._recorded)

    # Connections --------------------------------------------------------------------------------

    @property
    def connections(self) -> Collection[Connection]:
        """All that there are, in the order of their coming."""
        return self._connections.all

    def open(self, address: str) -> Connection:
        """A station has connected and has not said yet who it is."""
        connection = Connection(self, address, self._time.monotonic())
        self._connections.add(connection)
        return connection

    def closed(self, connection: Connection) -> None:
        """The connection is no more."""
        self.older_copy.discard(connection)
        seat, ended = self._connections.remove(connection), connection.ended
        if seat is not None and (ended is None or ended.code not in ("revoked", "replaced")):
            silent = ended is not None and ended.code in ("silent", "slow")
            self.presence.mark_disconnected(seat, self._time.wall(), silent=silent)

    def revoked(self, seat_id: str) -> None:
        """The facilitator took a seat back: its station is sent away."""
        connection = self._connections.of_seat(seat_id)
        if connection is not None:
            connection.end("revoked", "the facilitator has taken this seat back; ask for a new code")
        self.presence.forget(seat_id)

    def shut(self, reason: str) -> None:
        """Say goodbye to everyone."""
        self._stop()
        for connection in tuple(self.connections):
            connection.end("closing", reason)

    # What connections ask -----------------------------------------------------------------------

    def accept(self, connection: Connection, hello: messages.Hello) -> None:
        """Let a station in, or say why not. Whoever comes is not to wait behind what others want recorded."""
        if self._awaiting_admission >= MAX_AWAITING_ADMISSION:
            connection.end("busy", "too many stations wait to be let in; this one is connected anew")
            return
        self._awaiting_admission += 1
        self._session.disk_queue.put(
            self._handshake_task(connection, hello), failed=connection.fail, rank=Rank.COMES_IN
        )

    async def _handshake_task(self, connection: Connection, hello: messages.Hello) -> None:
        self._awaiting_admission -= 1
        if not self._connections.is_open(connection):
            return  # it has gone while it waited
        accepted = await self._handshake.receive(connection, hello)
        if isinstance(accepted, messages.Goodbye):
            connection.end(accepted.code, accepted.reason)
            return
        if isinstance(accepted, Ahead):
            self.older_copy.request_view(connection, accepted)
            return
        if accepted.seat.acts_as == FACILITATOR:
            await self.consoles.claim(accepted.seat.id)
        if self._connections.is_open(connection):  # still
            self._welcome(connection, accepted, hello.seen)

    def _welcome(self, connection: Connection, accepted: AcceptedStation, seen: int) -> None:
        seat = accepted.seat
        before = self._connections.of_seat(seat.id)
        if before is not None:
            before.end("replaced", REPLACED)
        self._connections.assign(connection, seat.id)
        self.presence.mark_connected(seat.id)
        connection.welcome(seat, self._welcome_frame(seat, accepted.token, connection.understands), seen)
        self._notices.send_current(connection)
        self.delivery.send_latest(connection, seat.id)

    def _welcome_frame(
        self, seat: SeatInfo, token: str | None, understands: frozenset[str]
    ) -> messages.Welcome:
        return messages.Welcome(
            version=messages.VERSION,
            seat=messages.Seat(id=seat.id, acts_as=seat.acts_as, name=seat.name, role=seat.role),
            exercise=self._handshake.exercise,
            briefing=self._briefing,
            clock=self._clock.frame(),
            head=self.projection.head(seat.acts_as),
            chair=self.consoles.chair_frame(seat.id) if seat.acts_as == FACILITATOR else None,
            team=self._pens.roster_for(seat.acts_as, understands),
            token=token,
            addresses=self.addresses if "addresses" in understands else (),
        )

    def serve(self, connection: Connection, frame: messages.Request) -> None:
        """Answer what a seat asks for, when it is its turn."""
        self._requests.serve(connection, frame)

    def receive_view(self, connection: Connection, frame: messages.View) -> None:
        """Keep what a station has seen that the log does not hold."""
        self.older_copy.receive(connection, frame)

    def acknowledged(self, connection: Connection) -> None:
        """A station has come further: tell those who wait for it to see what they did."""
        self.delivery.reached(connection.acts_as, connection.seen, connection.shown)

    def revision(self, team: str) -> int:
        """The revision of what the stations of a team are to know of its seats; 0 for other seats."""
        return self._pens.revision(team)

    def roster(self, team: str) -> messages.TeamRoster | None:
        """What the stations of a team are to know of its seats; None for other seats."""
        return self._pens.roster(team)

    def resend_roster(self, connection: Connection) -> None:
        """A station missed something: tell it of its team's seats again."""
        roster = self._pens.roster_for(connection.acts_as, connection.understands)
        if roster is not None:
            connection.send(roster)

    # What everyone is told ----------------------------------------------------------------------

    def tick(self) -> None:
        """Let time pass: find the silent, tell everyone what is new to them. Call it a few times a second."""
        now = self._time.monotonic()
        stalled, self._ticked = now - self._ticked, now
        for connection in tuple(self.connections):
            if stalled >= LOOP_STALLED:
                connection.extend_deadlines(stalled)
            connection.tick(now)
        self._clock.poll()
        seated = self._connections.seated()
        self._pens.broadcast(seated)
        warnings = (*self._session.warnings, *self.presence.warnings(now, self._pens.offers()))
        changed = self._notices.broadcast(self._session.trouble, warnings, seated)
        if changed and self.on_notice is not None:
            self.on_notice(self._notices.current)
        self.consoles.send_enrolment()
        self.delivery.broadcast_reach()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What exercise control is told of stations that are missing, and of alarms."""
        return self._notices.warnings

    def alarm(self, sentence: str) -> None:
        """Tell exercise control of something that only an attack or a fault can explain."""
        self._notices.alarm(sentence)

    def _recorded(self, record: Record) -> None:
        self._clock.recorded(record)
        stations = self._connections.stations
        audience = {connection.acts_as for connection in stations}
        sees = {acts_as: self.projection.sees(acts_as, record.event) for acts_as in audience}
        for connection in stations:
            if sees[connection.acts_as]:
                connection.wake()


def _briefing(state: Exercise) -> messages.Briefing:
    scenario = state.script.scenario
    return messages.Briefing(
        name=state.name,
        title=scenario.title,
        situation=scenario.situation or "",
        ground_rules=scenario.ground_rules,
        teams=scenario.teams,
        labels=scenario.labels,
        clock=scenario.clock,
    )
