"""A terminal goes away: its window is closed, or the line to it is cut."""

from __future__ import annotations

import signal
from collections.abc import Callable

import pytest

from tabletop.cli.main import main
from tests.terminal.console import Console, Seat
from tests.terminal.room import Room

pytestmark = pytest.mark.slow

IGNORING_SIGHUP = ["/bin/sh", "-c", 'trap "" HUP; exec "$@"', "sh"]
"""What `nohup` does, which would put the output into a file besides."""


@pytest.mark.parametrize("through", [[], IGNORING_SIGHUP], ids=["SIGHUP", "SIGHUP ignored"])
def test_f22_the_console_ends_with_its_terminal_and_nothing_is_lost(
    start_console: Callable[..., Console], start: Callable[..., Seat], through: list[str]
) -> None:
    console = start_console(through=through)
    console.startex()
    console.type("r")
    console.shows("Release A01: Recorded")
    console.hang_up()
    assert console.exit_status() == -signal.SIGHUP
    assert main(["verify", str(console.log)]) == 0
    again = start("run", "--resume", "--log", str(console.log), "--port", "0")
    again.shows("^✓ A01", "Play is paused")
    assert again.quit() == 0


def test_w9_a_station_ends_with_its_terminal_where_sighup_is_ignored(room: Room) -> None:
    """It would take a whole core, as its input is at an end for ever."""
    station = room.station("Tokyo", through=IGNORING_SIGHUP)
    room.console.shows("1 joined")
    station.hang_up()
    assert station.exit_status() == -signal.SIGHUP
    room.console.shows("0 joined")
