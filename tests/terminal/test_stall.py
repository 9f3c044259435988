"""A terminal that takes nothing in, because somebody marks text in it or drags its window, stops nobody."""

from __future__ import annotations

import re
from collections.abc import Callable
from http.client import HTTPConnection

import pytest

from tests.terminal.console import CTRL_S, Console
from tests.terminal.frames import frame

pytestmark = pytest.mark.slow

DOWN, UP = "\x1b[B", "\x1b[A"
KEYS = 60
"""Each is drawn by itself, as a request is answered after it; some twenty fill all that holds output."""

ANSWERED = 5.0
"""Seconds in which the host answers on however busy a machine; one that waits for the terminal never does."""


def get(port: int) -> int:
    """Ask the host for its front page; return the status."""
    connection = HTTPConnection("127.0.0.1", port, timeout=ANSWERED)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    finally:
        connection.close()


def test_f14_the_host_answers_and_the_screen_is_drawn_whole_when_the_terminal_goes_on(
    start_console: Callable[..., Console],
) -> None:
    console = start_console(size=(120, 40))
    address = re.search(r"127\.0\.0\.1:(\d+)", console.open_seats())
    assert address is not None
    console.leave("Seats")
    console.startex()
    console.settle()
    console.stall()
    for _ in range(KEYS):
        console.type(DOWN + UP)
        assert get(int(address[1])) == 200
    console.type(f"nseen by nobody{CTRL_S}r")
    console.go_on()
    console.shows("^│✓ A01", "Release A01: Recorded", "seen by nobody")
    for panel in ("MSEL", "1 ", "2 Teams", "3 Events", "4 Scores"):
        console.until(frame(panel), f"a whole panel {panel}")
