"""Four connections flood a host that runs in one program with its console: what others notice of it.

    python benchmarks/flood.py [SECONDS]

`tabletop run` in a pseudo-terminal of 120 x 40. Two attackers send WebSocket pings, two empty continuation
fragments, never a hello, each from an address of its own (127.0.0.11 to 14) and as fast as they are taken;
who is cut off connects again after 5 ms. Meanwhile a stranger asks for `/`, a seated station pings, and
somebody opens and closes the seats window. The floor is the same without attackers, in the same run.
Milliseconds.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the terminals are those of the tests

from tests.link.rawsocket import CONT, PING, TEXT, frame, request
from tests.link.terminals import Terminal

SECONDS = 15
AGAIN = 0.005
"""Seconds until an attacker that was cut off comes again."""

ESCAPE = "\x1b"
FLOODS = (frame(PING) * 2_000, frame(TEXT, fin=False) + frame(CONT, fin=False) * 2_000)
Times = list[float]


# The attackers --------------------------------------------------------------------------------------


def attack(port: int, number: int) -> None:
    """Flood until told to stop, then report connections and bytes; runs in its own process."""
    if (
        sys.platform == "linux"
    ):  # it has a machine of its own, and none of the priority of this one's programs
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
    unit, connections, sent = FLOODS[number % len(FLOODS)], 0, 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(f"{connections} {sent}"))
    while True:
        with suppress(OSError), socket.socket() as channel:
            channel.bind((f"127.0.0.{11 + number}", 0))
            channel.settimeout(10)
            channel.connect(("127.0.0.1", port))
            connections += 1
            channel.sendall(request(port))
            channel.recv(4_096)
            while True:
                channel.sendall(unit)
                sent += len(unit)
        time.sleep(AGAIN)


# The others -----------------------------------------------------------------------------------------


async def ask(port: int) -> None:
    """Time an HTTP request from an unknown client."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
    answer = await reader.read()
    assert b" 200 " in answer.partition(b"\r\n")[0], answer
    writer.close()


class Station:
    """A minimal station with a seat."""

    async def sit_down(self, port: int, code: str) -> None:
        """Connect and join."""
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", port)
        self._writer.write(request(port))
        await self._reader.readuntil(b"\r\n\r\n")
        hello = {"type": "hello", "version": 1, "code": code, "name": "x", "token": "ab" * 32}
        self._writer.write(frame(TEXT, json.dumps(hello).encode()))
        await self._until(b'"welcome"')

    async def ping(self) -> None:
        """Time a ping."""
        self._writer.write(frame(TEXT, b'{"type":"ping","seen":0,"shown":0}'))
        await self._until(b'"pong"')

    async def _until(self, wanted: bytes) -> None:
        heard = b""
        while wanted not in heard:
            more = await self._reader.read(65_536)
            assert more, "the host has ended the connection"
            heard = heard[-100:] + more


async def press(console: Terminal) -> float:
    """Open and close the seats window; return the milliseconds from the key to the text."""
    mark, began = console.mark, time.perf_counter()
    console.type("b")
    drawn = await console.until("Read out", since=mark)
    console.type(ESCAPE)
    await asyncio.sleep(0.4)
    return (drawn - began) * 1000


async def timed(once: Callable[[], Coroutine[object, object, None]], until: float) -> Times:
    """Repeat a measurement."""
    times = []
    while time.perf_counter() < until:
        began = time.perf_counter()
        await once()
        times.append((time.perf_counter() - began) * 1000)
        await asyncio.sleep(0.05)
    return times


async def measure(port: int, station: Station, console: Terminal, seconds: float) -> dict[str, Times]:
    """Run all three measurements at the same time."""
    until = time.perf_counter() + seconds

    async def keys() -> Times:
        times = []
        while time.perf_counter() < until:
            times.append(await press(console))
        return times

    found = await asyncio.gather(timed(lambda: ask(port), until), timed(station.ping, until), keys())
    return dict(
        zip(("a stranger's HTTP request", "a seated station's ping", "the console's key"), found, strict=True)
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def with_and_without(home: Path, seconds: float) -> dict[str, tuple[Times, Times]]:
    """Measure without and then with the attack."""
    port = free_port()
    console = Terminal(["run", "sakishima-dawn", "--new", "--port", str(port)], home, (120, 40))
    attackers: list[subprocess.Popen[bytes]] = []
    try:
        await console.until("All is ready")
        console.type("b")
        await console.until("Tokyo +code", "Read out")
        code = re.search(r"Tokyo +code +([a-z-]+)", console.text())
        assert code is not None
        console.type(ESCAPE)
        station = Station()
        await station.sit_down(port, code[1])
        await asyncio.sleep(1)
        peace = await measure(port, station, console, seconds)
        for number in range(4):
            words = [sys.executable, __file__, "attack", str(port), str(number)]
            attackers.append(subprocess.Popen(words, stderr=subprocess.PIPE))
        await asyncio.sleep(1)
        war = await measure(port, station, console, seconds)
    finally:
        for attacker in attackers:
            attacker.terminate()
        floods = [attacker.communicate()[1].split() for attacker in attackers]
        console.close()
    for connections, sent in floods:
        print(f"an attacker: {int(connections)} connections, {int(sent) / 2**20:.0f} MB", file=sys.stderr)
    return {name: (peace[name], war[name]) for name in peace}


def main() -> None:
    if sys.argv[1:2] == ["attack"]:
        attack(int(sys.argv[2]), int(sys.argv[3]))
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    with tempfile.TemporaryDirectory() as home:
        found = asyncio.run(with_and_without(Path(home), seconds))
    print("| measure | floor p50 | floor p99 | p50 | p99 | worst | goal |")
    print("|---|---|---|---|---|---|---|")
    for name, (peace, war) in found.items():
        figures = [at(peace, 0.5), at(peace, 0.99), at(war, 0.5), at(war, 0.99), max(war)]
        print(f"| {name} | {' | '.join(f'{one:.1f}' for one in figures)} | p99 ≤ 250 ms |")


def at(times: Times, share: float) -> float:
    """Return a quantile."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


if __name__ == "__main__":
    main()
