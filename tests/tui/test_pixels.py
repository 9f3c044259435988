"""Letters made of squares."""

from __future__ import annotations

import string

import pytest

from tabletop.tui.kit.big_words import scale_for
from tabletop.tui.kit.pixels import ROWS, can_be_drawn, in_two_lines, size_of, squares


@pytest.mark.parametrize("character", [*string.ascii_uppercase, *string.digits, *"+-: "])
def test_a_letter_is_of_one_width_and_of_full_height(character: str) -> None:
    rows = squares(character)
    assert len(rows) == ROWS
    assert len({len(row) for row in rows}) == 1
    assert set("".join(rows)) <= {"#", " "}


def test_no_two_letters_look_the_same() -> None:
    drawn = [squares(character) for character in string.ascii_uppercase + string.digits]
    same = {("O", "0"), ("S", "5")}
    for first in range(len(drawn)):
        for second in range(first):
            pair = tuple((string.ascii_uppercase + string.digits)[n] for n in (second, first))
            assert drawn[first] != drawn[second] or pair in same, pair


def test_a_word_has_a_gap_between_its_letters() -> None:
    assert squares("1:")[0] == " #   "
    assert size_of("T+36:05") == 25


def test_only_what_has_a_shape_is_drawn() -> None:
    assert can_be_drawn("Sakishima Dawn 2")
    assert not can_be_drawn("Ōkinawa")
    assert not can_be_drawn(" ")


def test_letters_grow_with_the_room() -> None:
    assert [scale_for("T+36:05", width, height) for width, height in ((49, 9), (50, 5), (150, 15))] == [
        *(0, 1, 3)
    ]
    assert in_two_lines("One two three") == ("One two", "three")
    assert in_two_lines("One") == ("One", "")
