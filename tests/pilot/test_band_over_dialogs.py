"""N15: with a dialog open, what stands across the screen stands there once."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tabletop.exercise import commands as c
from tabletop.tui.station.app import StationApp
from tests.link.served import Room
from tests.tui.station.playing import press, shown

KEPT = "What you typed is kept"
SIZES = [(80, 24), (100, 30), (120, 40), (200, 60)]


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    room = Room()
    await room.start()
    room.session.submit("facilitator", c.Startex())
    yield room
    await room.stop()


def told(app: StationApp, sentence: str = "The facilitator has revoked this seat") -> int:
    """How often a sentence stands on the screen, wherever lines are broken."""
    return " ".join(shown(app).split()).count(sentence)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("first", ["the dialog", "the band"])
async def test_n15_a_revoked_seat_is_told_once_over_an_open_dialog(
    room: Room, size: tuple[int, int], first: str
) -> None:
    link = await room.link("tokyo")
    app = StationApp(link)
    async with app.run_test(size=size) as pilot:
        await press(pilot)
        if first == "the dialog":
            await press(pilot, "m")
        room.hub.revoked("tokyo")
        await room.until(lambda: told(app) > 0)
        if first == "the band":
            await press(pilot, "m")
        await press(pilot)
        assert told(app) == 1
        await press(pilot, "escape")
        await room.until(lambda: told(app) == 1)


@pytest.mark.parametrize("size", SIZES)
async def test_n15_a_pause_stands_once_over_an_open_dialog_and_goes_by(
    room: Room, size: tuple[int, int]
) -> None:
    app = StationApp(await room.link("tokyo"))
    async with app.run_test(size=size) as pilot:
        await press(pilot)
        room.session.submit("facilitator", c.Pausex())
        await room.until(lambda: told(app, KEPT) == 1)
        await press(pilot, "m")
        assert told(app, KEPT) == 1
        await press(pilot, "escape")
        await room.until(lambda: told(app, KEPT) == 1)
        room.session.submit("facilitator", c.Resume())
        await room.until(lambda: told(app, KEPT) == 0)
