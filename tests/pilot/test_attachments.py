"""Attachments at a station and on the console: what they show is always said, also where nothing is drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.tui.kit import attachment_window
from tabletop.tui.kit.attachment_window import AttachmentWindow
from tests.exercise.test_attached import scenario_with_files
from tests.tui.console.staging import Play as ConsolePlay
from tests.tui.console.staging import console
from tests.tui.station.playing import Play, StationApp, press, shown

SIZE = (100, 30)


async def test_a_page_says_what_is_attached_and_o_opens_it() -> None:
    app = StationApp(Play(scenario_with_files()).start().until(6), "washington")
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "n", "n")
        assert "Attached: A red spot (heat.png)  [O] open" in shown(app)
        await press(pilot, "o")
        assert isinstance(app.screen, AttachmentWindow)
        assert "heat.png: A red spot" in shown(app)
        assert "This terminal cannot draw it: O opens it in a viewer." in shown(app)
        await press(pilot, "escape")
        assert not isinstance(app.screen, AttachmentWindow)


async def test_opening_it_outside_leaves_a_private_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []

    def open_outside(path: Path) -> bool:
        opened.append(path)
        return False

    monkeypatch.setattr(attachment_window, "open_outside", open_outside)
    app = StationApp(Play(scenario_with_files()).start().until(6), "washington")
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "n", "n", "o", "o")
        assert "There is no viewer here. A copy is in" in shown(app)
    (path,) = opened
    assert path.name == "heat.png"
    assert path.stat().st_mode & 0o077 == 0


async def test_o_says_why_it_does_nothing() -> None:
    app = StationApp(Play(scenario_with_files()).start().until(6), "tokyo")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await press(pilot, "n", "n", "o")
        assert "Nothing is attached to what is open." in shown(app)


async def test_the_console_shows_what_goes_out_with_an_inject() -> None:
    play = ConsolePlay(scenario_with_files())
    async with console(play) as desk:
        await desk.press("down", "comma")
        assert isinstance(desk.app.screen, AttachmentWindow)
        assert "heat.png: A red spot" in shown(desk.app)
