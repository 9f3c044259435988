"""N15: a seat that is none any more is asked for a code at once, and nobody reads what is typed."""

from __future__ import annotations

import re

import pytest

from tests.terminal.console import DOWN, ENTER
from tests.terminal.room import Room

pytestmark = pytest.mark.slow

SIZE = (120, 40)


def revoke_tokyo(room: Room) -> str:
    """Take Tokyo's seat back at the console; return a fresh code for the team."""
    room.console.open("b", "Seats")
    room.console.type(DOWN + DOWN + "r")
    room.console.shows("Revoke this seat")
    room.console.type("y")
    room.console.shows("has no seat any more")
    code = room.console.see(lambda screen: re.search(r"Tokyo +code +(\S+)", "\n".join(screen.rows)))
    assert code is not None
    room.console.leave("Seats")
    return code[1]


def test_n15_a_revoked_terminal_says_what_to_type_and_that_asks_for_a_code_at_once(room: Room) -> None:
    station = room.station("Tokyo", size=SIZE)
    code = revoke_tokyo(room)
    command = f"tabletop join {room.address}"
    station.shows("THIS TERMINAL HAS LOST ITS SEAT", f"type `{command}`")
    assert station.quit() == 0
    assert f"type `{command}`" in station.output.decode().rpartition("\x1b[?1049l")[2]
    again = room.type_again("join", "Tokyo", size=SIZE)
    again.shows("^Code, from the facilitator:")
    again.type(code + ENTER)
    again.shows("Your name")
    again.type(f"Tanaka{ENTER}")
    again.shows("Your office")
    again.type(ENTER)
    again.shows("^ TOKYO  ")
    assert code.encode() not in again.output
    assert b"*" * len(code) in again.output


def test_n15_a_seat_that_the_host_does_not_know_is_asked_for_a_code_in_the_same_command(room: Room) -> None:
    station = room.station("Tokyo", size=SIZE)
    station.process.kill()
    code = revoke_tokyo(room)
    again = room.again("join", "Tokyo", size=SIZE)
    again.shows("The host does not know this seat", "Code, from the facilitator:")
    again.type(f"no-such-code-here{ENTER}")
    again.shows(r"Your name \[Tanaka\]")
    again.type(ENTER)
    again.shows(r"Your office \[Minister\]")
    again.type(ENTER)
    again.shows("That code does not work")
    again.type(code + ENTER)
    again.shows("^ TOKYO  ")
    assert code.encode() not in again.output


def test_n15_the_facilitators_secret_leaves_nothing_on_the_screen(room: Room) -> None:
    second = room.type_again("console", "second console")
    second.shows("Facilitator's secret:")
    second.type(f"canary-in-a-coal-mine{ENTER}")
    second.shows("Your name")
    second.type(f"Sato{ENTER}")
    second.shows("Your office")
    second.type(ENTER)
    second.shows("That code does not work")
    assert b"canary" not in second.output
    assert b"*" not in second.output
