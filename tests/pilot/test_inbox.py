"""A long inbox: what arrives is seen, and whoever walks through it is left alone."""

from __future__ import annotations

import asyncio

import pytest
from textual.pilot import Pilot

from tabletop.exercise import commands as c
from tabletop.tui.station.panes import inbox
from tabletop.tui.station.panes.inbox import InboxList
from tests.tui.station.playing import Play, StationApp, press, shown

SIZE = (80, 24)


def write(play: Play, *words: str) -> None:
    """Seoul writes to Tokyo."""
    for word in words:
        play.do("seoul", c.Message(to=("tokyo",), text=f"word {word}"))


@pytest.fixture
def play() -> Play:
    """More in Tokyo's inbox than it has room for."""
    play = Play().start()
    write(play, *(f"{number:02}" for number in range(1, 21)))
    return play


async def until(pilot: Pilot[None], text: str) -> None:
    """Wait for a text on the screen."""
    async with asyncio.timeout(10):
        while text not in shown(pilot.app):
            await pilot.pause(0.01)


def line_of(app: StationApp, text: str) -> int:
    """The line of the screen on which that stands."""
    return next(number for number, line in enumerate(shown(app).splitlines()) if text in line)


def cursor(app: StationApp) -> str | None:
    """The key of the row under the cursor of the inbox."""
    return app.station.query_one(InboxList).key


@pytest.mark.parametrize("size", [SIZE, (120, 40)])
async def test_what_arrives_is_in_view_though_the_cursor_stays_on_something_old(
    play: Play, size: tuple[int, int]
) -> None:
    app = StationApp(play)
    async with app.run_test(size=size) as pilot:
        await press(pilot)
        assert "word 20" in shown(app)
        await press(pilot, "n")  # reads the oldest, at the far end of the list
        old = cursor(app)
        assert old == "inject/notice"
        for number in range(21, 24):
            write(play, str(number))
            await until(pilot, f"word {number}")
        assert cursor(app) == old


async def test_whoever_is_at_the_top_of_the_list_sees_what_arrives_at_once(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "HANDS_OFF", 3600.0)  # however long the test takes, nobody has gone
    app = StationApp(play)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "home")
        write(play, "21")
        await until(pilot, "word 21")
        await press(pilot, "home", "down", "down")
        on = cursor(app)
        for number in range(22, 40):  # until the cursor would be pushed out of sight
            write(play, str(number))
            await until(pilot, f"{number + 1} new")
            assert cursor(app) == on
            assert "word 19" in shown(app)
        assert "word 22" in shown(app)
        assert "word 39" not in shown(app)


async def test_whoever_walks_through_the_list_keeps_their_place_and_is_told_what_is_above(play: Play) -> None:
    app = StationApp(play)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "n")
        for _ in range(3):
            await press(pilot, "up")
        place = line_of(app, "word 03")
        write(play, "21", "22")
        await until(pilot, "22 new")
        text = shown(app)
        assert "word 22" not in text
        assert line_of(app, "word 03") == place
        hidden = 22 - sum(f"word {number:02}" in text for number in range(1, 23))
        assert f"22 new · ▲ {hidden} above" in text
        await press(pilot, "home")
        await until(pilot, "word 22")
        assert "above" not in shown(app).splitlines()[5]


async def test_once_they_have_rested_what_has_arrived_meanwhile_is_shown(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "HANDS_OFF", 0.3)
    app = StationApp(play)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "n", "up")
        write(play, "21")
        await until(pilot, "word 21")
        assert cursor(app) != "inject/notice"
        await press(pilot, "down", "down")  # from where the cursor was left
        assert cursor(app) == "briefing"
        assert "word 21" not in shown(app)
