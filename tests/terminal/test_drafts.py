"""Programs that are killed, or lose their terminal, while somebody types: the next one has the form open."""

from __future__ import annotations

import signal
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal.console import CTRL_S, F3, TAB, Console, Seat
from tests.terminal.room import Room

pytestmark = pytest.mark.slow

TYPED = "This was being typed when the program ended"


def on_disk(seat: Seat, path: Path, text: str) -> None:
    """Wait until a file holds what was typed. The clock draws each second, and each time it is looked at."""
    seat.until(lambda _: path.exists() and text in path.read_text(), f"{text!r} in {path}")


def go_on(start: Callable[..., Seat], console: Console) -> Seat:
    """Start the console again on its log."""
    return start("run", "--resume", "--log", str(console.log), "--port", "0", size=(120, 40))


def test_f1_a_console_that_is_killed_has_its_form_open_again(
    start_console: Callable[..., Console], start: Callable[..., Seat]
) -> None:
    console = start_console(size=(120, 40))
    console.startex()
    console.to_team(F3)
    console.open("m", "Write a message")
    console.type(f"2{TAB}Between the two of us")
    console.shows("Between the two of us")
    console.to_console()
    console.open("m", "Message from exercise control")
    console.type(f"{TAB}{TAB}{TAB}A long careful draft")
    drafts = console.log.with_name(f"{console.log.name}-drafts.json")
    on_disk(console, drafts, "A long careful draft")
    assert stat.S_IMODE(drafts.stat().st_mode) == 0o600
    console.process.kill()
    console.process.wait()

    again = go_on(start, console)
    again.shows("A long careful draft", TYPED)
    again.type(f", to its end{CTRL_S}")
    again.shows("Message to Washington, Tokyo and Seoul: Recorded")
    again.type("p")
    again.shows("RUNNING")
    again.to_team(F3)
    again.shows("Between the two of us", TYPED)
    again.type(CTRL_S)
    again.shows("Recorded: message to")
    assert not drafts.exists()


def test_f1_a_station_that_is_killed_has_its_form_open_again(room: Room, tmp_path: Path) -> None:
    room.console.startex()
    station = room.station("Tokyo")
    station.open("c", "Consult partners before you act")
    station.type(f"1{TAB}Can we agree on a word")
    known = next((tmp_path / "Tokyo").rglob("seat-*.json"))
    drafts = known.with_name(known.name.replace("seat-", "drafts-"))
    on_disk(station, drafts, "Can we agree on a word")
    assert stat.S_IMODE(drafts.stat().st_mode) == 0o600
    assert stat.S_IMODE(drafts.parent.stat().st_mode) == 0o700
    station.process.kill()
    station.process.wait()

    again = room.again("join", "Tokyo")
    again.shows("Can we agree on a word", TYPED)
    again.type(CTRL_S)
    again.shows("Recorded: Washington consulted")
    assert not drafts.exists()


def test_f1_the_last_word_before_the_window_was_closed_is_there(
    start_console: Callable[..., Console], start: Callable[..., Seat]
) -> None:
    console = start_console(size=(120, 40))
    console.open("n", "Note")
    console.type("The very last word")
    console.shows("The very last word")
    console.hang_up()
    assert console.exit_status() == -signal.SIGHUP
    go_on(start, console).shows("The very last word", TYPED)
