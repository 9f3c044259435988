"""The cursor in the list of injects: the inject it comes to is shown at once, and little is drawn."""

from __future__ import annotations

import pytest
from textual._compositor import Compositor
from textual.events import Key

from tabletop.tui.console.panels.msel import MselList
from tests.tui.console.staging import LARGE, Play, console
from tests.tui.counting import count


async def test_the_cursor_and_the_inject_it_comes_to_are_drawn_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Drawn apart, the inject would come two frames later; of the list, only two rows are drawn."""
    async with console(Play().start(), LARGE) as desk:
        await desk.press("down")
        drawn = count(monkeypatch, Compositor, "render_update")
        rows = count(monkeypatch, MselList, "render_line")
        await desk.pilot.press("down")
        await desk.pilot.pause()
        assert drawn == [desk.screen._compositor]
        assert rows == [1, 2]
        heading = desk.screen.query_one("#inject-status").region
        line = desk.screen._compositor.render_strips()[heading.y].text[heading.x : heading.right]
        assert desk.screen.model.rows()[2].title in line


async def test_rows_moved_over_at_once_are_all_counted() -> None:
    """Each key goes on from where the one before it led, however fast they come."""
    async with console(Play().start(), LARGE) as desk:
        rows = [row.entry for row in desk.screen.model.rows()]
        await desk.press("home")
        for _ in range(4):
            desk.app.post_message(Key("down", None))
        msel = desk.screen.query_one(MselList)
        for _ in range(20):
            await desk.pilot.pause()
        assert msel.cursor == rows[4]


async def test_the_cursor_stands_in_one_row_wherever_it_goes() -> None:
    """Also when the list scrolls, and when it comes back to the next inject."""
    async with console(Play().start(), (80, 18)) as desk:
        msel = desk.screen.query_one(MselList)
        for key in ["end", "up", "home", "pagedown", "pageup", "end", "escape", "down"]:
            await desk.press(key)
            drawn = looks(msel)
            msel.refresh()
            await desk.pilot.pause()
            assert looks(msel) == drawn


def looks(msel: MselList) -> list[object]:
    """Every line as it was last drawn."""
    return [list(line) for line in msel.render_lines(msel.size.region)]
