"""The boundary between network and session, in one thread: what a line does, and what comes of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from tabletop.exercise import commands as c
from tabletop.host.line import Arrived, FromNetwork, Incoming, Left, Ready
from tabletop.host.loop_bridge import BoundedCrossing
from tabletop.host.station_endpoint import ON_THE_WAY, Outward, SocketLine
from tabletop.host.stations import Stations
from tabletop.host.uvicorn_protocols import SocketProtocol
from tabletop.protocol import messages
from tabletop.protocol.framing import encode, from_host
from tests.host.hosted import House


class InThread:
    """A line without a network: keeps what is written, and takes more as long as the test says so."""

    def __init__(self) -> None:
        self.takes_more = True
        self.told: list[messages.FromHost] = []
        self.closed = False

    def write(self, texts: list[str]) -> None:
        self.told += [from_host(text) for text in texts]

    def close(self) -> None:
        self.closed = True


class Desk(House):
    """A host whose stations come by lines."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._soon: list[Callable[[], None]] = []
        self.stations = Stations(self.hosting.hub, self.time.source(), self.faults.append, self._soon.append)

    def happen(self, *events: FromNetwork) -> None:
        """Take these in, and whatever is to be done soon after."""
        for event in events:
            self.stations.take(event)
        while self._soon:
            self._soon.pop(0)()

    def arrive(self, kind: str) -> InThread:
        line = InThread()
        hello = encode(messages.Hello(version=messages.VERSION, code=self.code(kind), name="Name"))
        self.happen(Arrived(line, "10.0.0.9", hello))
        return line


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def kinds(line: InThread) -> list[str]:
    return [type(frame).__name__ for frame in line.told]


def test_a_line_is_opened_served_and_forgotten(desk: Desk) -> None:
    line = desk.arrive("tokyo")
    assert kinds(line)[0] == "Welcome"
    desk.happen(Incoming(line, encode(messages.Ping(seen=0))))
    assert kinds(line)[-1] == "Pong"
    assert len(desk.hosting.hub.connections) == 1
    desk.happen(Left(line), Incoming(line, encode(messages.Ping(seen=0))), Ready(line), Left(line))
    assert not desk.hosting.hub.connections
    assert desk.faults == []


def test_what_is_not_text_ends_one_line(desk: Desk) -> None:
    line, other = desk.arrive("tokyo"), desk.arrive("seoul")
    desk.happen(Incoming(line, None))
    assert kinds(line)[-1] == "Goodbye"
    assert line.closed
    assert not other.closed


def test_a_line_that_takes_no_more_is_told_the_rest_once_it_is_ready(desk: Desk) -> None:
    line = desk.arrive("tokyo")
    line.takes_more, before = False, len(line.told)
    desk.do(c.Startex())
    desk.happen()
    assert len(line.told) == before
    line.takes_more = True
    desk.happen(Ready(line))
    assert "Sights" in kinds(line)


# The other end, which the network's thread has --------------------------------------------------------


class Socket:
    """Stands in for a `SocketProtocol`."""

    def __init__(self) -> None:
        self.reads = True
        self.held_up = self.gone = False
        self.greeted = 0
        self.written: list[str] = []

    def write(self, texts: list[str]) -> None:
        self.written += texts

    def let_go(self) -> None:
        self.gone = True

    def hello_said(self) -> None:
        self.greeted += 1

    def hold_up(self) -> None:
        self.held_up = True

    def read_on(self) -> None:
        self.held_up = False


class Both:
    """A `SocketLine` between a socket and a session that keeps what it is given."""

    def __init__(self, most: int = 100) -> None:
        self.socket = Socket()
        self.given: list[FromNetwork] = []
        self.waiting: list[SocketLine] = []
        self.out: list[Outward] = []
        self.inward: BoundedCrossing[FromNetwork] = BoundedCrossing(
            asyncio.get_running_loop(), self.given.append, most=most, room=self.room
        )
        socket = cast("SocketProtocol", self.socket)
        self.line = SocketLine(socket, "10.0.0.9", self.inward, self.out.append, self.waiting.append)

    def room(self) -> None:
        waiting, self.waiting[:] = self.waiting[:], []
        for line in waiting:
            line.flush()

    def deliver(self) -> None:
        """Do in the network's thread what the session asked for."""
        out, self.out[:] = self.out[:], []
        for line, texts in out:
            line.deliver(texts)


HELLO = encode(messages.Hello(version=messages.VERSION, token="t" * 64))


async def test_n2_the_session_hears_of_nobody_before_a_hello() -> None:
    for said in ("nonsense", None, encode(messages.Ping(seen=0))):
        both = Both()
        both.line.heard(said)
        both.line.heard(HELLO)
        both.line.over()
        await asyncio.sleep(0)
        assert both.given == []
        assert both.socket.gone
        assert '"goodbye"' in both.socket.written[0]
    silent = Both()
    silent.line.too_late()
    assert "no hello was received" in silent.socket.written[0]


async def test_n2_nothing_more_is_read_while_the_session_has_no_room_and_nothing_is_lost() -> None:
    both = Both(most=4)
    both.line.heard(HELLO)
    both.line.too_late()  # it was in time
    for number in range(10):
        both.line.heard(f"{number}")
    assert both.socket.held_up
    async with asyncio.timeout(5):
        while len(both.given) < 11:
            await asyncio.sleep(0)
    assert not both.socket.held_up
    texts = [event.text for event in both.given if isinstance(event, Incoming)]
    assert texts == [str(number) for number in range(10)]
    both.line.over()
    await asyncio.sleep(0)
    assert both.given[-1] == Left(both.line)


async def test_a_station_that_does_not_keep_up_gets_no_more_until_it_does() -> None:
    both = Both()
    both.line.heard(HELLO)
    assert both.line.takes_more
    both.line.write(["x" * ON_THE_WAY])
    assert not both.line.takes_more, "the network has not written it yet"
    both.deliver()
    assert both.line.takes_more
    both.socket.reads = False
    both.line.flow_changed()
    assert not both.line.takes_more
    both.socket.reads = True
    both.line.flow_changed()
    await asyncio.sleep(0)
    assert [type(event) for event in both.given] == [Arrived, Ready, Ready]
