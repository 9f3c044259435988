"""Stations, a lossy network and a host, in one thread and virtual time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from tabletop.exercise.commands import Command
from tabletop.exercise.events import Event
from tabletop.exercise.refusal import Refusal
from tabletop.exercise.view import view
from tabletop.host.admission import Admitted
from tabletop.host.connection import Connection
from tabletop.host.consoles import ControlLease
from tabletop.host.hub import Hub
from tabletop.host.session import Session
from tabletop.link.client import Client
from tabletop.link.credentials import Credentials
from tabletop.link.outbox import Outbox, OutboxEntry
from tabletop.protocol import messages
from tabletop.protocol.link import Sight
from tabletop.protocol.roster import SeatInfo
from tabletop.protocol.submission import Submission
from tabletop.store.memory import MemoryLog
from tabletop.system.clock import VirtualTime
from tests.builders import tiny_scenario
from tests.system.waiting import now

TICK = 0.25
LATENCY = 0.01


class FakeAdmission:
    """Seat ids as tokens, and one-time codes `code-` with a seat id."""

    def __init__(self, *seats: str) -> None:
        self.known = {seat: SeatInfo(seat, seat.partition("-")[0], "", "") for seat in seats}
        self.codes = {f"code-{seat}": seat for seat in seats}
        self.chosen: dict[str, str] = {}
        """Seats by the token that their station chose."""
        self.pens: dict[str, str | None] = {}
        """Where the pen was put by hand; else the first seat of a team has it."""

    async def admit(
        self, code: str, address: str, name: str, role: str, token: str | None = None
    ) -> Admitted | Refusal:
        seat = self.codes.pop(code, None)
        if seat is None:
            return Refusal(f"that code does not work (from {address})", "code")
        self.known[seat] = SeatInfo(seat, seat.partition("-")[0], name, role)
        if token is not None:
            self.chosen[token] = seat
        return Admitted(self.known[seat], token or seat)

    def namesake(self, code: str, address: str, name: str, is_away: Callable[[str], bool]) -> SeatInfo | None:
        return None  # names are not told apart here

    async def give_back(self, code: str, seat_id: str, token: str | None) -> Admitted | Refusal:
        raise NotImplementedError

    def authenticate(self, token: str) -> SeatInfo | None:
        return self.known.get(self.chosen.get(token, token))

    def seats(self) -> tuple[SeatInfo, ...]:
        return tuple(self.known.values())

    def pen(self, team: str) -> str | None:
        first = next((seat.id for seat in self.seats() if seat.acts_as == team), None)
        return self.pens.get(team, first)

    async def hand_pen(self, team: str, to_seat: str, *, by: str) -> Refusal | None:
        if self.pen(team) != by:
            return Refusal("only who holds the pen can hand it over", "pen")
        return await self.take_pen(team, to_seat)

    async def take_pen(self, team: str, to_seat: str | None = None) -> Refusal | None:
        if to_seat is not None and (to_seat not in self.known or self.known[to_seat].acts_as != team):
            return Refusal("the pen can only go to a seat of the same team", "pen")
        self.pens[team] = to_seat
        return None


@dataclass
class Faults:
    """Percentages of frames that are lost, duplicated or delayed, and the delay."""

    drop: int = 0
    double: int = 0
    delay: int = 0
    longest: float = 1.0


@dataclass
class Station:
    """A client, its connection, what is in flight, and what it was shown."""

    client: Client
    outbox: Outbox
    seat: str
    connection: Connection | None = None
    shown: list[Sight] = field(default_factory=list)
    answers: list[tuple[Submission, messages.Receipt | messages.Refused]] = field(default_factory=list)
    given: dict[str, Command] = field(default_factory=dict)
    to_host: list[tuple[float, str]] = field(default_factory=list)
    to_station: list[tuple[float, str]] = field(default_factory=list)
    received: list[str] = field(default_factory=list)
    retry_at: float = 0.0
    cut: bool = False
    stopped: bool = False


class World:
    """A host with stations. Time passes only in `run`."""

    def __init__(self, *seats: str, seed: int = 0, log: MemoryLog | None = None) -> None:
        self.random = Random(seed)  # noqa: S311 - a simulation, to be replayed from its seed
        self.time = VirtualTime()
        self.log = log or MemoryLog()
        self.admission = FakeAdmission(*seats)
        self.faults = Faults()
        self.judged: set[tuple[str, str]] = set()
        self.late = 0
        """How many submits arrived although they had arrived before: what the host may not judge anew."""
        self.chair = ControlLease()
        self.session = Session.begin(
            self.log, tiny_scenario(), name="Spring", seed=3, time=self.time.source(), mark_every=None
        )
        self.hub = self._hub()
        self.stations = {seat: self.station(seat) for seat in seats}

    def _hub(self) -> Hub:
        return Hub(
            self.session,
            self.admission,
            self.time.source(),
            rejoin="tabletop join 10.0.0.1",
            lease=self.chair,
        )

    @property
    def now(self) -> float:
        return self.time.seconds

    def station(
        self, seat: str, *, entries: tuple[OutboxEntry, ...] = (), credentials: Credentials | None = None
    ) -> Station:
        """Start a station without any state."""
        outbox = Outbox(entries)
        client = Client(
            credentials or Credentials(token=seat), outbox, jitter=self.random.random, now=self.now
        )
        station = Station(client, outbox, seat)

        def see(sight: Sight) -> None:
            station.shown.append(sight)
            client.mark_shown(sight.number)

        client.on_sight = see
        client.on_answer = lambda submission, answer: station.answers.append((submission, answer))
        return station

    def give(self, seat: str, command: Command, key: str) -> None:
        """Give a command at a station."""
        station = self.stations[seat]
        submitted = now(station.client.submit(command, key, self.now))
        if isinstance(submitted, Submission):
            station.given[key] = command

    def kill_host(self) -> None:
        """Kill the host and restart it: only log, seats and control lease are left."""
        for station in self.stations.values():
            self._break(station)
        self.session = Session.resume(self.log, self.time.source())
        self.hub = self._hub()

    def restart_station(self, seat: str) -> None:
        """Restart a station: only its token and its outbox are left."""
        old = self.stations[seat]
        self._break(old)
        self.stations[seat] = fresh = self.station(seat, entries=old.outbox.entries)
        fresh.given, fresh.received = old.given, old.received

    def run(self, seconds: float) -> None:
        """Advance time."""
        end = self.now + seconds
        step = TICK
        while self.now < end:
            self.time.seconds += step
            self.session.tick()
            self.hub.tick()
            for station in self.stations.values():
                if not station.stopped:
                    self._station(station)
            for _ in range(6):  # frames that answer one another within one step
                self._network()

    def _station(self, station: Station) -> None:
        client = station.client
        if station.connection is None:
            if not client.finished and not station.cut and self.now >= station.retry_at:
                station.connection = self.hub.open("10.0.0.2")
                client.connected(self.now)
            return
        client.tick(self.now)
        if client.disconnect_reason:
            self._break(station)

    def _break(self, station: Station) -> None:
        if station.connection is not None:
            self.hub.closed(station.connection)
        station.connection = None
        station.client.disconnected()
        station.retry_at = self.now + station.client.back_off()
        station.to_host.clear()
        station.to_station.clear()

    def _network(self) -> None:
        for station in self.stations.values():
            connection = station.connection
            if connection is None or station.cut:
                continue
            if not station.stopped:
                while (text := station.client.next_frame()) is not None:
                    self._carry(station.to_host, text)
            for text in self._arrived(station.to_host):
                self._count(station.seat, text)
                connection.receive(text, self.now)
            while (text := connection.next_frame()) is not None:
                self._carry(station.to_station, text)
            if not station.stopped:
                for text in self._arrived(station.to_station):
                    station.received.append(text)
                    station.client.receive(text, self.now)
            if connection.ended is not None and not station.to_station:
                self._break(station)

    def _count(self, seat: str, text: str) -> None:
        if text.startswith('{"type":"submit"'):
            self.late += (seat, text) in self.judged
            self.judged.add((seat, text))

    def _carry(self, way: list[tuple[float, str]], text: str) -> None:
        chance = self.random.random() * 100
        if chance < self.faults.drop:
            return
        copies = 2 if self.random.random() * 100 < self.faults.double else 1
        for _ in range(copies):
            held = self.random.random() * 100 < self.faults.delay
            way.append((self.now + (self.random.random() * self.faults.longest if held else 0.0), text))

    def _arrived(self, way: list[tuple[float, str]]) -> list[str]:
        """Return the frames that are due, in order."""
        due = sorted((item for item in way if item[0] <= self.now), key=lambda item: item[0])
        way[:] = [item for item in way if item[0] > self.now]
        return [text for _, text in due]

    def in_view(self, seat: str) -> list[Event]:
        """Return what a seat may see of the log."""
        viewer = self.admission.known[seat].acts_as
        teams = self.session.state.script.scenario.teams
        seen = (view(record.event, viewer, teams) for record in self.log.read())
        return [event for event in seen if event is not None]
