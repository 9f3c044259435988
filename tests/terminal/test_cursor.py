"""The terminal's own cursor stands where text goes: input methods show there what is being composed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.terminal.console import F2, TAB, Console
from tests.terminal.screen import Screen
from tests.terminal.terminal import Size

pytestmark = pytest.mark.slow

TYPED = "§§"
BACKSPACE = "\x7f"

FORMS = {"n": "Note", "o": "Observation", "x": "Ad hoc inject"}
DIALOGS = {"c": "Consult partners", "m": "Write a message"}


def place(screen: Screen) -> tuple[int, int] | None:
    """Return column and row of what was typed."""
    for row in range(screen.size[1]):
        cells = screen.cells(row)
        if TYPED[0] in cells:
            return cells.index(TYPED[0]), row
    return None


def stands_at(column: int, row: int) -> Callable[[Screen], bool]:
    """Return a look that tells whether the cursor is there."""
    return lambda screen: screen.cursor[:2] == (column, row)


def stands_where_text_goes(console: Console, windows: dict[str, str], *to_text: str) -> None:
    """Learn where the text of each window is, then find the cursor there before anything is typed.

    `to_text` are the keys that lead to the text of a window. There is more than one window, with its text
    elsewhere, since the cursor could stand where it was last.
    """
    places = {}
    for key, title in windows.items():
        console.open(key, title)
        for step in (*to_text, TYPED):
            console.type(step)
        column, row = places[key] = console.until(place, "what was typed")
        console.until(stands_at(column + len(TYPED), row), "the cursor behind what was typed")
        console.type(BACKSPACE * len(TYPED))
        console.until(lambda screen: place(screen) is None, "an empty text again")
        console.leave(title)
    assert len(set(places.values())) > 1
    for key, title in windows.items():
        console.open(key, title)
        for step in to_text:
            console.type(step)
        console.until(stands_at(*places[key]), f"the cursor in the text of “{title}”, at {places[key]}")
        console.leave(title)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_cursor_stands_in_the_text_of_a_form(start_console: Callable[..., Console], size: Size) -> None:
    console = start_console(size=size)
    console.startex()
    stands_where_text_goes(console, FORMS)


def test_the_cursor_stands_in_the_text_of_a_dialog(start_console: Callable[..., Console]) -> None:
    console = start_console()
    console.startex()
    console.to_team(F2)
    stands_where_text_goes(console, DIALOGS, TAB)
