"""Bytes as plain words, so that a code can be read aloud and a fingerprint compared across a room.

The list in codewords.txt is part of the format: two programs with different lists would show different words
for one certificate. None of its words begins another, so that words run together come apart in one way
only; any two differ in at least two letters and, where a pronouncing dictionary knew them, in two sounds.
Numbers, places and the terms of exercises are left out: they would be heard as something else.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

from tabletop.errors import InputError
from tabletop.plaintext import visible

BITS: Final = 11
"""What one word stands for."""

LONGEST: Final = 7
MAX_TYPED: Final = 400
"""Characters that are looked at; nothing that anybody is asked to type is longer."""

_NOT_A_LETTER: Final = re.compile("[^a-z]+")


@cache
def all_words() -> tuple[str, ...]:
    """The 2,048 words, in the order of what they stand for."""
    return tuple(files("tabletop.system").joinpath("codewords.txt").read_text(encoding="ascii").split())


@cache
def _numbers() -> Mapping[str, int]:
    return {word: number for number, word in enumerate(all_words())}


def to_words(data: bytes) -> tuple[str, ...]:
    """The bytes as words, the first bits first; what is missing in the last word counts as zeros."""
    count = -(-len(data) * 8 // BITS)
    value = int.from_bytes(data, "big") << (count * BITS - len(data) * 8)
    known = all_words()
    return tuple(known[value >> (BITS * left) & (1 << BITS) - 1] for left in reversed(range(count)))


def from_words(words: Sequence[str], size: int) -> bytes:
    """The `size` bytes that `to_words` made these words of. Raises `InputError`."""
    value = 0
    for word in words:
        number = _numbers().get(word)
        if number is None:
            raise InputError(_unknown(word))
        value = value << BITS | number
    spare = len(words) * BITS - size * 8
    if not 0 <= spare < BITS or value & ((1 << spare) - 1):
        raise InputError("these words do not belong together: one is missing, too many or another word")
    return (value >> spare).to_bytes(size, "big")


def letters(typed: str) -> str:
    """What was typed as bare small letters: neither capitals, spaces, hyphens nor full width matter."""
    plain = unicodedata.normalize("NFKC", typed[:MAX_TYPED]).lower()
    return _NOT_A_LETTER.sub("", plain)


def parse_words(typed: str) -> tuple[str, ...]:
    """The words that were typed, with whatever between them. Raises `InputError` naming what is no word."""
    rest = letters(typed)
    found: list[str] = []
    while rest:
        word = next((rest[:size] for size in range(4, LONGEST + 1) if rest[:size] in _numbers()), None)
        if word is None:
            raise InputError(_unknown(_typed_at(typed, len("".join(found))) or rest[:LONGEST]))
        found.append(word)
        rest = rest[len(word) :]
    return tuple(found)


def _typed_at(typed: str, offset: int) -> str:
    """The typed word that holds the letter with that number."""
    for part in re.split(r"[\s-]+", typed[:MAX_TYPED]):
        plain = letters(part)
        if offset < len(plain):
            return plain
        offset -= len(plain)
    return ""


def _unknown(word: str) -> str:
    near = difflib.get_close_matches(word.lower()[: 4 * LONGEST], all_words(), n=1)
    meant = f"; did you mean '{near[0]}'?" if near else ""
    return f"'{visible(word[:40])}' is not one of the words that codes are made of{meant}"
