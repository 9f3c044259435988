"""The program ends with a window open, and things happen and clocks strike while its screens go.

Textual takes away the screen above before the one below, whose clock still strikes. A fault then comes out of
`run_test`, which is all that these tests ask.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from textual.app import App
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.timer import Timer
from textual.widget import Widget

from tabletop.exercise import commands as c
from tabletop.exercise.state.course import Stage
from tabletop.host.session import Session
from tabletop.protocol.submission import Receipt
from tabletop.tui.console.dialogs.emergency import StoppedScreen
from tabletop.tui.console.seen_as import SeenAsScreen
from tests.pilot.test_walk import CONSOLE, STATION, WATCH
from tests.tui.console import staging
from tests.tui.station import playing
from tests.tui.wall.hanging import WallApp
from tests.tui.watch.watching import WatchApp

SIZE = (120, 40)

Clock = tuple[MessagePump, Callable[[], object]]
"""Whose it is, and what it does."""


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> list[Clock]:
    """All the clocks."""
    running: list[Clock] = []
    set_interval = MessagePump.set_interval

    def remember(pump: MessagePump, interval: float, callback: Callable[[], object], **options: Any) -> Timer:
        running.append((pump, callback))
        return set_interval(pump, interval, callback, **options)

    monkeypatch.setattr(MessagePump, "set_interval", remember)
    return running


NEXT: dict[Stage, c.Command] = {
    Stage.RUNNING: c.Pausex(),
    Stage.PAUSED: c.Emergency(),
    Stage.EMERGENCY: c.StandDown(),
}
"""What happens next."""


class Ending:
    """A program that ends while a session goes on."""

    def __init__(self, session: Session, clocks: list[Clock]) -> None:
        self.session, self.clocks = session, clocks

    async def under(self, app: App[Any], pilot: Pilot[Any], key: str) -> None:
        """Open the window of a key, and end the program."""
        await pilot.pause()
        if key:
            await pilot.press(key)
            await pilot.pause()
        for screen in app.screen_stack:
            await screen.mount(LastMoment(self))
        app.exit()

    def go_on(self) -> None:
        """Let something happen that all screens show at once, and every clock strike that still runs."""
        answer = self.session.submit("facilitator", NEXT[self.session.state.stage])
        assert isinstance(answer, Receipt)
        for owner, strike in self.clocks:
            if owner.is_running:
                strike()


class LastMoment(Widget):
    """Part of a screen in whose last moment the session goes on: what stands deeper has gone by then."""

    def __init__(self, ending: Ending) -> None:
        super().__init__()
        self.ending = ending
        self.display = False

    async def on_unmount(self) -> None:
        """Go on, and let follow what comes of it."""
        for _ in range(2):  # once more when all that stands beside it has gone too
            self.ending.go_on()
            for _ in range(20):
                await asyncio.sleep(0)


@pytest.mark.parametrize("key", ["", *STATION])
async def test_a_station_ends_under_any_window(clocks: list[Clock], key: str) -> None:
    play = playing.Play().start().until(6)
    app = playing.StationApp(play, "washington")
    async with app.run_test(size=SIZE) as pilot:
        await Ending(play.session, clocks).under(app, pilot, key)


@pytest.mark.parametrize("key", ["", "f2", *CONSOLE])
async def test_a_console_ends_under_any_window(clocks: list[Clock], key: str) -> None:
    play = staging.Play().start().release("notice", "detection")
    app = play.app()
    async with app.run_test(size=SIZE) as pilot:
        await Ending(play.session, clocks).under(app, pilot, key)


@pytest.mark.parametrize("key", ["", *WATCH])
async def test_an_evaluators_screen_ends_under_any_window(clocks: list[Clock], key: str) -> None:
    play = playing.Play().start().until(6)
    app = WatchApp(play)
    async with app.run_test(size=SIZE) as pilot:
        await Ending(play.session, clocks).under(app, pilot, key)


async def test_a_wall_ends(clocks: list[Clock]) -> None:
    play = playing.Play().start().until(6)
    app = WallApp(play)
    async with app.run_test(size=SIZE) as pilot:
        await Ending(play.session, clocks).under(app, pilot, "")


async def test_a_station_that_is_only_looked_at_goes_while_play_goes_on(clocks: list[Clock]) -> None:
    play = staging.Play().start().release("notice", "detection")
    app = play.app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("f")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, SeenAsScreen)
        await app.screen.mount(LastMoment(Ending(play.session, clocks)))
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, StoppedScreen)
