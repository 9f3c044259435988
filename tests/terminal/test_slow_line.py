"""Keys and pastes that come apart on a slow line, and letters of an input method, on a real terminal."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tabletop.exercise.events import NoteTaken
from tests.terminal.console import CTRL_S, ENTER, ESC, Console
from tests.terminal.frames import no_window, window

pytestmark = pytest.mark.slow

GAP = 0.16
"""Seconds after which Textual takes a lone byte for Esc, and before which Esc acts."""

TRIES = 6
"""A busy machine may make a gap of this test longer than it is meant to be."""

HALVES = {"an arrow": "[A", "a function key": "OP", "the end of a paste": "[200~pasted\x1b[201~"}


def stays_open(console: Console, half: str, mark: str) -> bool:
    """Open a note, send a key in two parts and type a mark; return whether it stands in the note."""
    console.open("n", "Note")
    console.type(ESC)
    console.wait(lambda: False, within=GAP)
    console.type(half)
    console.type(mark)
    return console.wait(lambda: console.see(lambda screen: mark in screen.text), within=2)


@pytest.mark.parametrize("half", HALVES.values(), ids=HALVES)
def test_a_split_sequence_closes_no_form_and_types_nothing(
    start_console: Callable[..., Console], half: str
) -> None:
    console = start_console()
    for number in range(TRIES):
        mark = f"<{number}>"
        if stays_open(console, half, mark):
            break
        console.type(ESC)  # what the letters of the key opened
        console.until(no_window("Note"), "a console without a form")
    console.until(window("Note"), "the note, still open")
    console.shows(f"│ {'pasted' if 'pasted' in half else ''}{mark} +│")


def test_esc_alone_closes_a_form_and_keeps_its_draft(start_console: Callable[..., Console]) -> None:
    console = start_console()
    console.open("n", "Note")
    console.type("half a thought")
    console.shows("half a thought")
    console.leave("Note")
    console.open("n", "Note")
    console.shows("half a thought")


def test_w6_a_paste_that_arrives_in_parts_is_one_paste(start_console: Callable[..., Console]) -> None:
    """More than a read takes in, in a line that has been judged by its first part."""
    lines = [f"{number} patrol is late, release it, keep it" for number in range(300)]
    console = start_console()
    console.open("n", "Note")
    console.type("".join(f"{line}\r" for line in lines))
    console.shows(lines[-1])
    console.type(CTRL_S)
    console.shows("Note.*: Recorded")
    *_, note = console.recorded()
    assert isinstance(note, NoteTaken)
    assert note.text.splitlines() == lines


def test_letters_of_a_korean_input_method_act_by_their_keys(start_console: Callable[..., Console]) -> None:
    console = start_console()
    console.type("ㄴ")
    console.shows("RUNNING")
    console.open("ㅜ", "Note")
    console.type("작전 ㅔ")
    console.shows("작전 ㅔ")
    console.leave("Note")
    console.type("ㅔ")
    console.shows("PAUSEX")
    console.type("さ")
    console.shows("Your input method is on")
    assert console.quit() == 0


def test_w9_a_time_typed_in_jump_takes_the_place_of_the_proposed_one(
    start_console: Callable[..., Console],
) -> None:
    console = start_console()
    console.startex()
    console.open("j", "Jump to")
    console.type("T+3")
    console.shows(r"Game time +T\+3 ")
    console.type(ENTER)
    console.shows(r"T\+3:0\d")
