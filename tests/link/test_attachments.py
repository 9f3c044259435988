"""Attached files over a real socket: piece by piece, and to nobody who was not sent them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tabletop.exercise import commands as c
from tabletop.host.local_link import LocalLink
from tabletop.host.session import Session
from tabletop.protocol.pieces import PIECE
from tabletop.store.memory import MemoryLog
from tabletop.system.clock import SYSTEM_TIME
from tests.attachments import PNG
from tests.exercise.test_attached import scenario_with_files, stored
from tests.link.served import Room

LARGE = PNG + bytes(range(256)) * 800
"""Some 200 kB: several pieces."""


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    room = Room()
    scenario = scenario_with_files()
    scenario = scenario.model_copy(update={"files": {**scenario.files, "heat.png": stored(LARGE)}})
    room.session = Session.begin(MemoryLog(), scenario, name="Spring", seed=3, time=SYSTEM_TIME)
    await room.start()
    yield room
    await room.stop()


async def test_a_station_fetches_what_it_was_sent(room: Room) -> None:
    assert len(stored(LARGE).data) > 3 * PIECE
    console, washington, tokyo = [await room.link(seat) for seat in ("facilitator-1", "washington", "tokyo")]
    assert await washington.fetch("map.png") == PNG
    assert await washington.fetch("heat.png") is None
    await console.submit(c.Startex())
    await console.submit(c.Release(inject="detection"))
    assert await washington.fetch("heat.png") == LARGE
    assert await tokyo.fetch("heat.png") is None
    assert await tokyo.fetch("no-such.png") is None
    assert await console.fetch("heat.png") == LARGE


async def test_at_the_hosts_own_terminal_it_is_the_same(room: Room) -> None:
    links = {seat: LocalLink(room.session, seat) for seat in ("facilitator", "washington", "tokyo")}
    assert [await link.fetch("heat.png") for link in links.values()] == [LARGE, None, None]
    await links["facilitator"].submit(c.Startex())
    await links["facilitator"].submit(c.Release(inject="detection"))
    assert [await link.fetch("heat.png") for link in links.values()] == [LARGE, LARGE, None]


async def test_a_log_gives_the_files_back(room: Room) -> None:
    log = MemoryLog()
    session = Session.begin(log, room.session.state.script.scenario, name="Two", seed=1, time=SYSTEM_TIME)
    again = Session.resume(log, SYSTEM_TIME)
    assert again.state.script.scenario.files == session.state.script.scenario.files
    assert again.state.script.scenario.files["heat.png"].content() == LARGE
