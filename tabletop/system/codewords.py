"""Encode bytes as plain words, to be read aloud (codes) or compared across a room (fingerprints).

The list in codewords.txt is part of the format: with another list, a program would show other words for the
same certificate. No word is a prefix of another, so words typed without spaces can be split in one way only.
Any two differ in at least two letters and, where a pronouncing dictionary knew them, in two sounds. Numbers,
places and exercise terms are left out, because they would be heard as something else.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Final

BITS: Final = 11
"""Bits that one word encodes."""

MAX_TYPED: Final = 400
"""Longest typed text that is read, in characters; no code is longer."""

_NOT_A_LETTER: Final = re.compile("[^a-z]+")


@cache
def all_words() -> tuple[str, ...]:
    """Return the 2,048 words; the index of a word is its value."""
    return tuple(files("tabletop.system").joinpath("codewords.txt").read_text(encoding="ascii").split())


def to_words(data: bytes) -> tuple[str, ...]:
    """Encode bytes as words, most significant bits first; the last word is padded with zero bits."""
    count = -(-len(data) * 8 // BITS)
    value = int.from_bytes(data, "big") << (count * BITS - len(data) * 8)
    known = all_words()
    return tuple(known[value >> (BITS * left) & (1 << BITS) - 1] for left in reversed(range(count)))


def letters(typed: str) -> str:
    """Normalise typed words to lower-case letters: case, spaces, hyphens and full width do not matter."""
    plain = unicodedata.normalize("NFKC", typed[:MAX_TYPED]).lower()
    return _NOT_A_LETTER.sub("", plain)
