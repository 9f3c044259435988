"""`tabletop run --lan` as people start it: console and host in one program, stations from elsewhere."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tabletop.exercise import commands as c
from tabletop.link.address import HostAddress
from tabletop.link.credentials import Credentials
from tabletop.link.network import NetworkLink
from tabletop.link.outbox import Outbox
from tabletop.protocol.link import Sight
from tabletop.protocol.submission import Receipt
from tabletop.system.clock import SYSTEM_TIME
from tests.link.terminals import Terminal

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals")]


CODE = r"{} +code +([a-z]+(?:-[a-z]+){{3}})"


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Laptop:
    """The facilitator's computer, with an exercise open to others, and links from elsewhere."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()
        self.links: list[NetworkLink] = []
        self.terminal = self.start("sakishima-dawn")

    def start(self, *words: str) -> Terminal:
        return Terminal(["run", *words, "--lan", "127.0.0.1", "--port", str(self.port)], self.home, (120, 40))

    async def code(self, team: str) -> str:
        await self.terminal.until("Read out", "Facilitator", CODE.format(team))
        found = re.search(CODE.format(team), self.terminal.text())
        assert found is not None
        return found[1]

    async def link(self, credentials: Credentials) -> NetworkLink:
        link = NetworkLink(
            HostAddress("127.0.0.1", self.port, secure=False), credentials, Outbox(), SYSTEM_TIME
        )
        await link.open()
        self.links.append(link)
        return link


@pytest.fixture
async def laptop(tmp_path: Path) -> AsyncIterator[Laptop]:
    laptop = Laptop(tmp_path)
    yield laptop
    for link in laptop.links:
        await link.close()
    laptop.terminal.close()


async def test_f01_one_program_runs_the_exercise_and_serves_stations_and_may_be_killed(
    laptop: Laptop,
) -> None:
    await laptop.terminal.until("All is ready")
    laptop.terminal.type("b")
    code = await laptop.code("Tokyo")
    tokyo = await laptop.link(Credentials(code=code, name="Tanaka"))
    await laptop.terminal.until("Tanaka")
    seen: list[Sight] = []
    tokyo.watch(seen.append)
    laptop.terminal.type("\x1b")
    await asyncio.sleep(0.5)  # a lone Esc is known as one once nothing follows it
    laptop.terminal.type("s")
    async with asyncio.timeout(10):
        while not seen:
            await asyncio.sleep(0.01)
    assert isinstance(await tokyo.submit(c.Message(to=("control",), text="Here")), Receipt)
    await laptop.terminal.until("Here")
    laptop.terminal.close()
    laptop.terminal = laptop.start("--resume")
    async with asyncio.timeout(20):
        while not (tokyo.live and seen[-1].event.type == "play-paused"):
            await asyncio.sleep(0.01)
    assert [sight.number for sight in seen] == list(range(1, len(seen) + 1))


async def test_without_lan_terminals_of_this_computer_can_join_and_a_second_exercise_has_a_port_of_its_own(
    tmp_path: Path,
) -> None:
    port = free_port()
    words = ["run", "sakishima-dawn", "--port", str(port)]
    terminals = [Terminal(words, tmp_path / name, (120, 40)) for name in ("first", "second")]
    try:
        for terminal in terminals:
            await terminal.until("All is ready")
        found = []
        for terminal in terminals:
            terminal.type("b")
            await terminal.until("Terminals of this computer can join", CODE.format("Tokyo"))
            shown = terminal.text()
            address = re.search(r"tabletop join 127\.0\.0\.1:(\d+)", shown)
            code = re.search(CODE.format("Tokyo"), shown)
            assert address is not None, shown[-4000:]
            assert code is not None, shown[-4000:]
            found.append(int(address[1]))
            link = NetworkLink(
                HostAddress("127.0.0.1", found[-1], secure=False),
                Credentials(code=code[1], name="Tanaka"),
                Outbox(),
                SYSTEM_TIME,
            )
            await link.open()
            await terminal.until("Tanaka")
            await link.close()
        assert port in found
        assert len(set(found)) == 2
    finally:
        for terminal in terminals:
            terminal.close()


async def test_f12_a_stopped_station_is_said_to_be_silent_within_eight_seconds_and_comes_back(
    laptop: Laptop, tmp_path: Path
) -> None:
    await laptop.terminal.until("All is ready")
    laptop.terminal.type("b")
    code = await laptop.code("Tokyo")
    station = Terminal(["join", f"127.0.0.1:{laptop.port}"], tmp_path / "tokyo")
    try:
        for asked, typed in (("Code", code), ("name", "Tanaka"), ("office", "Minister")):
            await station.until(asked)
            station.type(f"{typed}\r")
        await laptop.terminal.until("Tanaka")
        laptop.terminal.type("\x1b")
        await station.until("Waiting for STARTEX")
        station.signal(signal.SIGSTOP)
        await laptop.terminal.until(
            r"Tokyo's terminal \(Tanaka\) has been silent since",
            f"`tabletop join 127.0.0.1:{laptop.port}`",
            "0 joined, 1 missing",
        )
        mark = laptop.terminal.mark
        station.signal(signal.SIGCONT)
        await laptop.terminal.until("1 joined", since=mark, within=15)
    finally:
        station.signal(signal.SIGCONT)
        station.close()


async def test_f14_f17_a_terminal_that_takes_nothing_in_holds_up_no_station(laptop: Laptop) -> None:
    await laptop.terminal.until("All is ready")
    laptop.terminal.type("b")
    tokyo = await laptop.link(Credentials(code=await laptop.code("Tokyo"), name="Tanaka"))
    laptop.terminal.type("\x1b")
    await asyncio.sleep(0.5)
    laptop.terminal.type("s")
    await laptop.terminal.until("RUNNING")
    laptop.terminal.hold()
    slowest, loop = 0.0, asyncio.get_running_loop()
    for number in range(150):  # each is drawn, and a pseudo-terminal holds a few kilobytes
        began = loop.time()
        text = f"{number} " + "word " * 40
        async with asyncio.timeout(10):
            assert isinstance(await tokyo.submit(c.Message(to=("control",), text=text)), Receipt)
        slowest = max(slowest, loop.time() - began)
        await asyncio.sleep(0.02)
    assert slowest < 2
    laptop.terminal.let_go()
    assert isinstance(await tokyo.submit(c.Message(to=("control",), text="drawn at last")), Receipt)
    await laptop.terminal.until("drawn at last")


async def test_leaving_asks_and_says_that_stations_lose_the_host(laptop: Laptop) -> None:
    await laptop.terminal.until("All is ready")
    laptop.terminal.type("q")
    await laptop.terminal.until("every station loses its host")
    laptop.terminal.type("y")
    assert await laptop.terminal.ended() == 0
