"""Make untrusted text safe to display.

Text from a file, a team or the network passes through `visible` on its way to a terminal, a log line or an
error message, so that escape sequences and bidirectional overrides are shown as glyphs and have no effect.
Stored text stays as typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

# C0 but for tab and newline, DEL and C1; bidirectional controls; the line and paragraph separators; the byte
# order mark and the two noncharacters that decide byte order; halves of a surrogate pair.
_CONTROL: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_PICTURES: Final = 0x2400
_DELETE_PICTURE: Final = "\u2421"
_REPLACEMENT: Final = "\ufffd"
_NEWLINE_MARK: Final = " \u21b5 "
_TAB_MARK: Final = " \u21e5 "
_SOFT_HYPHEN: Final = "\u00ad"
_QUOTATION: Final = re.compile('"([^"\n]*)"')
_SINGLE: Final = str.maketrans("\u201c\u201d", "\u2018\u2019")


def find_control(text: str) -> int | None:
    """Return the index of the first control character that `visible` would replace, or None.

    Newline and tab are allowed.
    """
    if text.isprintable():
        return None
    found = _CONTROL.search(text)
    return found.start() if found else None


def find_controls(text: str) -> Iterator[int]:
    """Yield the index of every character that `visible` would replace, in order."""
    return (found.start() for found in _CONTROL.finditer(text))


def visible(text: str) -> str:
    """Return the text with every control character replaced, one for one, by a harmless glyph.

    C0 controls and DEL become their Unicode pictures, all others U+FFFD. Newline and tab stay.
    """
    return text if text.isprintable() else _CONTROL.sub(_glyph, text)


def without_control(text: str) -> str:
    """Return the text with U+FFFD in place of each control character: the same length, safe to parse."""
    return text if text.isprintable() else _CONTROL.sub(_REPLACEMENT, text)


def one_line(text: str) -> str:
    """Return the visible text on a single line, with marks in place of newlines and tabs."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\n", _NEWLINE_MARK).replace("\t", _TAB_MARK)
    return visible(text)


def in_quotes(text: str) -> str:
    """Return the text in double quotation marks; double quotation marks inside it become single ones.

    Text that is one quotation as a whole stays as it is.
    """
    if text.startswith("\u201c") and text.find("\u201d") == len(text) - 1:
        return text
    inner = _QUOTATION.sub("\u2018\\1\u2019", text).translate(_SINGLE)
    return f"\u201c{inner}\u201d"


def display_width(text: str) -> int:
    """Return the number of terminal cells the text takes: two for wide characters, none for combining ones.

    Each character is counted alone, as most terminals do; an emoji joined from several counts each part.
    """
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(_cells, text))


def _glyph(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(_PICTURES + code)
    return _DELETE_PICTURE if code == 0x7F else _REPLACEMENT


@lru_cache(maxsize=4096)
def _cells(character: str) -> int:
    category = unicodedata.category(character)
    if category in {"Mn", "Me", "Cc"} or (category == "Cf" and character != _SOFT_HYPHEN):
        return 0
    if "\u1160" <= character <= "\u11ff":  # Hangul vowels and finals are drawn into the syllable before them
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
