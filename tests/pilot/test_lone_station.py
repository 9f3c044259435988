"""A terminal that is one team's station, at a host on the network."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tabletop.exercise import commands as c
from tabletop.host.clock import SYSTEM_TIME
from tabletop.host.session import Session
from tabletop.tui.console.dialogs.confirm import Confirm
from tabletop.tui.station.app import StationApp
from tests.link.test_network import Room
from tests.tui.station.playing import shown


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    room = Room()
    await room.start()
    yield room
    await room.stop()


async def test_f12_the_station_shows_what_comes_and_says_when_the_host_is_gone(room: Room) -> None:
    link = await room.link("tokyo")
    app = StationApp(link)
    async with app.run_test(size=(100, 30)) as pilot:
        room.session.submit("facilitator", c.Startex())
        room.session.submit("facilitator", c.Release(inject="notice"))
        await room.until(lambda: (pilot.app.refresh() is not None) and "Notice of a launch" in shown(app))
        await room.server.stop()
        await room.until(lambda: "NOTHING CAN BE RECORDED" in shown(app))
        room.session = Session.resume(room.log, SYSTEM_TIME)
        await room.start()
        await room.until(lambda: "PAUSEX" in shown(app))
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert isinstance(app.screen, Confirm)
        await pilot.press("y")
    assert link.live
