"""Every window opens, follows the terminal and closes: on every screen, at every size (F1, W1 to W4).

Before a station was used and after, since the two differ in what Textual has drawn and kept. A fixture has
these tests render what they show; `tests/terminal` does the same in real terminals, with fewer windows.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from rich.cells import cell_len
from textual.app import App
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.screen import ModalScreen, Screen

from tabletop.exercise import commands as c
from tabletop.host.local_link import LocalLink
from tabletop.host.session import Session
from tabletop.playthrough.demonstration import Demonstration
from tabletop.playthrough.moves import read_moves
from tabletop.scenario.library import find_scenario
from tabletop.scenario.linking import load_scenario
from tabletop.store.memory import MemoryLog
from tabletop.system.clock import VirtualTime
from tabletop.tui.app import TabletopApp
from tests.tui.console import staging
from tests.tui.station import playing
from tests.tui.station.playing import shown
from tests.tui.wall.hanging import WallApp
from tests.tui.watch.watching import WatchApp

SIZES = {(60, 20): (200, 60), (80, 24): (120, 40), (120, 40): (60, 20), (200, 60): (80, 24)}
"""Where a walk begins, and what the terminal is resized to under the first window; then back, and so on."""

CONSOLE = {
    "question_mark": "Keys",
    "enter": "",
    "x": "Ad hoc inject",
    "a": "",
    "n": "Note",
    "o": "Observation",
    "t": "Adjust a score",
    "y": "Rate an objective",
    "m": "Message from exercise control",
    "j": "Jump",
    "v": "Enter a move for a team",
    "d": "Close an open decision",
    "i": "Explain",
    "l": "Everything that happened",
    "e": "",
    "g": "",
    "ctrl+e": "REAL-WORLD EMERGENCY",
    "ctrl+q": "Leave?",
    "ctrl+p": "",
}
"""Keys of the console that open a window while play runs, and its title where that is always the same."""

STATION = {
    "d": "Decide",
    "a": "Answer a consultation",
    "s": "",
    "c": "Consult partners before you act",
    "p": "",
    "m": "",
    "question_mark": "Keys of this station",
}
WATCH = {
    "o": "Observation",
    "y": "Rate an objective",
    "t": "Adjust a score",
    "i": "Explain",
    "question_mark": "Keys of this seat",
    "ctrl+q": "Leave?",
}


class Walker:
    """Opens windows one after the other and looks at each."""

    def __init__(self, app: App[None], pilot: Pilot[None], size: tuple[int, int]) -> None:
        self.app, self.pilot, self.size = app, pilot, size

    async def press(self, *keys: str) -> None:
        """Press keys, each after the one before was dealt with."""
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause()

    async def walk(self, windows: dict[str, str]) -> None:
        """Open each window, resize the terminal under it, and close it."""
        ground, now, then = self.app.screen, self.size, SIZES[self.size]
        for key, title in windows.items():
            await self.press(key)
            window = self.app.screen
            assert isinstance(window, ModalScreen), key
            self.look(window, now, title)
            now, then = then, now
            await self.resize(now)
            self.look(window, now, title)
            for _ in range(3):
                if self.app.screen is not ground:
                    await self.press("escape")
            self.look(ground, now, "")
        if now != self.size:
            await self.resize(self.size)

    async def resize(self, size: tuple[int, int]) -> None:
        """Make the terminal so large."""
        await self.pilot.resize_terminal(*size)
        await self.pilot.pause()

    def look(self, screen: Screen[object], size: tuple[int, int], title: str) -> None:
        """Look at what is drawn: the right screen, whole lines, the window inside the terminal."""
        assert self.app.screen is screen
        lines = shown(self.app).split("\n")
        assert {cell_len(line) for line in lines} == {size[0]}
        assert len(lines) == size[1]
        assert sum(bool(line.strip()) for line in lines) >= len(lines) // 8, "\n".join(lines)
        if not isinstance(screen, ModalScreen) or isinstance(screen, CommandPalette):
            return
        frame = screen.query_one(".window").region
        assert frame.right <= size[0], title
        assert frame.bottom <= size[1], title
        top, bottom = lines[frame.y], lines[frame.bottom - 1]
        assert title[:40] in top
        assert "T+" in bottom, bottom


async def use_stations(walker: Walker, keys: Sequence[str] = ("f2", "f3", "f4")) -> None:
    """Have each team open its station and hand the keyboard back."""
    for key in keys:
        await walker.press(key, "enter", "f1", "enter")


@pytest.mark.parametrize("used", [False, True], ids=["fresh", "after stations"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_f1_w1_w2_every_window_of_the_console(size: tuple[int, int], used: bool) -> None:
    play = staging.Play().start().release("notice", "detection")
    app = play.app()
    async with app.run_test(size=size) as pilot:
        walker = Walker(app, pilot, size)
        await pilot.pause()
        if used:
            await use_stations(walker)
        before = play.kinds()
        await walker.walk(CONSOLE)
        assert play.kinds() == before


@pytest.mark.parametrize("used", [False, True], ids=["fresh", "after a station"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_f1_before_startex(size: tuple[int, int], used: bool) -> None:
    app = staging.Play().app()
    async with app.run_test(size=size) as pilot:
        walker = Walker(app, pilot, size)
        await pilot.pause()
        if used:
            await use_stations(walker, ("f2",))
        await walker.walk({key: CONSOLE[key] for key in ("enter", "question_mark", "n", "i", "l")})


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_w1_w3_every_form_of_a_station(size: tuple[int, int]) -> None:
    play = playing.Play().start().until(6)
    play.do("seoul", c.Consult(with_=("washington",), text="Will you sound the sirens?"))
    links = {seat: LocalLink(play.session, seat) for seat in ("facilitator", "washington", "tokyo", "seoul")}
    app = TabletopApp(links)
    async with app.run_test(size=size) as pilot:
        walker = Walker(app, pilot, size)
        await pilot.pause()
        await walker.press("f2", "enter")
        await walker.walk(STATION)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_w1_teams_are_asked_at_a_gate_and_rate_themselves(size: tuple[int, int]) -> None:
    play = staging.Play().start().do(c.Gate())
    app = play.app()
    async with app.run_test(size=size) as pilot:
        walker = Walker(app, pilot, size)
        await pilot.pause()
        await walker.walk({"ctrl+y": "Ask every team to rate itself"})
        play.do(c.AskSelfRatings())
        await walker.walk({"ctrl+y": "How teams rate themselves"})
        await walker.press("f2", "enter")
        await walker.walk({"y": "How did your team do?"})


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_w1_every_window_of_an_evaluator(size: tuple[int, int]) -> None:
    app = WatchApp(playing.Play().start().until(6))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await Walker(app, pilot, size).walk(WATCH)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_w1_the_question_of_the_wall(size: tuple[int, int]) -> None:
    app = WallApp(playing.Play().start().until(6))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await Walker(app, pilot, size).walk({"ctrl+q": "Leave?"})


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_f1_a_demonstration_whose_visitor_opens_a_station(size: tuple[int, int]) -> None:
    path = find_scenario("sakishima-dawn")
    time = VirtualTime()
    session = Session.begin(
        MemoryLog(), load_scenario(path).scenario, name="Demonstration", seed=0, time=time.source()
    )
    moves = read_moves(path.parent / "games" / "cooperative.yaml")
    demonstration = Demonstration(session, time, moves, speed=60, monotonic=iter(range(1_000_000)).__next__)
    for _ in range(5):
        demonstration.tick()
    teams = session.state.script.scenario.teams
    app = TabletopApp({seat: LocalLink(session, seat) for seat in ("facilitator", *teams)})
    async with app.run_test(size=size) as pilot:
        walker = Walker(app, pilot, size)
        await pilot.pause()
        await walker.press("p")
        await use_stations(walker, ("f3",))
        await walker.walk({key: CONSOLE[key] for key in ("enter", "question_mark", "i", "l", "n")})
