"""People at terminals of their own join the exercise of a console: a team, and the wall."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.terminal.big_words import big_words
from tests.terminal.console import CTRL_O, CTRL_S
from tests.terminal.room import Room
from tests.terminal.screen import Screen

pytestmark = pytest.mark.slow


def test_a_station_joins_reads_an_inject_and_decides(room: Room) -> None:
    console = room.console
    console.startex()
    console.type("r")
    console.shows("Next is A02")
    console.open(CTRL_O, "Open the options to Tokyo now")
    console.type("y")
    station = room.station("Tokyo")
    station.shows("1 new")
    console.shows("1 joined")
    station.type("n")
    station.shows("To the navigational-warning desk")
    station.open("d", "Decide")
    station.type("2")
    station.shows(r"\(●\) 2")
    station.type(CTRL_S)
    station.shows("Recorded: T1")
    console.shows("Tokyo opened inject A01", "Tokyo decided T1")
    assert station.quit() == 0


def test_the_wall_shows_the_running_clock_at_every_size_and_is_left(room: Room) -> None:
    wall = room.wall()
    wall.shows("BEFORE STARTEX")
    room.console.startex()
    wall.shows("PLAY IS RUNNING")
    clock = big_words("T+")

    def changed(before: list[str]) -> Callable[[Screen], bool]:
        return lambda screen: clock(screen) not in (None, before)

    for size in ((80, 24), (200, 60), (60, 20)):
        wall.resize(size)
        wall.until(lambda screen: "EXERCISE EXERCISE" in screen.rows[-1], f"a page that fills {size}")
        wall.shows("PLAY IS RUNNING")
        shown = wall.until(clock, f"the clock at {size}")
        wall.until(changed(shown), "a clock that runs")
    assert wall.quit() == 0
