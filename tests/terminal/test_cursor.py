"""The terminal's own cursor stands where text goes: input methods show there what is being composed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.terminal.console import F2, TAB, Console
from tests.terminal.screen import Screen

pytestmark = pytest.mark.slow

TYPED = "§§"


def place(screen: Screen) -> tuple[int, int] | None:
    """Column and row of what was typed."""
    for row in range(screen.size[1]):
        cells = screen.cells(row)
        if TYPED[0] in cells:
            return cells.index(TYPED[0]), row
    return None


def stands_where_text_goes(console: Console) -> None:
    """Type something; it appears where the cursor stood, and the cursor behind it."""
    console.settle()
    before = console.see(lambda screen: screen.cursor)
    console.type(TYPED)
    column, row = console.until(place, "what was typed")
    console.settle()
    after = console.see(lambda screen: screen.cursor)
    assert before[:2] == (column, row)
    assert after[:2] == (column + len(TYPED), row)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_cursor_stands_in_the_first_text_of_a_form(
    start_console: Callable[..., Console], size: tuple[int, int]
) -> None:
    console = start_console(size=size)
    console.startex()
    for key, title in {"n": "Note", "o": "Observation", "x": "Ad hoc inject"}.items():
        console.open(key, title)
        stands_where_text_goes(console)
        console.leave(title)
    console.to_team(F2)
    console.open("c", "Consult partners")
    console.type("1")
    console.shows(r"\[.\] 1 Tokyo")
    console.type(TAB)
    stands_where_text_goes(console)
