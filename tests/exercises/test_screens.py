"""What a hospital sees: no screen, window, list of keys or command speaks of capitals or of coordination."""

from __future__ import annotations

import pytest
from textual.app import App
from textual.pilot import Pilot

from tabletop.host.local_link import LocalLink
from tabletop.scenario.linking import load_scenario
from tabletop.tui.app import TabletopApp
from tests.exercises.test_exercises import FOLDER, foreign
from tests.tui.station.playing import Play, shown
from tests.tui.wall.hanging import WallApp, look
from tests.tui.watch.watching import WatchApp

pytestmark = pytest.mark.slow

CONSOLE = (
    "question_mark",
    "enter",
    "x",
    "n",
    "o",
    "t",
    "y",
    "m",
    "v",
    "d",
    "l",
    "e",
    "g",
    "ctrl+q",
    "ctrl+p",
)
STATION = ("d", "a", "s", "c", "p", "m", "question_mark")
WATCH = ("o", "t", "y", "l", "question_mark", "ctrl+q")
EXPLAIN = ("i", "2", "3", "4", "5")
SIZE = (200, 60)


def play() -> Play:
    scenario = load_scenario(FOLDER / "hospital" / "scenario.yaml").scenario
    return Play(scenario).start().until(12)


async def read(app: App[None], pilot: Pilot[None], keys: tuple[str, ...]) -> str:
    """Return all that is shown with each window open in turn."""
    ground = app.screen
    seen = [shown(app)]
    for key in keys:
        await pilot.press(key)
        await pilot.pause()
        seen.append(shown(app))
        while key not in EXPLAIN and app.screen is not ground:
            await pilot.press("escape")
            await pilot.pause()
    return "\n".join(seen)


async def test_console_and_station() -> None:
    session = play().session
    seats = ("facilitator", *session.state.script.scenario.teams)
    app = TabletopApp({seat: LocalLink(session, seat) for seat in seats})
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        seen = await read(app, pilot, CONSOLE)
        seen += await read(app, pilot, EXPLAIN)
        await pilot.press("escape", "f2")
        await pilot.pause()
        seen += shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "Emergency department" in shown(app)
        seen += await read(app, pilot, STATION)
    assert foreign(seen) == set()


async def test_wall() -> None:
    app = WallApp(play())
    async with app.run_test(size=SIZE) as pilot:
        await look(pilot, app)
        assert foreign(shown(app)) == set()


async def test_evaluator() -> None:
    app = WatchApp(play())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert foreign(await read(app, pilot, (*WATCH, *EXPLAIN))) == set()
