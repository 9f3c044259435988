"""News reaches whoever is typing: each window shows it in its border, at every size of the terminal."""

from __future__ import annotations

import pytest
from textual.app import App

from tabletop.exercise import commands as c
from tabletop.tui.kit.modal import FRAME, Modal
from tests.tui.console.staging import Console, console
from tests.tui.console.staging import Play as Run
from tests.tui.station.playing import Play, StationApp, press, shown, write
from tests.tui.wall.hanging import WallApp, look
from tests.tui.watch.watching import WatchApp

SIZES = [(60, 12), (60, 20), (80, 24), (120, 40), (200, 60)]


def border(app: App[None]) -> str:
    """The lower border of the window on top, as it stands on the screen."""
    window = app.screen
    assert isinstance(window, Modal), window
    window.show_news()
    region = window.query_one(f".{FRAME}").region
    assert region.bottom <= app.size.height, "the border is on the screen"
    return shown(app).splitlines()[region.bottom - 1][region.x : region.right]


STATION_KEYS = ("d", "c", "m", "question_mark")
"""Decide, consult, message, and the list of keys."""

CONSOLE_KEYS = ("m", "v", "i", "question_mark", "enter", "r")
"""Message, move, explain, keys, an inject in full, and a question."""


@pytest.mark.parametrize("size", SIZES)
async def test_a_team_that_is_typing_is_told_what_came_what_falls_due_and_what_stops_play(
    size: tuple[int, int],
) -> None:
    play = Play().start().until(6.5)
    play.do("washington", c.Consult(with_=("tokyo",), text="Do you agree?"))
    play.do("washington", c.Share(card="track", with_=("tokyo",)))
    app = StationApp(play)
    async with app.run_test(size=size) as pilot:
        for key in STATION_KEYS:
            await press(pilot, key)
            told = border(app)
            assert "T+6:30" in told, key
            assert "D2 due in 2:30" in told, key
            assert "Washington asks" in told, key
            assert "3 new" in told, key
            await press(pilot, "escape")
        await press(pilot, "p", *["tab"] * 2)
        await write(pilot, "A launch.")
        await press(pilot, "ctrl+s")
        assert "Say this in public?" in shown(app)
        play.until(8.5)
        assert "T+8:30 · D2 due in 0:30" in border(app)
        play.do("facilitator", c.Pausex())
        assert " PAUSEX  · T+8:30 · D2 due in 0:30" in border(app)


@pytest.mark.parametrize("size", SIZES)
async def test_a_facilitator_who_is_typing_is_told_what_is_due_and_who_waits(size: tuple[int, int]) -> None:
    play = Run().start().release("notice").until(4.5)
    async with console(play, size) as desk:
        for key in CONSOLE_KEYS:
            await desk.press(key)
            assert "T+4:30 · K2 in 0:30" in border(desk.app), key
            await desk.press("escape")
        await desk.press("x")
        play.do(c.Message(to=("control",), text="Is the typhoon real?"), "seoul")
        assert "K2 in 0:30 · Seoul asks control (1)" in border(desk.app)
        play.until(6)
        assert "T+6:00 · K2" in border(desk.app)
        play.log.why = "the disk is full"
        play.session.submit("facilitator", c.Note(text="x"))
        told = border(desk.app)
        assert "CANNOT RECORD" in told or "NOTHING CAN BE RECORDED" in told
        assert "T+6:00" in told
        assert "Seoul asks control (1)" in told or "SEO asks (1)" in told


@pytest.mark.parametrize("size", SIZES)
async def test_watch_and_wall_tell_the_time_and_what_stops_play(size: tuple[int, int]) -> None:
    play = Play().start().until(6)
    play.do("facilitator", c.Pausex())
    watch = WatchApp(play)
    async with watch.run_test(size=size) as pilot:
        await press(pilot, "o")
        assert " PAUSEX  · T+6:00" in border(watch)
    wall = WallApp(play)
    async with wall.run_test(size=size) as pilot:
        await look(pilot, wall)
        await press(pilot, "ctrl+q")
        assert " PAUSEX  · T+6:00" in border(wall)
        wall.link.disconnected_since = "07:03"
        assert " NO WORD FROM THE HOST SINCE 07:03  · T+6:00" in border(wall)


async def test_alarms_are_told_by_more_than_a_colour() -> None:
    """In a terminal without colours the words stand reversed."""
    play = Run().start()
    async with console(play) as desk:
        await desk.press("x")
        play.do(c.Emergency())
        await desk.settle()
        await desk.press("escape")
        assert " REAL-WORLD EMERGENCY  · T+0:00" in border(desk.app)
        assert reversed_words(desk) == [" REAL-WORLD EMERGENCY "]


def reversed_words(desk: Console) -> list[str]:
    """What stands reversed in the lower border of the window."""
    row = desk.app.screen.query_one(f".{FRAME}").region.bottom - 1
    strip = desk.app.screen._compositor.render_strips()[row]
    return [segment.text for segment in strip if segment.style is not None and segment.style.reverse]
