"""The hub of a session: admits stations, serves their requests and broadcasts events and state."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final

from tabletop.exercise.commands import FACILITATOR
from tabletop.exercise.events import Record
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
from tabletop.protocol.link import Briefing
from tabletop.protocol.roster import SeatInfo
from tabletop.system.clock import TimeSource
from tabletop.system.disk_queue import Rank

MAX_AWAITING_ADMISSION: Final = 2_048
"""Stations that may await admission while the disk is busy: more than any exercise has.

Without a limit, clients that only pretend to be stations could fill the memory by reconnecting.
"""

LOOP_STALLED: Final = 1.0
"""Seconds between two ticks from which the host itself received nothing."""


class Hub:
    """The host's side of every connection. Calls come from the session's thread.

    Owns the parts: `Handshake` decides who is admitted, `Requests` who may request what, and each of the
    others broadcasts one kind of state.
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
        scenario = session.state.script.scenario
        teams = {team: known.name for team, known in scenario.teams.items()}
        self.projection = projection = Projection(session.records)
        self.presence = Presence(teams, rejoin)
        self._connections = connections = Connections()
        self._awaiting_admission = 0
        self._closing: str | None = None
        """Why the host is being closed, once it is; stations that connect then are refused."""
        self._notices = notices = Notices(time)
        self._clock = SharedClock(session, connections)
        self._pens = Pens(teams, admission, self.presence, time)
        self.consoles = Consoles(lease, connections, notices)
        self.delivery = DeliveryReports(teams, admission, projection, connections, self.consoles)
        self._handshake = Handshake(
            session.records[0], scenario.title, admission, projection, connections, notices
        )
        self.beat = AnswerBeat(time)
        self.older_copy = OlderCopy(
            session.disk_queue,
            notices,
            projection,
            lambda seat: self.presence.terminal_name(seat.acts_as, seat.name),
        )
        self._requests = Requests(
            session, projection, connections, self.consoles, self._pens, self.delivery, notices, self.beat
        )
        self.addresses: tuple[str, ...] = ()
        """Other addresses of this host, for stations that lose it at the current one."""
        self.on_notice: Callable[[tuple[str, ...]], None] | None = None
        """Called with what exercise control is told, when it changes."""
        self._stop = session.subscribe(self._recorded)

    # Connections --------------------------------------------------------------------------------

    @property
    def connections(self) -> Collection[Connection]:
        """All connections, in order of arrival."""
        return self._connections.all

    def open(self, address: str) -> Connection:
        """Register a new connection, which has not sent a hello yet."""
        connection = Connection(self, address, self._time.monotonic())
        self._connections.add(connection)
        return connection

    def closed(self, connection: Connection) -> None:
        """Handle the end of a connection."""
        self.older_copy.discard(connection)
        seat, ended = self._connections.remove(connection), connection.ended
        if seat is not None and (ended is None or ended.code not in ("revoked", "replaced")):
            silent = ended is not None and ended.code in ("silent", "slow")
            self.presence.mark_disconnected(seat, self._time.wall(), silent=silent)

    def revoked(self, seat_id: str) -> None:
        """End the station of a seat that the facilitator revoked."""
        connection = self._connections.of_seat(seat_id)
        if connection is not None:
            connection.end("revoked", "the facilitator has revoked this seat; ask for a new code")
        self.presence.forget(seat_id)

    def shut(self, reason: str) -> None:
        """Send everyone a goodbye, and refuse whoever still connects."""
        self._closing = reason
        self._stop()
        for connection in tuple(self.connections):
            connection.end("closing", reason)

    # Called by connections ----------------------------------------------------------------------

    def accept(self, connection: Connection, hello: messages.Hello) -> None:
        """Admit a station or refuse it, ahead of queued commands, so that connecting need not wait."""
        if self._awaiting_admission >= MAX_AWAITING_ADMISSION:
            connection.end("busy", "too many stations are connecting; reconnecting")
            return
        self._awaiting_admission += 1
        self._session.disk_queue.put(
            self._handshake_task(connection, hello), failed=connection.fail, rank=Rank.COMES_IN
        )

    async def _handshake_task(self, connection: Connection, hello: messages.Hello) -> None:
        self._awaiting_admission -= 1
        if not self._connections.is_open(connection):
            return  # disconnected while waiting
        if self._closing is not None:
            connection.end("closing", self._closing)
            return
        accepted = await self._handshake.receive(connection, hello)
        if isinstance(accepted, messages.Goodbye):
            connection.end(accepted.code, accepted.reason)
            return
        if isinstance(accepted, Ahead):
            self.older_copy.request_view(connection, accepted)
            return
        if accepted.seat.acts_as == FACILITATOR:
            await self.consoles.claim(accepted.seat.id)
        if self._connections.is_open(connection):  # the lease was saved meanwhile
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
            seat=seat,
            exercise=self._handshake.exercise,
            briefing=Briefing.of(self._session.state, seat.acts_as),
            clock=self._clock.frame(),
            head=self.projection.head(seat.acts_as),
            chair=self.consoles.chair_frame(seat.id) if seat.acts_as == FACILITATOR else None,
            team=self._pens.roster_for(seat.acts_as, understands),
            token=token,
            addresses=self.addresses if "addresses" in understands else (),
            probes_left=self._session.probes_left if "probes-left" in understands else None,
        )

    def serve(self, connection: Connection, frame: messages.Request) -> None:
        """Queue a request of a seat."""
        self._requests.serve(connection, frame)

    def receive_view(self, connection: Connection, frame: messages.View) -> None:
        """Save the events that a station has and the log lacks."""
        self.older_copy.receive(connection, frame)

    def acknowledged(self, connection: Connection) -> None:
        """Report a station's progress to the seats that wait for it."""
        self.delivery.reached(connection.acts_as, connection.seen, connection.shown)

    def revision(self, team: str) -> int:
        """Return the revision of a team's roster; 0 for other seats."""
        return self._pens.revision(team)

    def roster(self, team: str) -> messages.TeamRoster | None:
        """Return a team's roster; None for other seats."""
        return self._pens.roster(team)

    def resend_roster(self, connection: Connection) -> None:
        """Send the team's roster again to a station that missed frames."""
        roster = self._pens.roster_for(connection.acts_as, connection.understands)
        if roster is not None:
            connection.send(roster)

    # Broadcasts ---------------------------------------------------------------------------------

    def tick(self) -> None:
        """Detect silent stations and broadcast changed state. Call it a few times a second."""
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
        """Missing stations and alarms, as told to exercise control."""
        return self._notices.warnings

    def alarm(self, sentence: str) -> None:
        """Alert exercise control to something that only an attack or a fault explains."""
        self._notices.alarm(sentence)

    def _recorded(self, record: Record) -> None:
        self._clock.recorded(record)
        stations = self._connections.stations
        audience = {connection.acts_as for connection in stations}
        sees = {acts_as: self.projection.sees(acts_as, record.event) for acts_as in audience}
        for connection in stations:
            if sees[connection.acts_as]:
                connection.wake()
