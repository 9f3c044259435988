"""Windows over the console: they follow the terminal, tell the time, and the console stands still below."""

from __future__ import annotations

import pytest
from textual.screen import ModalScreen
from textual.widget import Widget

from tabletop.tui.kit.form import Form
from tests.tui.console.staging import LARGE, SMALL, Console, Play, console
from tests.tui.station.playing import shown


def frame(desk: Console) -> tuple[int, int, int, int]:
    """Where the window stands."""
    x, y, width, height = desk.app.screen.query_one(".window").region
    return x, y, width, height


@pytest.mark.parametrize("size", [(60, 12), SMALL, LARGE])
@pytest.mark.parametrize("key", ["x", "n", "l", "question_mark"])
async def test_a_window_opens_as_it_stays(key: str, size: tuple[int, int]) -> None:
    """Another layout changes nothing, also where a terminal too low for the window brings scroll bars."""
    async with console(Play().start(), size) as desk:
        await desk.pilot.press(key)
        await desk.pilot.pause()
        window = desk.app.screen
        assert isinstance(window, ModalScreen)
        opened = shown(desk.app)
        for part in window.walk_children(Widget):
            part.refresh(layout=True)
        await desk.pilot.pause()
        await desk.pilot.pause()
        assert shown(desk.app) == opened


async def test_a_window_follows_the_size_of_the_terminal() -> None:
    """Also when it changes while the window is open."""
    async with console(Play().start(), LARGE) as desk:
        await desk.press("x")
        x, y, width, height = frame(desk)
        assert abs(2 * x + width - LARGE[0]) <= 1
        assert abs(2 * y + height - LARGE[1]) <= 1
        await desk.pilot.resize_terminal(*SMALL)
        await desk.settle()
        x, y, width, height = frame(desk)
        assert abs(2 * x + width - SMALL[0]) <= 1
        assert abs(2 * y + height - SMALL[1]) <= 1
        await desk.press("escape")
        assert desk.screen.outer_size == SMALL


async def test_game_time_goes_on_in_the_border_of_a_window() -> None:
    """The console below stands still, and is up to date once the window has closed."""
    async with console(Play().start(), SMALL) as desk:
        await desk.press("x")
        window = desk.app.screen
        assert isinstance(window, Form)
        await desk.until(7)
        window.show_news()
        await desk.pilot.pause()
        assert "T+7:00 · K1 and 2 more due" in desk.text
        await desk.press("escape")
        assert "T+7:00" in desk.text
