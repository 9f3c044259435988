"""A host assembled as in production, without sockets, in virtual time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tabletop.exercise import commands as c
from tabletop.host.app import HostApp
from tabletop.host.connection import Connection
from tabletop.host.session import Session
from tabletop.protocol import messages
from tabletop.protocol.framing import encode, from_host
from tabletop.protocol.submission import Receipt
from tabletop.scenario.scenario import Scenario
from tabletop.store.memory import MemoryLog
from tabletop.system.clock import VirtualTime
from tests.builders import tiny_scenario

TICK = 0.25


class House:
    """The host, and stations whose frames are passed by hand."""

    def __init__(
        self, folder: Path, time: VirtualTime | None = None, scenario: Scenario | None = None
    ) -> None:
        self.time = time or VirtualTime("2000-01-01T07:03:00.000Z")
        self.faults: list[Exception] = []
        self.session = Session.begin(
            MemoryLog(),
            scenario or tiny_scenario(),
            name="Spring",
            seed=3,
            time=self.time.source(),
            mark_every=None,
        )
        self.hosting = HostApp(self.session, folder / "game.db", self.time.source(), fault=self.faults.append)
        self.hosting.endpoint = replace(self.hosting.endpoint, host="10.0.0.5")
        self.hosting.hub.presence.rejoin = self.hosting.endpoint.line("{verb}")

    def do(self, command: c.Command, seat: str = c.FACILITATOR) -> None:
        """Give a command that must be recorded."""
        answer = self.session.submit(seat, command)
        assert isinstance(answer, Receipt), answer

    def code(self, kind: str) -> str:
        """Return an unused code."""
        if kind == c.FACILITATOR:
            return self.hosting.enrolment.secret
        return next(code.text for code in self.hosting.enrolment.open_codes() if code.acts_as == kind)

    def join(self, kind: str, name: str = "", role: str = "", understands: tuple[str, ...] = ()) -> Joined:
        """Join with a code."""
        code = self.code(kind)
        hello = messages.Hello(
            version=messages.VERSION, code=code, name=name, role=role, understands=understands
        )
        return Joined(self, hello)

    def pass_time(self, seconds: float, *awake: Joined) -> None:
        """Advance time; only stations that are awake ping."""
        for _ in range(round(seconds / TICK)):
            self.time.seconds += TICK
            for station in awake:
                station.say(messages.Ping(seen=station.seen, shown=station.seen))
            self.hosting.tick()
            for connection in tuple(self.hosting.hub.connections):
                if connection.ended is not None:
                    self.hosting.hub.closed(connection)


class Joined:
    """A station that has joined, and everything it was sent."""

    def __init__(self, house: House, hello: messages.Hello) -> None:
        self.house = house
        self.connection: Connection = house.hosting.hub.open("10.0.0.9")
        self.told: list[messages.FromHost] = []
        self.texts: list[str] = []
        self.seen = 0
        self.say(hello)
        self.welcome = next(frame for frame in self.told if isinstance(frame, messages.Welcome))
        self.id = self.welcome.seat.id

    def say(self, frame: messages.Frame) -> None:
        """Send a frame and receive what is queued."""
        self.connection.receive(encode(frame), self.house.time.seconds)
        self.listen()

    def listen(self) -> None:
        """Receive what is queued."""
        while (text := self.connection.next_frame()) is not None:
            frame = from_host(text)
            self.texts.append(text)
            self.told.append(frame)
            if isinstance(frame, messages.Sights):
                self.seen = frame.sights[-1].number
        if self.connection.ended is not None:
            self.house.hosting.hub.closed(self.connection)

    def show(self) -> None:
        """Acknowledge that everything is shown."""
        self.listen()
        self.say(messages.Ack(seen=self.seen, shown=self.seen))

    def last(self, kind: type[messages.FromHost]) -> messages.FromHost | None:
        """Return the latest frame of that type."""
        self.listen()
        return next((frame for frame in reversed(self.told) if isinstance(frame, kind)), None)
