"""Dialogs of a station open at once: drawn once, and shown over what goes on below."""

from __future__ import annotations

import pytest
from textual._compositor import Compositor
from textual.css.stylesheet import Stylesheet
from textual.widget import Widget

from tabletop.tui.station.dialogs.sheet import Sheet
from tests.tui.counting import count
from tests.tui.station.playing import Play, StationApp, press, shown


@pytest.mark.parametrize("key", ["d", "m", "c", "p"])
@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_a_dialog_is_drawn_once(
    key: str, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each drawing of the whole terminal takes as long as all the rest; keys wait for it."""
    app = StationApp(Play().start().until(6))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        drawn = count(monkeypatch, Compositor, "render_full_update")
        laid_out = count(monkeypatch, Compositor, "reflow")
        styled = count(monkeypatch, Stylesheet, "apply")
        await press(pilot, key)
        sheet = app.screen
        assert isinstance(sheet, Sheet)
        assert len(drawn) == 1
        assert len([root for root in laid_out if root is sheet]) <= 2
        parts = list(sheet.walk_children(Widget))
        again = [node for node in styled if isinstance(node, Widget) and node in parts]
        assert len(again) <= 2 * len(parts)
        assert sheet.has_class("-tall" if size[1] == 60 else "-short")


async def test_a_dialog_shows_its_keys_and_follows_the_size_of_the_terminal() -> None:
    """From the first moment, and from boxes to rules."""
    app = StationApp(Play().start().until(6))
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "d")
        assert "Ctrl+S Record" in " ".join(shown(app).split())
        assert app.screen.has_class("-tall")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert app.screen.has_class("-short")
        assert app.screen.query_one("#box").region.width == 80
        assert "Ctrl+S Record" in " ".join(shown(app).split())


async def test_rows_of_the_inbox_take_the_room_of_the_terminal_at_once() -> None:
    """Not at the next tick: nothing jumps under the eyes of whoever begins to read."""
    app = StationApp(Play().start().until(6))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "T+0 · " in shown(app)
        await pilot.resize_terminal(120, 24)
        assert "T+0 · " not in shown(app)
