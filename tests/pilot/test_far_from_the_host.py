"""A terminal that is one station or a console, at a host on the network."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tabletop.exercise import commands as c
from tabletop.host.clock import SYSTEM_TIME
from tabletop.host.session import Session
from tabletop.tui.app import TabletopApp
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
        await room.until(lambda: "NO LINK TO THE HOST" in shown(app))
        room.session = Session.resume(room.log, SYSTEM_TIME)
        await room.start()
        await room.until(lambda: "PAUSEX" in shown(app))
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert isinstance(app.screen, Confirm)
        await pilot.press("y")
    assert link.live


async def test_f12_a_console_says_what_to_do_when_its_host_is_gone_and_when_it_was_sent_away(
    room: Room,
) -> None:
    """A lost link mends by itself; F5 would not help, and play may go on without this console."""
    link = await room.link("facilitator-1")
    app = TabletopApp({c.FACILITATOR: link}, front_desk=link)
    async with app.run_test(size=(100, 30)):
        await room.until(lambda: "Press S to start" in shown(app))
        await room.server.stop()
        await room.until(lambda: "NO LINK TO THE HOST" in shown(app))
        assert "start it again with --resume" in shown(app)
        assert "Press F5" not in shown(app)
        await room.start()
        await room.until(lambda: "NO LINK TO THE HOST" not in shown(app))
        room.hub.revoked("facilitator-1")
        await room.until(lambda: "THIS CONSOLE IS CUT OFF" in shown(app))
        assert "Ctrl+Q leaves" in shown(app)
