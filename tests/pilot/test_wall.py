"""The projector picture, at work."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tabletop.exercise import commands as c
from tabletop.host.session import Session
from tabletop.system.clock import SYSTEM_TIME
from tabletop.tui.kit.big_words import BigWords
from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.one_seat import SeatApp
from tabletop.tui.wall.screen import WallScreen
from tests.link.served import Room
from tests.tui.station.playing import Play, press, shown
from tests.tui.wall.hanging import WallApp, look

SIZES = [(80, 24), (120, 40), (200, 60), (240, 67), (20, 5)]


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    room = Room()
    await room.start()
    yield room
    await room.stop()


@pytest.mark.parametrize("size", SIZES)
async def test_the_marking_is_first_and_last_whatever_is_shown(size: tuple[int, int]) -> None:
    play = Play()
    app = WallApp(play)
    async with app.run_test(size=size) as pilot:
        for step in (None, c.Startex(), c.Pausex(), c.Emergency(text="Fire."), c.StandDown(), c.Endex()):
            if step is not None:
                play.do("facilitator", step)
            await look(pilot, app)
            lines = shown(app).splitlines()
            word = "REAL WORLD" if isinstance(step, c.Emergency) else "EXERCISE"
            assert word in lines[0], step
            assert word in lines[-1], step


async def test_play_is_shown_as_it_goes() -> None:
    play = Play()
    app = WallApp(play)
    async with app.run_test(size=(120, 40)) as pilot:
        await look(pilot, app)
        assert "Play has not begun" in shown(app)
        assert "amber   basil" in shown(app)
        play.start().until(5)
        play.do("tokyo", c.State(text="We are looking into it.", label="missile"))
        play.do("tokyo", c.Message(to=("seoul",), text="CANARY"))
        await look(pilot, app)
        text = shown(app)
        assert "Hydrographic office" in text
        assert "TOKYO in public  ·  A ballistic missile" in text
        assert "We are looking into it." in text
        assert "PLAY IS RUNNING" in text
        assert "CANARY" not in text
        assert "Heat signature" not in text  # to Washington alone
        assert "amber" not in text
        assert app.wall.query_one("#clock", BigWords).text == "T+5:00"


async def test_a_real_world_emergency_fills_the_picture() -> None:
    play = Play().start().until(5)
    app = WallApp(play)
    async with app.run_test(size=(80, 24)) as pilot:
        play.do("facilitator", c.Emergency(text="Fire: leave by the north stairs."))
        await look(pilot, app)
        text = shown(app)
        assert "Fire: leave by the north stairs." in text
        assert "Stop playing now" in text
        assert "Hydrographic" not in text
        alarm = app.wall.query_one("#alarm-first", BigWords)
        assert alarm.display
        assert alarm.region.width == 80
        app.link.disconnected_since = "07:03 UTC"
        await look(pilot, app)
        assert "NO WORD FROM THE HOST SINCE 07:03 UTC" in shown(app)
        assert alarm.display


async def test_a_question_about_leaving_makes_way_for_a_real_world_emergency() -> None:
    play = Play().start().until(5)
    app = WallApp(play)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+q")
        assert len(app.screen_stack) == 3
        play.do("facilitator", c.Emergency(text="Fire."))
        await look(pilot, app)
        assert app.screen is app.wall


async def test_f12_a_wall_whose_host_is_gone_says_so_and_its_clock_stands() -> None:
    play = Play().start().until(5)
    app = WallApp(play)
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, app)
        app.link.disconnected_since = "07:03 UTC"
        play.until(7)
        await look(pilot, app)
        assert "NO WORD FROM THE HOST SINCE 07:03 UTC" in shown(app)
        assert app.wall.query_one("#clock", BigWords).text == "T+5:00"
        app.link.disconnected_since = ""
        await look(pilot, app)
        assert "PLAY IS RUNNING" in shown(app)
        assert app.wall.query_one("#clock", BigWords).text == "T+7:00"


async def test_no_key_does_anything_but_leave() -> None:
    app = WallApp(Play().start())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *"abcdefghijklmnopqrstuvwxyz0123456789", "enter", "space", "escape", "tab", "f1")
        assert app.screen is app.wall
        await press(pilot, "ctrl+q")
        assert isinstance(app.screen, Confirm)
        await press(pilot, "n")
        assert app.screen is app.wall
        await press(pilot, "ctrl+q", "y")
    assert app.return_code == 0


async def test_f12_over_a_network_the_wall_is_back_by_itself(room: Room) -> None:
    link = await room.newcomer("wall-1")
    app = SeatApp(lambda: WallScreen(link))
    async with app.run_test(size=(100, 30)):
        room.session.submit("facilitator", c.Startex())
        room.session.submit("facilitator", c.Release(inject="notice"))
        await room.until(lambda: "Notice of a launch" in shown(app))
        await room.server.stop()
        await room.until(lambda: "NO WORD FROM THE HOST SINCE" in shown(app))
        room.session = Session.resume(room.log, SYSTEM_TIME)
        await room.start()
        await room.until(lambda: "PAUSEX" in shown(app))
        room.hub.revoked("wall-1")
        await room.until(lambda: "THIS WALL HAS NO SEAT" in shown(app))
        assert link.trouble() is not None
