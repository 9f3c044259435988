"""Windows open, close and stay whole, also after a station was used and while the terminal is resized."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.terminal.console import CTRL_Q, ENTER, F2, F3, Console, Seat
from tests.terminal.frames import filled, frame, window
from tests.terminal.room import Room
from tests.terminal.screen import Screen
from tests.terminal.terminal import Size

pytestmark = pytest.mark.slow

ALWAYS = {ENTER: "A01 A notice", "?": "Keys", "n": "Note", "i": "Explain", "l": "Everything that happened"}
"""Windows of the console, by the key that opens each."""

DURING_PLAY = {**ALWAYS, "x": "Ad hoc inject", "v": "Enter a move", "j": "Jump to", "o": "Observation"}

TOUR = [(200, 60), (60, 20), (120, 40)]
"""Sizes that a terminal of 80 by 24 gets under a window."""


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize(("team", "windows"), [(F2, ALWAYS), (F3, DURING_PLAY)], ids=["before", "during"])
def test_f1_w2_every_window_opens_after_a_station_was_used(
    start_console: Callable[..., Console], size: Size, team: str, windows: dict[str, str]
) -> None:
    console = start_console(size=size)
    if windows is DURING_PLAY:
        console.startex()
    console.to_team(team)
    console.to_console()
    for key, title in windows.items():
        console.open(key, title)
        console.leave(title)
    assert console.quit() == 0


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_f1_an_inject_opens_in_a_demo_after_a_station_was_used(
    start: Callable[..., Seat], size: Size
) -> None:
    demo = start("demo", size=size)
    demo.shows("RUNNING")
    demo.type("p")
    demo.shows("PAUSEX")
    demo.to_team(F3)
    demo.to_console()
    demo.open(ENTER, r"A\d\d")
    demo.leave(r"A\d\d")
    assert demo.quit() == 0


@pytest.mark.parametrize(("key", "title"), [(ENTER, "A01 A notice"), ("?", "Keys"), ("x", "Ad hoc inject")])
def test_w1_the_terminal_is_resized_under_a_window_of_the_console(
    start_console: Callable[..., Console], key: str, title: str
) -> None:
    console = start_console()
    console.startex()
    console.open(key, title)
    for size in TOUR:
        console.resize(size)
        console.until(window(title), f"a whole window “{title}” at {size}")
        console.until(filled, f"a screen that is used at {size}")
    console.leave(title)
    for panel in ("MSEL", "1 ", "2 Teams", "3 Events", "4 Scores"):
        console.until(frame(panel), f"a whole panel {panel}")
    assert console.quit() == 0


def test_w1_w3_w4_the_terminal_is_resized_under_a_dialog_of_a_station(
    start_console: Callable[..., Console],
) -> None:
    console = start_console()
    console.startex()
    console.to_team(F2)
    _consult_at_every_size(console, "Washington")
    console.to_console()
    assert console.quit() == 0


def test_w1_the_terminal_is_resized_under_a_dialog_of_a_joined_station(room: Room) -> None:
    room.console.startex()
    station = room.station("Tokyo")
    _consult_at_every_size(station, "Tokyo")
    assert station.quit() == 0


def test_w1_the_terminal_is_resized_under_a_question_of_the_wall(room: Room) -> None:
    wall = room.wall()
    wall.open(CTRL_Q, r"Leave\?")
    for size in TOUR:
        wall.resize(size)
        wall.until(window(r"Leave\?"), f"the whole question at {size}")
    wall.type(ENTER)
    assert wall.exit_status() == 0


def _consult_at_every_size(station: Seat, team: str) -> None:
    """Open a dialog, resize the terminal under it, and close it."""
    title = "Consult partners before you act"
    station.open("c", title)
    for size in TOUR:
        station.resize(size)
        station.until(window(title), f"a whole dialog at {size}")
        station.shows("Whom: press their numbers", "What you ask", "^ Tab Next field")
        station.until(_one_page(team), f"one page behind the dialog at {size}, not two mixed")
    station.leave(title)
    for panel in ("To do", "Inbox"):
        station.until(frame(panel), f"a whole panel {panel}")


def _one_page(team: str) -> Callable[[Screen], bool]:
    """Return a look that tells whether a sheet covers all of a station, or its page surrounds a dialog."""

    def look(screen: Screen) -> bool:
        if screen.size[0] < 100:
            return "To do" not in screen.text
        heads = [row for row in screen.rows if row.startswith(f" {team.upper()}")]
        return len(heads) == 1 and frame("To do")(screen) is not None and filled(screen)

    return look
