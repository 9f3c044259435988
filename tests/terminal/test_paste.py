"""W6: text that arrives at once with line ends in it is pasted text: it stands in a form or does nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tabletop.exercise.events import ConsultRequested, InjectReleased, NoteTaken
from tests.terminal.console import CTRL_S, DOWN, F2, F3, TAB, Console, Seat
from tests.terminal.frames import window

pytestmark = pytest.mark.slow

LINES = ["first line", "x marks the spot", "patrol is late", "keep it"]
"""Their letters are commands: `x` opens Ad hoc, `p` pauses, `k` skips; Enter reads or records."""

SAID = "(?i)paste"
"""What the last line says of pasted text that nothing takes."""


def unbracketed(seat: Seat, lines: list[str]) -> None:
    """Paste at a terminal that knows no brackets: the text and Enter for every line end, in one write."""
    seat.type("".join(f"{line}\r" for line in lines))


def bracketed(seat: Seat, lines: list[str]) -> None:
    """Paste at a terminal that brackets what is pasted."""
    seat.paste("".join(f"{line}\n" for line in lines))


Paste = Callable[[Seat, list[str]], None]
both_ways = pytest.mark.parametrize("paste", [unbracketed, bracketed])


@pytest.fixture
def console(start_console: Callable[..., Console]) -> Console:
    console = start_console()
    console.startex()
    return console


def since_startex(console: Console) -> list[str]:
    """What was recorded since STARTEX, by kind."""
    kinds: list[str] = [event.type for event in console.recorded()]
    return kinds[kinds.index("exercise-started") + 1 :]


@both_ways
def test_w6_lines_stand_in_the_note_until_the_person_sends_it(console: Console, paste: Paste) -> None:
    console.open("n", "Note")
    paste(console, LINES)
    console.shows(f"│ {LINES[-1]} ")
    console.type("!")  # behind all that was pasted
    console.shows("│ ! |keep it! ")
    console.until(window("Note"), "the note, still open")
    console.shows_no("Note.*: Recorded", "─ Ad hoc", "PAUSEX")
    console.type(CTRL_S)
    console.shows("Note.*: Recorded")
    *_, note = console.recorded()
    assert isinstance(note, NoteTaken)
    assert note.text.rstrip("!\n").splitlines() == LINES
    assert since_startex(console) == ["note-taken"]


@both_ways
def test_w6_lines_stand_in_the_text_of_an_ad_hoc_inject(console: Console, paste: Paste) -> None:
    console.open("x", "Ad hoc inject")
    for field in ("Flash", TAB, "Watch", TAB, TAB, " ", TAB, TAB, TAB):
        console.type(field)
    console.shows("Title +Flash", "From +Watch", r"\[x\] Washington")
    console.type("Seen: ")
    console.shows("│ Seen:")  # the text field has the keyboard
    paste(console, LINES[:3])
    console.shows(LINES[2])
    console.until(window("Ad hoc inject"), "the form, still open")
    console.type(CTRL_S)
    console.shows("Inject for Washington: Recorded")
    (released,) = [event for event in console.recorded() if isinstance(event, InjectReleased)]
    assert (released.title, released.sender, released.to) == ("Flash", "Watch", ("washington",))
    assert released.text.splitlines() == [f"Seen: {LINES[0]}", *LINES[1:3]]
    assert "play-paused" not in since_startex(console)


@both_ways
def test_w6_lines_act_as_no_commands_where_no_form_is_open(console: Console, paste: Paste) -> None:
    paste(console, ["patrol is late", "release it now", "x marks the spot"])
    console.shows(SAID, "RUNNING")
    console.type(DOWN)  # a letter within a tenth of a second would still belong to what is pasted
    console.note("done")
    assert since_startex(console) == ["note-taken"]


@both_ways
def test_w6_lines_act_as_no_commands_at_a_station(console: Console, paste: Paste) -> None:
    console.to_team(F3)
    paste(console, ["consult Seoul", "decide", "public"])
    console.shows(SAID)
    console.shows_no("─ +Consult", "─ +Speak")
    console.to_console()
    console.note("done")
    assert since_startex(console) == ["note-taken"]


@both_ways
def test_w6_lines_stand_in_what_a_station_asks(console: Console, paste: Paste) -> None:
    console.to_team(F2)
    console.open("c", "Consult partners")
    console.type("1")
    console.shows(r"\[.\] 1 Tokyo")
    console.type(TAB)
    console.type("Heard: ")
    console.shows("Heard:")  # the text field has the keyboard
    paste(console, LINES[:3])
    console.shows(f"^ *{LINES[2]}")
    console.until(window("Consult partners"), "the dialog, still open")
    console.type(CTRL_S)
    console.shows("Recorded")
    (asked,) = [event for event in console.recorded() if isinstance(event, ConsultRequested)]
    assert asked.text.splitlines() == [f"Heard: {LINES[0]}", *LINES[1:3]]
