"""Which key of an English keyboard was pressed, with Shift, Caps Lock or an input method on. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Final

from textual.keys import KEY_NAME_REPLACEMENTS


def _by_shape(letters: str, keys: str) -> dict[str, str]:
    """Return keys by letter; a letter may also come as half-width or as a part of a syllable."""
    return {unicodedata.normalize("NFKC", letter): key for letter, key in zip(letters, keys, strict=True)}


_HANGUL: Final[Mapping[str, str]] = {
    **_by_shape("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "qwertyuiop"),
    **_by_shape("ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "asdfghjkl"),
    **_by_shape("ㅋㅌㅊㅍㅠㅜㅡ", "zxcvbnm"),
    **_by_shape("ㅃㅉㄸㄲㅆㅒㅖ", "qwertop"),  # with Shift
}
"""The Korean keyboard with two sets of letters, the standard of South Korea."""

_JAPANESE: Final[Mapping[str, str]] = {"。": ".", "・": "/"}
"""What a Japanese input method makes of signs that are commands."""

INPUT_METHOD: Final = frozenset({"HANGUL", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "CJK", "BOPOMOFO"})
"""Scripts that are written with an input method: how Unicode's names of their letters begin."""


def key_of(character: str) -> str | None:
    """Return the key that types a character on an English keyboard, without Shift for letters.

    None where it cannot be known: what Japanese kana or a Korean syllable was typed with is one of several.
    """
    plain = unicodedata.normalize("NFKC", character)
    plain = _HANGUL.get(plain, _JAPANESE.get(plain, plain))
    if len(plain) != 1 or not plain.isascii() or not plain.isprintable():
        return None
    if plain.isalnum():
        return plain.lower()
    name = unicodedata.name(plain).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)


def by_input_method(character: str) -> bool:
    """Return whether a character is one that an input method makes."""
    return unicodedata.name(unicodedata.normalize("NFKC", character)[:1], "").split(" ")[0] in INPUT_METHOD
