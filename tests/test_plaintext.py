"""Text that people typed never reaches a terminal as an instruction."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.plaintext import (
    display_width,
    find_control,
    find_controls,
    in_quotes,
    one_line,
    visible,
)
from tests.harmless import has_control

ANY_TEXT = st.text(st.characters())
HARMFUL = [
    *(chr(code) for code in range(0x20) if chr(code) not in "\n\t"),
    *(chr(code) for code in range(0x7F, 0xA0)),
    *"\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff",
    "\ud800",
    "\udfff",
]


@pytest.mark.parametrize("character", HARMFUL, ids=lambda character: f"U+{ord(character):04X}")
def test_every_harmful_character_is_found_and_replaced(character: str) -> None:
    text = f"ab{character}c"
    assert find_control(text) == 2
    assert has_control(text)
    assert len(visible(text)) == 4
    assert not has_control(visible(text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇"),
        ("\x9b31m", "�31m"),
        ("a\x7fb", "a␡b"),
        ("\u202eabc", "�abc"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("与那国 요나구니 🎌", "与那国 요나구니 🎌"),
        ("family 👨\u200d👩\u200d👧", "family 👨\u200d👩\u200d👧"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_one_line_marks_where_lines_ended() -> None:
    assert one_line("a\nb\r\nc\td\re") == "a ↵ b ↵ c ⇥ d␍e"


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("plain", 5),
        ("海峡", 4),
        ("ﾊﾝｶｸ", 4),
        ("e\u0301", 1),
        ("a\u200bb", 2),
        ("\u1112\u1161\u11ab", 2),
        ("🎌", 2),
        ("soft\u00adhyphen", 11),
        ("␛", 1),
    ],
)
def test_display_width(text: str, cells: int) -> None:
    assert display_width(text) == cells


@given(ANY_TEXT)
def test_visible_is_safe_and_keeps_positions(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert not has_control(shown)
    assert visible(shown) == shown
    shown.encode("utf-8")  # no half of a surrogate pair is left
    assert all(unicodedata.category(character) != "Cc" or character in "\n\t" for character in shown)


@given(ANY_TEXT)
def test_one_line_has_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1
    assert not has_control(one_line(text))


@given(ANY_TEXT)
def test_the_first_control_is_the_first_of_all(text: str) -> None:
    found = list(find_controls(text))
    assert (found[0] if found else None) == find_control(text)
    changed = zip(text, visible(text), strict=True)
    assert [index for index, (old, new) in enumerate(changed) if old != new] == found


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hold it", "“Hold it”"),
        ('"A ballistic missile."', "“‘A ballistic missile.’”"),
        ("Call it “failed”, once", "“Call it ‘failed’, once”"),
        ('say "a", then "b"', "“say ‘a’, then ‘b’”"),
        ('a 5" pipe', '“a 5" pipe”'),
    ],
)
def test_quotations_within_quotations_have_single_marks(text: str, shown: str) -> None:
    """As a reader expects."""
    assert in_quotes(text) == shown
