"""Pasted text goes into the text field that has the focus, and is never a command."""

from __future__ import annotations

import re

import pytest
from textual.events import Paste
from textual.widgets import Input, TextArea

from tabletop.tui.console.screen import ConsoleScreen
from tabletop.tui.kit.form import Form
from tests.tui.console.staging import LARGE, MEDIUM, Console, Play, console
from tests.tui.station.playing import Play as StationPlay
from tests.tui.station.playing import StationApp, press, shown, write

LINES = "first line\nx marks the spot\npatrol is late\n"


async def paste(desk: Console, text: str) -> None:
    """Paste as a terminal with brackets does, and as the driver sends what came without."""
    desk.app.post_message(Paste(text))
    await desk.settle()


def words(desk: Console) -> str:
    """What stands on the screen, with one space for every gap."""
    return " ".join(re.sub(r"[▌▐]", " ", desk.text).split())


async def test_w6_pasted_lines_on_the_console_are_no_commands() -> None:
    """`p` would pause, `r` release; the person is told, once."""
    play = Play().start()
    async with console(play, LARGE, toasts=True) as desk:
        before = play.kinds()
        await paste(desk, LINES)
        await paste(desk, LINES)
        assert isinstance(desk.app.screen, ConsoleScreen)
        assert play.kinds() == before
        assert desk.text.count("Pasted text was not used") == 1
        assert "open a form first, for example N for a note." in words(desk)


async def test_w6_pasted_lines_stand_in_the_note() -> None:
    play = Play().start()
    async with console(play, LARGE) as desk:
        await desk.press("n")
        await paste(desk, LINES)
        assert isinstance(desk.app.screen, Form)
        assert desk.app.screen.query_one(TextArea).text == LINES
        await desk.press("ctrl+s")
        assert play.kinds()[-1] == "note-taken"


@pytest.mark.parametrize(
    ("pasted", "stands"),
    [("T+13\n", "T+13"), ("New ", "New "), ("one\n\n two\r\nthree\n", "one two three"), ("\n\n", "")],
)
async def test_w6_a_line_takes_a_paste_with_spaces_for_line_breaks(pasted: str, stands: str) -> None:
    async with console(Play().start(), LARGE) as desk:
        await desk.press("x")
        await paste(desk, pasted)
        line = desk.app.focused
        assert isinstance(line, Input)
        assert line.value == stands


async def test_w6_the_filter_takes_a_paste() -> None:
    async with console(Play().start(), LARGE) as desk:
        await desk.press("slash")
        await paste(desk, "notice\n")
        assert desk.screen.query_one("#filter", Input).value == "notice"


async def test_w6_a_paste_on_a_box_to_tick_goes_to_the_text_of_the_form() -> None:
    async with console(Play().start(), LARGE) as desk:
        await desk.press("m")
        assert not isinstance(desk.app.focused, Input | TextArea)
        await paste(desk, "r\nr\n")
        assert isinstance(desk.app.screen, Form)
        assert desk.app.screen.query_one(TextArea).text == "r\nr\n"


async def test_w6_a_window_without_a_field_takes_no_paste() -> None:
    async with console(Play().start(), MEDIUM, toasts=True) as desk:
        await desk.press("enter")
        before = desk.app.screen
        await paste(desk, LINES)
        assert desk.app.screen is before
        assert "nothing can be typed here" in words(desk)


async def test_w6_pasted_lines_at_a_station_are_no_commands() -> None:
    play = StationPlay().start()
    app = StationApp(play)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.pause()
        await write(pilot, "d\n1\nc\n")
        await pilot.pause()
        assert app.screen is app.station
        assert "Pasted text was not used" in shown(app)
        await press(pilot, "m", "1", "tab")
        await write(pilot, "two\nlines\n")
        field = app.focused
        assert isinstance(field, TextArea)
        assert field.text == "two\nlines\n"
