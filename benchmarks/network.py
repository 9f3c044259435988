"""Release to shown, and submit to recorded, over real sockets: one host process, N stations in another.

    python benchmarks/network.py [STATIONS ...]

Stations are whole `NetworkLink`s, so that their own work is measured too; all of them share one process. The
floor is one fsync and one round trip between two sockets, in the same run. Times are milliseconds, p50 / p99.
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tabletop.cli.loops import run
from tabletop.exercise import commands as c
from tabletop.exercise.refusal import Refusal
from tabletop.host.admission import Admitted
from tabletop.host.chair import Chair
from tabletop.host.clock import SYSTEM_TIME
from tabletop.host.hub import Hub
from tabletop.host.seating import SeatInfo
from tabletop.host.server import HostServer
from tabletop.host.session import Receipt, Session
from tabletop.link.address import Address
from tabletop.link.credentials import Credentials
from tabletop.link.network import NetworkLink
from tabletop.link.outbox import Outbox
from tabletop.link.protocol import Sight
from tabletop.scenario.library import find_scenario
from tabletop.scenario.linking import load_scenario
from tabletop.store.sqlite import SqliteLog

EVENTS = 40
PACE = 0.05
TEAMS = ("washington", "tokyo", "seoul")


class OpenDoor:
    """Lets everybody in as what the token says: `tokyo-17`."""

    def admit(
        self, code: str, address: str, name: str, role: str, token: str | None = None
    ) -> Admitted | Refusal:
        return Refusal("no codes here")

    def authenticate(self, token: str) -> SeatInfo:
        return SeatInfo(token, token.partition("-")[0], token, "")

    def seats(self) -> tuple[SeatInfo, ...]:
        return ()

    def pen(self, team: str) -> str:
        return f"{team}-0"

    def hand_pen(self, team: str, to_seat: str, *, by: str) -> Refusal | None:
        return Refusal("no hand-over here")

    def take_pen(self, team: str, to_seat: str | None = None) -> Refusal | None:
        return Refusal("no hand-over here")


async def host(folder: Path) -> None:
    """The host's process: prints its port, and at the end of its input its memory."""
    scenario = load_scenario(find_scenario("sakishima-dawn")).scenario
    log = SqliteLog.create(folder / "log.db")
    session = Session.begin(log, scenario, name="bench", seed=1, time=SYSTEM_TIME)
    hub = Hub(session, OpenDoor(), SYSTEM_TIME, rejoin="", chair=Chair())

    def tick() -> None:
        session.tick()
        hub.tick()

    def fault(error: Exception) -> None:
        print(error, file=sys.stderr)

    server = HostServer(hub, SYSTEM_TIME, tick=tick, fault=fault)
    print(await server.start("127.0.0.1", 0), flush=True)
    await asyncio.to_thread(sys.stdin.read)
    pages = Path("/proc/self/statm").read_text().split()[1]
    print(int(pages) * os.sysconf("SC_PAGE_SIZE") // 1024, flush=True)
    await server.stop()
    session.close()


async def stations(port: int, count: int) -> dict[str, list[float]]:
    """Open so many stations and measure; times in milliseconds."""
    place = Address("127.0.0.1", port, secure=False)
    released: dict[str, float] = {}
    shown: list[float] = []
    joined: list[float] = []
    links: list[NetworkLink] = []

    def see(sight: Sight) -> None:
        text = getattr(sight.event, "text", "")
        if text in released:
            shown.append((time.perf_counter() - released[text]) * 1000)

    async def join(token: str) -> NetworkLink:
        began = time.perf_counter()
        link = NetworkLink(place, Credentials(token=token), Outbox(), SYSTEM_TIME)
        await link.open()
        joined.append((time.perf_counter() - began) * 1000)
        links.append(link)
        return link

    console = await join("facilitator-0")
    for start in range(0, count, 50):
        batch = [join(f"{TEAMS[n % 3]}-{n}") for n in range(start, min(count, start + 50))]
        for link in await asyncio.gather(*batch):
            link.watch(see)
    await console.submit(c.Startex())
    recorded: list[float] = []
    for number in range(EVENTS):
        text = f"{number} " + "x" * 250
        command = c.AdHoc.model_validate({"title": "t", "from": "f", "to": list(TEAMS), "text": text})
        began = released[text] = time.perf_counter()
        assert isinstance(await console.submit(command), Receipt)
        recorded.append((time.perf_counter() - began) * 1000)
        await asyncio.sleep(PACE)
    await asyncio.sleep(1)
    assert len(shown) == EVENTS * count, (len(shown), EVENTS * count)
    for link in links:
        await link.close()
    return {"shown": shown, "recorded": recorded, "joined": joined}


def floor(folder: Path) -> float:
    """Milliseconds of one fsync of 300 bytes and one loopback round trip, the middle of 200."""
    times = []
    ours, theirs = socket.socketpair()
    with (folder / "floor").open("ab", buffering=0) as file:
        for _ in range(200):
            began = time.perf_counter()
            file.write(b"x" * 300)
            os.fdatasync(file.fileno())
            ours.send(b"x")
            theirs.send(theirs.recv(1))
            ours.recv(1)
            times.append((time.perf_counter() - began) * 1000)
    return sorted(times)[100]


def at(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def main() -> None:
    counts = [int(word) for word in sys.argv[1:]] or [3, 30, 100, 500]
    print("| stations | release to shown | submit to recorded | join | floor | host KB |")
    print("|---|---|---|---|---|---|")
    for count in counts:
        with tempfile.TemporaryDirectory() as name:
            child = subprocess.Popen(
                [sys.executable, __file__, "--host", name],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            assert child.stdout is not None
            found = run(stations(int(child.stdout.readline()), count))
            memory, _ = child.communicate("")
            cells = [
                f"{at(found[kind], 0.5):.1f} / {at(found[kind], 0.99):.1f}"
                for kind in ("shown", "recorded", "joined")
            ]
            print(
                f"| {count} | {' | '.join(cells)} | {floor(Path(name)):.2f} | {memory.strip()} |", flush=True
            )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--host"]:
        run(host(Path(sys.argv[2])))
    else:
        main()
