"""The emulated screen shows what a current terminal shows."""

from __future__ import annotations

import pytest

from tests.terminal.screen import Cursor, ModeReports, Screen


def shown(output: str) -> list[str]:
    screen = Screen((10, 2))
    screen.feed(output.encode())
    return screen.rows


@pytest.mark.parametrize(
    "sequence",
    [
        "\x1b[>25u",  # kitty keyboard protocol: push
        "\x1b[<u",  # and pop
        "\x1b[?u",  # and query
        "\x1b[=1;1u",
        "\x1b[?2026$p",
        "\x1b[2 q",  # style of the cursor
        "\x1b]52;c;aGk=\x07",  # clipboard
        "\x1b]22;text\x1b\\",  # shape of the pointer
        "\x1bP+q544e\x1b\\",
        "\x1b_Gi=1;AAAA\x1b\\",  # kitty graphics
    ],
)
def test_sequences_are_not_drawn_however_they_are_cut(sequence: str) -> None:
    whole = f"a{sequence}b".encode()
    for cut in range(len(whole) + 1):
        screen = Screen((10, 1))
        screen.feed(whole[:cut])
        screen.feed(whole[cut:])
        assert screen.rows == ["ab"]


def test_text_goes_on_behind_format_characters() -> None:
    assert shown("\u2068Tokyo\u2069 x\u200dy") == ["Tokyo xy", ""]


def test_a_wide_character_of_which_half_is_overwritten_is_blank() -> None:
    assert shown("日本") == ["日本", ""]
    assert shown("日本\x1b[1;2Hx") == [" x本", ""]
    assert shown("日本\x1b[1;3Hx") == ["日x", ""]


def test_the_alternate_screen_goes_away_again() -> None:
    assert shown("before\x1b[?1049hduring\x1b[?1049l") == ["before", ""]
    assert shown("before\x1b[?1049hduring") == ["during", ""]


def test_modes_and_the_cursor() -> None:
    screen = Screen((10, 2))
    screen.feed(b"\x1b[?25l\x1b[?2004h\x1b[2;4Hx")
    assert screen.cursor == Cursor(4, 1, shown=False)
    assert {2004} <= screen.modes
    assert 25 not in screen.modes
    screen.feed(b"\x1b[?25h\x1b[?2004l")
    assert screen.cursor.shown
    assert 2004 not in screen.modes


def test_mode_queries_are_answered_once_however_they_are_cut() -> None:
    queries = b"x\x1b[?2026$p\x1b[?2048$p"
    for cut in range(len(queries) + 1):
        reports = ModeReports()
        answers = reports.answer(queries[:cut]) + reports.answer(queries[cut:]) + reports.answer(b"y")
        assert answers == b"\x1b[?2026;2$y\x1b[?2048;0$y"


def test_a_smaller_screen_keeps_the_cursor_inside() -> None:
    screen = Screen((10, 5))
    screen.feed(b"\x1b[?7l\x1b[5;10Hx")
    screen.resize((4, 2))
    screen.feed(b"y")
    assert screen.size == (4, 2)
    assert screen.cursor == Cursor(3, 1, shown=True)
    assert screen.rows[1].endswith("y")
