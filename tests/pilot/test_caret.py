"""The terminal's own cursor stands where the next character goes, from the first key on."""

from __future__ import annotations

import pytest
from textual.app import App

from tests.tui.console.staging import LARGE, MEDIUM, SMALL, Play, console
from tests.tui.station.playing import Play as StationPlay
from tests.tui.station.playing import StationApp, press, shown


def under_cursor(app: App[None], column: int, row: int) -> str:
    return shown(app).split("\n")[row][column]


@pytest.mark.parametrize("size", [SMALL, MEDIUM, LARGE])
@pytest.mark.parametrize("key", ["n", "o", "x", "e", "slash"])
async def test_the_cursor_of_the_terminal_in_fields_of_the_console(key: str, size: tuple[int, int]) -> None:
    async with console(Play().start(), size) as desk:
        await desk.press(key)
        first = desk.app.cursor_position
        await desk.press("Ω")
        assert under_cursor(desk.app, *first) == "Ω"
        assert desk.app.cursor_position == (first[0] + 1, first[1])
        await desk.press("left")
        assert desk.app.cursor_position == first


async def test_the_cursor_of_the_terminal_goes_along_when_the_terminal_is_resized() -> None:
    async with console(Play().start(), LARGE) as desk:
        await desk.press("n")
        await desk.pilot.resize_terminal(*SMALL)
        await desk.settle()
        place = desk.app.cursor_position
        await desk.press("Ω")
        assert under_cursor(desk.app, *place) == "Ω"


async def test_the_cursor_of_the_terminal_in_a_reason_at_a_station() -> None:
    app = StationApp(StationPlay().start().until(6))
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "d", "1")
        place = app.cursor_position
        await press(pilot, "Ω")
        assert under_cursor(app, *place) == "Ω"
