"""What arrives in one read of the terminal: keys that were pressed, or text pasted without brackets."""

from __future__ import annotations

import pytest
from textual import events
from textual._xterm_parser import XTermParser

from tabletop.tui.key_reads import ENOUGH, HOLD, MANY, KeyReads, Typed

ESC = events.Key("escape", "\x1b")
"""What Textual makes of a lone byte once nothing has followed it for a while."""


class Line:
    """A line on which bytes arrive, and what came of them."""

    def __init__(self) -> None:
        self._parser, self._reads = XTermParser(), KeyReads()
        self.out: list[str] = []

    def read(self, data: str) -> Line:
        """These bytes arrive in one read."""
        for message in self._parser.feed(data):
            assert isinstance(message, events.Key)
            self._reads.add(message)
        return self._note(self._reads.end_read())

    def escape(self) -> Line:
        """Esc was read, and for a while nothing followed."""
        self._reads.add(ESC)
        return self._note(self._reads.end_read())

    def quiet(self, rounds: int = 1) -> Line:
        """Nothing arrives."""
        for _ in range(rounds):
            self._note(self._reads.end_read())
        return self

    def mouse(self) -> Line:
        """Only the mouse moved."""
        return self._note(self._reads.end_read(quiet=False))

    def flush(self) -> Line:
        """A button of the mouse was pressed."""
        return self._note(self._reads.flush())

    def _note(self, typed: list[Typed]) -> Line:
        self.out += [
            f"paste {item.text!r}" if isinstance(item, events.Paste) else f"key {item.key}" for item in typed
        ]
        return self


def keys(text: str) -> list[str]:
    return [f"key {key}" for key in text.split()]


@pytest.mark.parametrize(
    ("written", "acts"),
    [
        ("s\r", "s enter"),
        ("abc\r", "a b c enter"),
        ("s\r\r", "s enter enter"),
        ("nhi", "n h i"),
        ("ab\x1b[Bcd\r", "a b down c d enter"),
        ("note\x13", "n o t e ctrl+s"),
        ("note\x7f\r", "n o t e backspace enter"),
        ("\x1bOQhello\r", "f2 h e l l o enter"),
    ],
)
def test_w6_what_a_person_or_a_script_presses_stays_keys(written: str, acts: str) -> None:
    assert Line().read(written).out == keys(acts)


@pytest.mark.parametrize(
    ("written", "pasted"),
    [
        ("first line\rx marks the spot\rpatrol is late\r", "first line\nx marks the spot\npatrol is late\n"),
        ("word\r", "word\n"),
        ("\rword", "\nword"),
        ("one\r\ntwo\r\n", "one\ntwo\n"),
        ("one\ntwo\n", "one\ntwo\n"),
        ("a\tb\tc\td\r", "a\tb\tc\td\n"),
        ("作戦会議\r", "作戦会議\n"),
        ("x" * MANY, "x" * MANY),
    ],
)
def test_w6_characters_with_a_line_break_in_one_read_are_one_paste(written: str, pasted: str) -> None:
    assert Line().read(written).out == [f"paste {pasted!r}"]


def test_w6_type_ahead_without_a_line_break_stays_keys() -> None:
    assert Line().read("nhello there").out == keys("n h e l l o space t h e r e")
    assert Line().read("x" * (MANY - 1)).out == keys("x " * (MANY - 1))
    assert Line().read("x" * (ENOUGH - 1) + "\r").out == [*keys("x " * (ENOUGH - 1)), "key enter"]


def test_w6_a_paste_goes_on_in_the_reads_that_follow_until_the_line_is_quiet() -> None:
    line = Line().read("first line\rpat").read("rol").mouse().read("\rp").quiet().read("p")
    assert line.out == ["paste 'first line\\npat'", "paste 'rol'", "paste '\\np'", "key p"]


def test_w6_another_key_ends_a_paste() -> None:
    line = Line().read("first line\rpat").read("\x1b[B").read("p")
    assert line.out == ["paste 'first line\\npat'", "key down", "key p"]


def test_a_split_sequence_is_no_esc_and_no_letters() -> None:
    for half in ("[A", "[1;5C", "OQ", "[15~", "[<35;10;5M", "[I"):
        line = Line().escape().quiet(HOLD - 1).read(half)
        assert line.quiet(HOLD).read("p").out == ["key p"], half


def test_what_follows_the_second_half_of_a_sequence_acts() -> None:
    assert Line().escape().read("[Ap").out == ["key p"]


def test_esc_acts_once_nothing_has_followed_it() -> None:
    line = Line().escape().quiet(HOLD - 1)
    assert line.out == []
    assert line.quiet().out == ["key escape"]
    assert line.quiet(HOLD).read("[A").out[1:] == ["key left_square_bracket", "key A"]


def test_esc_acts_before_the_next_key_or_click_and_waits_no_longer() -> None:
    assert Line().escape().read("r").out == ["key escape", "key r"]
    assert Line().escape().escape().quiet(HOLD).out == ["key escape", "key escape"]
    assert Line().escape().flush().quiet(HOLD).out == ["key escape"]
    assert Line().escape().read("two\rlines\r").out == ["key escape", "paste 'two\\nlines\\n'"]


def test_esc_of_the_kitty_protocol_waits_for_nothing() -> None:
    assert Line().read("\x1b[27u").out == ["key escape"]


def test_a_split_paste_bracket_begins_a_paste() -> None:
    line = Line().escape().read("[200~one line").read("p").quiet().read("p")
    assert line.out == ["paste 'one line'", "paste 'p'", "key p"]


@pytest.mark.parametrize("pasted", ["G\rY\r", "R\rX\rQ\r", "C\rY\r", "D\r2\r \r", "x\ny"])
def test_w6_two_lines_are_a_paste_however_short_they_are(pasted: str) -> None:
    """Each of these closed a phase or a record, released an inject or took a decision."""
    (paste,) = Line().read(pasted).out
    assert paste.startswith("paste ")
