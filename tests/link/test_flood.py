"""Floods and silent connections at a real host: N2, N4 and N5 of the network's attacks, by a raw client."""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest

from tabletop.exercise import commands as c
from tabletop.host.access import Access
from tabletop.host.frame_meter import HELLO_BYTES, HELLO_FRAMES
from tabletop.host.server import WAITING
from tabletop.link.network import NetworkLink
from tabletop.protocol import messages
from tabletop.protocol.framing import MAX_FRAME, encode
from tabletop.protocol.submission import Receipt
from tabletop.system.certificate import host_certificate
from tabletop.system.clock import SYSTEM_TIME
from tests.link.rawsocket import CONT, PING, TEXT, Heard, close, converse, frame, request
from tests.link.served import Room

HELLO = frame(TEXT, encode(messages.Hello(version=messages.VERSION, token="tokyo")).encode())
ELSEWHERE = "127.0.0.66"
"""Another address of this computer, which attackers have in these tests."""

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has 127.0.0.2 and on without setup")


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    room = Room()
    await room.start()
    yield room
    await room.stop()


class Attacker:
    """A connection that shakes hands and then sends whatever it is given, until it is cut off."""

    def __init__(self, port: int, address: str = ELSEWHERE) -> None:
        self._port, self._address = port, address
        self.cut_after = 0
        """Bytes that it got rid of."""

    async def flood(self, unit: bytes, *, first: bytes = b"", most: int = 64 * 2**20) -> None:
        """Send that again and again; returns once the host has cut the connection."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port, local_addr=(self._address, 0))
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            writer.write(request(self._port))
            await reader.readuntil(b"\r\n\r\n")
            writer.write(first)
            while self.cut_after < most and not reader.at_eof():
                writer.write(unit)
                await writer.drain()
                self.cut_after += len(unit)
                await asyncio.sleep(0)
        writer.transport.abort()


FLOODS = {
    "pings": frame(PING) * 2_000,
    "empty fragments": frame(TEXT, fin=False) + frame(CONT, fin=False) * 2_000,
    "pongs": frame(10, b"x") * 2_000,
    "one endless text": frame(TEXT, b"", width=8, length=60_000) + b"x" * 60_000,
}


@on_linux
@pytest.mark.parametrize("kind", FLOODS)
async def test_n2_a_flood_before_the_hello_is_cut_off_at_once_and_named(room: Room, kind: str) -> None:
    console = await room.link("facilitator-1")
    attacker = Attacker(room.port)
    await asyncio.wait_for(attacker.flood(FLOODS[kind]), 10)
    assert attacker.cut_after < 8 * 2**20, "no more than what the system had taken already"
    await room.until(lambda: any(f"{ELSEWHERE} floods this host" in line for line in console.warnings))
    assert len(room.hub.connections) == 1, "the session never heard of it"


@on_linux
@pytest.mark.parametrize("kind", ["pings", "empty fragments"])
async def test_n2_a_seated_station_that_floods_is_cut_off_too(room: Room, kind: str) -> None:
    attacker = Attacker(room.port)
    await asyncio.wait_for(attacker.flood(FLOODS[kind], first=HELLO), 10)
    await room.until(lambda: not room.hub.connections)
    await room.until(lambda: bool(room.floods.listed()))
    again = await room.link("tokyo")
    assert again.live


async def test_n2_ten_frames_and_eight_kilobytes_are_heard_before_a_hello(room: Room) -> None:
    heard = await converse(room.port, frame(PING) * (HELLO_FRAMES - 1), HELLO, close())
    assert heard.close_code == 1000
    heard = await converse(room.port, frame(PING) * (HELLO_FRAMES + 1), HELLO)
    assert heard.frames == []
    heard = await converse(room.port, frame(TEXT, b"x" * (HELLO_BYTES - 8)))
    assert told(heard) == ["goodbye"]
    heard = await converse(room.port, frame(TEXT, b"x" * HELLO_BYTES))
    assert heard.frames == []


async def test_n2_who_was_let_in_may_send_the_longest_frame_and_none_that_is_longer(room: Room) -> None:
    assert b'"goodbye"' in await let_in_then(room.port, frame(TEXT, b"x" * MAX_FRAME))
    too_big = await let_in_then(room.port, frame(TEXT, b"x" * (MAX_FRAME + 1)))
    assert (1009).to_bytes(2, "big") in too_big
    assert b'"goodbye"' not in too_big


async def let_in_then(port: int, sent: bytes) -> bytes:
    """Return what the host says to that, from a station that it has let in."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request(port))
    await reader.readuntil(b"\r\n\r\n")
    writer.write(HELLO)
    await reader.readuntil(b'"welcome"')
    writer.write(sent)
    heard = b""
    async with asyncio.timeout(5):
        with suppress(ConnectionError):
            while more := await reader.read(65_536):
                heard += more
    writer.close()
    return heard


def told(heard: Heard) -> list[str]:
    return [json.loads(text)["type"] for text in heard.of(TEXT)]


@on_linux
async def test_n2_other_stations_notice_nothing_of_a_flood(room: Room) -> None:
    console, tokyo = await room.link("facilitator-1"), await room.link("tokyo")
    assert isinstance(await console.submit(c.Startex()), Receipt)
    done = asyncio.Event()

    async def again(unit: bytes) -> None:
        while not done.is_set():
            with suppress(ConnectionError):
                await Attacker(room.port).flood(unit)

    attackers = [asyncio.create_task(again(unit)) for unit in (*FLOODS.values(), *FLOODS.values())]
    for number in range(30):
        assert isinstance(await tokyo.submit(c.Message(to=("control",), text=f"{number}")), Receipt)
        assert tokyo.live
        assert console.live
    done.set()
    await asyncio.gather(*attackers)


@on_linux
async def test_n2_a_blocked_address_is_refused_at_accept_and_can_be_unblocked(room: Room) -> None:
    room.floods.block(ELSEWHERE)
    with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
        await ask(room.port, ELSEWHERE)
    assert b"200" in await ask(room.port, "127.0.0.1")
    room.floods.unblock(ELSEWHERE)
    assert b"200" in await ask(room.port, ELSEWHERE)


async def ask(port: int, address: str) -> bytes:
    """Return the first line of the answer to a stranger from that address."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(address, 0))
    try:
        writer.write(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        return await reader.readuntil(b"\r\n")
    finally:
        writer.close()


async def test_n2_messages_wait_while_the_session_is_busy_and_none_is_lost(room: Room) -> None:
    """A session that stands still makes the network stop reading, and go on where it was."""
    links = [await room.newcomer(f"tokyo-{number}") for number in range(2, 10)]
    console = await room.link("facilitator-1")
    assert isinstance(await console.submit(c.Startex()), Receipt)
    sent = [
        asyncio.create_task(link.submit(c.Message(to=("control",), text=f"{number}-{turn}")))
        for number, link in enumerate(links)
        for turn in range(12)
    ]
    await asyncio.sleep(0)
    busy = SYSTEM_TIME.monotonic()
    while SYSTEM_TIME.monotonic() - busy < 0.5:
        pass  # as a session that computes
    answers = await asyncio.wait_for(asyncio.gather(*sent), 30)
    assert all(isinstance(answer, Receipt) for answer in answers)
    assert len(sent) <= WAITING


# Silent and endless connections ---------------------------------------------------------------------


@pytest.mark.slow
async def test_n4_a_tls_handshake_has_to_end_within_five_seconds(room: Room, tmp_path: Path) -> None:
    await room.server.stop()
    await room.start(host_certificate(tmp_path, [], SYSTEM_TIME))
    began = SYSTEM_TIME.monotonic()
    reader, writer = await asyncio.open_connection("127.0.0.1", room.port)
    async with asyncio.timeout(9):
        with suppress(ConnectionError):
            assert await reader.read() == b""
    assert 4 <= SYSTEM_TIME.monotonic() - began < 8
    writer.close()


async def test_n4_an_address_has_at_most_64_connections(room: Room) -> None:
    silent = [await asyncio.open_connection("127.0.0.1", room.port) for _ in range(64)]
    reader, writer = await asyncio.open_connection("127.0.0.1", room.port)
    async with asyncio.timeout(5):
        with suppress(ConnectionError):
            assert await reader.read() == b""
    writer.close()
    silent[0][1].transport.abort()
    await room.until(lambda: bool(room.floods.listed()))
    assert room.floods.listed()[0].address == "127.0.0.1"
    tokyo = await room.link("tokyo")
    assert tokyo.live
    for _, one in silent:
        one.transport.abort()


async def test_n4_the_host_may_be_told_to_let_more_in(room: Room) -> None:
    await room.server.stop()
    await room.start(access=Access(connections=200))
    many = [await asyncio.open_connection("127.0.0.1", room.port) for _ in range(150)]
    tokyo = await room.link("tokyo")
    assert tokyo.live
    for _, one in many:
        one.transport.abort()


@pytest.mark.parametrize(
    "asked",
    [
        "GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n",
        "GET /nothing HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: keep-alive\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 100\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: elsewhere\r\n\r\n",
        "GET /station HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n",
        "no HTTP at all\r\n\r\n",
    ],
)
async def test_n5_every_answer_that_is_no_upgrade_ends_the_connection(room: Room, asked: str) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", room.port)
    writer.write(asked.format(port=room.port).encode())
    async with asyncio.timeout(3):
        answer = await reader.read()
    assert answer.startswith(b"HTTP/1.1 ")
    assert b"connection: close\r\n" in answer.lower()
    writer.close()


@pytest.mark.slow
async def test_n5_a_request_that_never_ends_is_cut_off_after_five_seconds(room: Room) -> None:
    began = SYSTEM_TIME.monotonic()
    reader, writer = await asyncio.open_connection("127.0.0.1", room.port)
    async with asyncio.timeout(9):
        with suppress(ConnectionError):
            for _ in range(40):
                writer.write(b"GET / HTTP/1.1\r\n" if _ == 0 else b"X: y\r\n")
                await writer.drain()
                await asyncio.wait({asyncio.create_task(reader.read(1))}, timeout=0.2)
                if reader.at_eof():
                    break
    assert SYSTEM_TIME.monotonic() - began < 8
    writer.close()


async def test_a_stopped_station_is_told_the_rest_once_it_reads_again(room: Room) -> None:
    """More than a socket holds waits for it, and it is told when there is room, across both threads."""
    console = await room.link("facilitator-1")
    assert isinstance(await console.submit(c.Startex()), Receipt)
    seoul: NetworkLink = await room.link("seoul")
    seen: list[int] = []
    raw = socket.create_connection(("127.0.0.1", room.port))
    raw.sendall(request(room.port))
    await asyncio.to_thread(raw.recv, 4_096)
    raw.sendall(HELLO)
    await room.until(lambda: len(room.hub.connections) == 3)
    for number in range(60):
        text = f"{number:03}" + "x" * 9_000
        command = c.AdHoc.model_validate({"title": "t", "from": "f", "to": ["tokyo", "seoul"], "text": text})
        assert isinstance(await console.submit(command), Receipt)
    heard = b""
    raw.setblocking(False)
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(10):
        while b"059xxx" not in heard:
            heard += await loop.sock_recv(raw, 65_536)
    raw.close()
    assert all(f"{number:03}xxx".encode() in heard for number in range(60))
    seoul.watch(lambda sight: seen.append(sight.number))
    await room.until(lambda: len(seen) == 61)


async def test_n2_a_plain_client_at_a_host_with_tls_is_no_fault(room: Room, tmp_path: Path) -> None:
    await room.server.stop()
    await room.start(host_certificate(tmp_path, [], SYSTEM_TIME))
    with suppress(ConnectionError, asyncio.IncompleteReadError):
        await ask(room.port, "127.0.0.1")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    with pytest.raises(ssl.SSLError):
        await asyncio.open_connection("127.0.0.1", room.port, ssl=context, server_hostname="x")
    assert room.faults == []
