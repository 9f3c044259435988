"""W5: a fault of the program is told in words, ends with exit status 70, and the exercise goes on."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal.console import Seat
from tests.terminal.room import Room
from tests.terminal.screen import ALTERNATE_SCREEN, BRACKETED_PASTE, MOUSE
from tests.terminal.terminal import Terminal

pytestmark = pytest.mark.slow

FAULTY = """
from textual.screen import Screen

def fail(self):
    secret = "in a local variable"
    raise KeyError("in the error's own words")

Screen.key_circumflex_accent = fail
"""
"""Python runs this before a program whose path it is on: `^` fails on every screen."""


@pytest.fixture
def faulty(tmp_path: Path) -> dict[str, str]:
    """Return what makes a program fail at `^`."""
    folder = tmp_path / "faulty"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(FAULTY)
    return {"PYTHONPATH": os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")])}


def page(terminal: Terminal) -> str:
    """Make the program fail; return what it leaves on the terminal, which is as it was before."""
    terminal.type("^")
    assert terminal.exit_status() == 70
    terminal.shows("(?i)fault")
    terminal.until(lambda screen: "/faults/" in "".join(screen.rows), "where the details are")
    terminal.shows_no("Traceback", "EXERCISE", "local variable", "own words")
    assert not terminal.see(lambda screen: screen.modes) & {ALTERNATE_SCREEN, BRACKETED_PASTE, *MOUSE}
    assert terminal.see(lambda screen: screen.cursor.shown)
    return terminal.see(lambda screen: screen.text)


def test_w5_a_fault_of_the_console_ends_with_70_and_the_command_that_goes_on(
    start: Callable[..., Seat], faulty: dict[str, str]
) -> None:
    console = start("run", "sakishima-dawn", "--new", "--port", "0", environment=faulty)
    console.shows("All is ready")
    console.type("s")
    console.shows("RUNNING")
    command = re.search("^ *tabletop (run .*)$", page(console), re.MULTILINE)
    assert command is not None
    again = start(*shlex.split(command[1]))
    again.shows("Play is paused")
    assert again.quit() == 0


def test_w5_a_fault_of_a_station_ends_with_70_and_nobody_else_notices(
    room: Room, faulty: dict[str, str]
) -> None:
    station = room.station("Tokyo", environment=faulty)
    room.console.shows("1 joined")
    assert re.search("^ *tabletop join 127", page(station), re.MULTILINE)
    room.console.shows("0 joined")
    assert room.console.quit() == 0
