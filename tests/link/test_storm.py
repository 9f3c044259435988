"""Everybody comes back at once after the host was killed and started again (F15)."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin

from tabletop.exercise import commands as c
from tabletop.exercise.events import MessageSent
from tabletop.exercise.view import view
from tabletop.host.admission_file import roster_saver, seats_path
from tabletop.host.session import Session
from tabletop.link.address import HostAddress
from tabletop.link.backoff import BACK_OFF, Backoff
from tabletop.protocol import messages
from tabletop.protocol.framing import MAX_FRAME, encode
from tabletop.protocol.link import Sight
from tabletop.protocol.roster import Roster, Seated, SeatInfo
from tabletop.protocol.submission import Receipt
from tabletop.scenario.library import find_scenario
from tabletop.scenario.linking import load_scenario
from tabletop.store.memory import MemoryLog
from tabletop.store.sqlite import SqliteLog
from tabletop.system.clock import VirtualTime, chance
from tests.builders import TEAMS
from tests.link.processes import Site, site_at

STATIONS = 60
EVENTS = 3_000
ENOUGH = 30
"""Seconds after which something is stuck, on however busy a machine."""


def token(number: int) -> str:
    """By which the host knows a station."""
    return hashlib.sha256(f"station {number}".encode()).hexdigest()


def seat(number: int) -> Seated:
    """A station's seat: one team after the other."""
    info = SeatInfo(token(number)[:16], TEAMS[number % len(TEAMS)], f"Person {number}", "")
    return Seated(info, hashlib.sha256(token(number).encode()).digest())


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """An exercise of several thousand events, and the seats of all stations."""
    scenario = load_scenario(find_scenario("sakishima-dawn")).scenario
    memory = MemoryLog()
    session = Session.begin(memory, scenario, name="Storm", seed=1, time=VirtualTime().source())
    session.submit("facilitator", c.Startex())
    while session.state.seq < EVENTS:
        by, to = TEAMS[session.state.seq % 3], TEAMS[(session.state.seq + 1) % 3]
        session.submit(by, c.Message(to=(to,), text=f"message {session.state.seq}"))
    path = tmp_path / "game.db"
    with SqliteLog.create(path) as kept:
        kept.append(list(memory.read()))
    roster = Roster()
    for number in range(STATIONS):
        roster = roster.joined(seat(number), plays=True)
    roster_saver(seats_path(path))(roster)
    return path


class LightStation:
    """Speaks the protocol and keeps the numbers that it is told, in the order in which it is told them."""

    def __init__(self, address: HostAddress, number: int) -> None:
        self.address = address
        self.team, self.token = TEAMS[number % len(TEAMS)], token(number)
        self.told: list[int] = []
        self.waits: list[float] = []
        self.goodbyes: list[dict[str, Any]] = []
        self.exercise = ""
        self.live = False
        self._backoff = Backoff(chance)

    async def run(self) -> None:
        """Connect, and connect again."""
        while True:
            with suppress(OSError, WebSocketException, TimeoutError):
                async with connect(
                    self.address.uri,
                    origin=Origin(self.address.origin),
                    compression=None,
                    max_size=MAX_FRAME,
                    ping_interval=None,
                    open_timeout=ENOUGH,
                    close_timeout=0.1,
                    proxy=None,
                ) as socket:
                    await self._talk(socket)
            self.live = False
            self.waits.append(self._backoff.next())
            await asyncio.sleep(self.waits[-1])

    async def _talk(self, socket: ClientConnection) -> None:
        seen = self.told[-1] if self.told else 0
        hello = messages.Hello(version=messages.VERSION, token=self.token, seen=seen, exercise=self.exercise)
        await socket.send(encode(hello))
        pulse = asyncio.create_task(self._pulse(socket))
        try:
            parts: list[str] = []
            async for text in socket:
                frame = json.loads(text)
                if frame["type"] == "part":
                    parts = [*parts, frame["text"]] if frame["index"] else [frame["text"]]
                    if len(parts) < frame["count"]:
                        continue
                    frame = json.loads("".join(parts))
                await self._take(socket, frame)
        finally:
            pulse.cancel()

    async def _take(self, socket: ClientConnection, frame: dict[str, Any]) -> None:
        match frame["type"]:
            case "welcome":
                self.live, self.exercise = True, frame["exercise"]
                self._backoff.reset()
            case "sights":
                self.told += [sight["number"] for sight in frame["sights"]]
                await socket.send(encode(messages.Ack(seen=self.told[-1], shown=self.told[-1])))
            case "goodbye":
                self.goodbyes.append(frame)

    async def _pulse(self, socket: ClientConnection) -> None:
        with suppress(WebSocketException):
            while True:
                await asyncio.sleep(2)
                seen = self.told[-1] if self.told else 0
                await socket.send(encode(messages.Ping(seen=seen, shown=seen)))


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals")
async def test_f15_after_a_kill_all_come_back_and_none_is_told_anything_twice_or_misses_anything(
    log: Path, tmp_path: Path
) -> None:
    """Sixty stations, a log of thousands of events, and a team that goes on giving commands."""
    async with site_at(tmp_path, log=log) as site:
        console, writer = await site.join("facilitator"), await site.join("tokyo")
        sights: list[Sight] = []
        console.watch(sights.append)
        stations = [LightStation(site.address, number) for number in range(STATIONS)]
        tasks = [asyncio.create_task(station.run()) for station in stations]
        try:
            assert isinstance(await console.submit(c.Resume()), Receipt)
            await all_told(site, sights, stations)
            given = [
                asyncio.create_task(writer.submit(c.Message(to=("washington", "seoul"), text=str(number))))
                for number in range(20)
            ]
            first = await asyncio.gather(*given[:4])  # by now some are recorded, and others on their way
            assert all(isinstance(answer, Receipt) for answer in first), first
            await asyncio.to_thread(site.restart)
            assert isinstance(await console.submit(c.Resume()), Receipt)
            answers = await asyncio.wait_for(asyncio.gather(*given), ENOUGH)  # the rest waited for play
            await site.until(lambda: all(one.waits and one.live for one in stations), ENOUGH)
            await all_told(site, sights, stations)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
    assert [sight.seq for sight in sights] == list(range(1, len(sights) + 1))
    assert [sight.event for sight in sights] == [record.event for record in site.records()][: len(sights)]
    for station in stations:
        assert station.told == list(range(1, in_view(sights, station.team) + 1))
        assert not station.goodbyes
    recorded = [number for number, answer in enumerate(answers) if isinstance(answer, Receipt)]
    assert recorded == list(range(20))
    later = [sight.event for sight in sights if sight.seq > EVENTS]
    messages = [event.text for event in later if isinstance(event, MessageSent)]
    assert messages == [str(number) for number in recorded]


async def all_told(site: Site, sights: list[Sight], stations: list[LightStation]) -> None:
    """Wait until every station has what its team may see of what the console has seen."""
    heads = {team: in_view(sights, team) for team in TEAMS}
    await site.until(lambda: all(one.told[-1:] == [heads[one.team]] for one in stations), ENOUGH)


def in_view(sights: list[Sight], team: str) -> int:
    """How much of it a team may see."""
    return sum(view(sight.event, team, TEAMS) is not None for sight in sights)


def test_f15_stations_do_not_knock_all_at_the_same_moment() -> None:
    """500 stations lose their host at once: in no tenth of the first wait do more than a fifth come back."""
    jitters = [Random(seed) for seed in range(500)]  # noqa: S311 - spreads retries
    first = sorted(Backoff(jitter.random).next() for jitter in jitters)
    assert 0.5 * BACK_OFF[0] <= first[0] < first[-1] <= 1.5 * BACK_OFF[0]
    step = BACK_OFF[0] / 10
    for number in range(15):
        begin = 0.5 * BACK_OFF[0] + number * step
        assert sum(begin <= wait < begin + step for wait in first) <= 100


def test_f15_a_host_that_stays_away_is_asked_no_more_than_twice_a_second_by_each() -> None:
    backoff = Backoff(Random(7).random)  # noqa: S311 - spreads retries
    waits = [backoff.next() for _ in range(200)]
    assert sum(waits[:20]) > 20 * BACK_OFF[-1] * 0.7
    assert max(waits) <= 1.5 * BACK_OFF[-1]
    assert len(set(waits)) == len(waits)
