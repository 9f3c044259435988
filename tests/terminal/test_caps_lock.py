"""W7: letters act alike with and without Caps Lock."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.terminal.console import F2, Console

pytestmark = pytest.mark.slow


def test_w7_commands_of_the_console_act_with_caps_lock(start_console: Callable[..., Console]) -> None:
    console = start_console()
    console.open("B", "Seats")
    console.leave("Seats")
    console.type("S")
    console.shows("RUNNING")
    console.open("N", "Note")
    console.leave("Note")
    console.type("R")
    console.shows("^✓ A01", "Next is A02")
    assert console.quit() == 0


def test_w7_caps_lock_edits_and_does_not_ask_to_end_the_exercise(
    start_console: Callable[..., Console],
) -> None:
    console = start_console()
    console.startex()
    console.open("E", "Edit A01")
    console.shows_no("ENDEX")
    console.leave("Edit A01")
    assert console.quit() == 0


def test_w7_commands_of_a_station_act_with_caps_lock(start_console: Callable[..., Console]) -> None:
    console = start_console()
    console.startex()
    console.to_team(F2)
    for key, title in {"C": "Consult partners", "P": "Speak in public", "M": "Write"}.items():
        console.open(key, title)
        console.leave(title)
    console.to_console()
    assert console.quit() == 0
