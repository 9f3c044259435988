"""Bytes as plain words, so that a code can be read aloud and a fingerprint compared across a room.

The list in codewords.txt is part of the format: two programs with different lists would show different words
for one certificate. None of its words begins another, so that words run together come apart in one way
only; any two differ in at least two letters and, where a pronouncing dictionary knew them, in two sounds.
Numbers, places and the terms of exercises are left out: they would be heard as something else.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Final

BITS: Final = 11
"""What one word stands for."""

MAX_TYPED: Final = 400
"""Characters that are looked at; nothing that anybody is asked to type is longer."""

_NOT_A_LETTER: Final = re.compile("[^a-z]+")


@cache
def all_words() -> tuple[str, ...]:
    """The 2,048 words, in the order of what they stand for."""
    return tuple(files("tabletop.system").joinpath("codewords.txt").read_text(encoding="ascii").split())


def to_words(data: bytes) -> tuple[str, ...]:
    """The bytes as words, the first bits first; what is missing in the last word counts as zeros."""
    count = -(-len(data) * 8 // BITS)
    value = int.from_bytes(data, "big") << (count * BITS - len(data) * 8)
    known = all_words()
    return tuple(known[value >> (BITS * left) & (1 << BITS) - 1] for left in reversed(range(count)))


def letters(typed: str) -> str:
    """What was typed as bare small letters: neither capitals, spaces, hyphens nor full width matter."""
    plain = unicodedata.normalize("NFKC", typed[:MAX_TYPED]).lower()
    return _NOT_A_LETTER.sub("", plain)
