"""The key that was pressed, with Shift, Caps Lock or an input method on."""

from __future__ import annotations

import string

import pytest
from textual import events
from textual._xterm_parser import XTermParser

from tabletop.tui.kit.letter_keys import by_input_method, key_of

HANGUL = "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ"
ROWS = "qwertyuiopasdfghjklzxcvbnm"


def test_w7_upper_and_lower_case_are_one_key() -> None:
    for letter in string.ascii_letters:
        assert key_of(letter) == letter.lower()


def test_a_korean_letter_is_its_key() -> None:
    assert [key_of(letter) for letter in HANGUL] == list(ROWS)
    assert [key_of(letter) for letter in "ㅃㅉㄸㄲㅆㅒㅖ"] == list("qwertop")
    assert [key_of(letter) for letter in "ﾡﾤￂ"] == ["r", "s", "k"]
    assert sorted(ROWS) == list(string.ascii_lowercase)


def test_a_full_width_character_is_its_key() -> None:
    wide = [chr(ord(letter) - 0x21 + 0xFF01) for letter in string.ascii_letters + string.digits]
    assert [key_of(letter) for letter in wide] == list(string.ascii_letters.lower() + string.digits)


@pytest.mark.parametrize(
    ("wide", "plain"), [*zip("？／．＋－　＝，", "?/.+- =,", strict=True), ("。", "."), ("・", "/")]
)
def test_a_wide_sign_is_the_key_that_textual_names(wide: str, plain: str) -> None:
    (pressed,) = XTermParser().feed(plain)
    assert isinstance(pressed, events.Key)
    assert key_of(wide) == pressed.key


@pytest.mark.parametrize("letter", "あアｱ作나ㅘㄳ한ㄅ")
def test_what_may_have_been_typed_with_several_keys_is_no_key(letter: str) -> None:
    assert key_of(letter) is None
    assert by_input_method(letter)


@pytest.mark.parametrize("letter", "éцλ§")
def test_other_letters_are_no_key_and_no_input_method(letter: str) -> None:
    assert key_of(letter) is None
    assert not by_input_method(letter)
