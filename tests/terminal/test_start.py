"""The program starts, is played at and is left on a terminal of any size, which it leaves as it found it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.terminal.console import Console, Seat
from tests.terminal.frames import filled
from tests.terminal.screen import ALTERNATE_SCREEN, BRACKETED_PASTE, CURSOR, FOCUS_REPORTS, LINE_WRAP, MOUSE
from tests.terminal.terminal import Size

pytestmark = pytest.mark.slow

SIZES = [(60, 20), (80, 24), (120, 40), (200, 60)]
TAKEN = {ALTERNATE_SCREEN, BRACKETED_PASTE, FOCUS_REPORTS, *MOUSE}


@pytest.mark.parametrize("size", SIZES)
def test_the_console_opens_and_leaves_the_terminal_as_it_was(start: Callable[..., Seat], size: Size) -> None:
    console = start("run", "sakishima-dawn", "--new", size=size)
    console.shows("EXERCISE EXERCISE EXERCISE", "All is ready", "A01 ", r"\? Help")
    console.until(filled, "a screen that is used")
    assert console.see(lambda screen: screen.modes) >= {ALTERNATE_SCREEN, BRACKETED_PASTE}
    assert console.quit() == 0
    assert not console.see(lambda screen: screen.modes) & TAKEN
    assert console.see(lambda screen: screen.modes) >= {CURSOR, LINE_WRAP}
    assert console.see(lambda screen: screen.cursor.shown)
    # The line wraps wherever the path of the log makes it.
    console.until(
        lambda screen: "Togoon:tabletoprun" in "".join("".join(screen.rows).split()), "how to go on"
    )
    console.shows_no("EXERCISE", "Traceback")


def test_startex_the_clock_runs_and_an_inject_is_released(start_console: Callable[..., Console]) -> None:
    console = start_console()
    console.type("s")
    console.shows("RUNNING", "A01 is due now|A01 was due")
    console.shows(r"T\+\d+:(0[1-9]|[1-5]\d)")
    console.type("r")
    console.shows(r"^✓ A01", "Next is A02")
    assert "inject-released" in [event.type for event in console.recorded()]


def test_keys_typed_at_once_act_in_their_order(start_console: Callable[..., Console]) -> None:
    """The words stand in the note that the first of them opens."""
    console = start_console()
    console.type("nhello there")
    console.shows("─ Note ─", "│ hello there +│")


def test_wrong_use_is_told_in_words_and_ends_with_2(start: Callable[..., Seat]) -> None:
    seat = start("run", "no-such-scenario")
    assert seat.exit_status() == 2
    seat.shows("no-such-scenario")
    seat.shows_no("Traceback")
