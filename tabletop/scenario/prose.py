"""Format lists and counts for use in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_QUOTATION: Final = re.compile(r"(?:Say: )?“(?P<said>[^“”]+)”\.?")
_NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def listed(items: Sequence[str], last: str = "and") -> str:
    """Join the items: ``A``, ``A and B``, ``A, B and C``; `last` is the word before the last one."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def number(count: int) -> str:
    """Return the count in words up to ten, in figures above."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else f"{count:,}".replace(",", "\u202f")


def counted(count: int, one: str, many: str = "") -> str:
    """Return the count with its noun: ``one card``, ``three cards``, ``12 cards``."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def times(count: int) -> str:
    """Return ``once``, ``twice``, ``three times``."""
    return {1: "once", 2: "twice"}.get(count, f"{number(count)} times")


def capitalised(text: str) -> str:
    """Return the text with its first letter in upper case and the rest unchanged."""
    return text[:1].upper() + text[1:]


def ended(text: str) -> str:
    """Return the text with a full stop, unless it ends as a sentence does, be it inside quotation marks."""
    return text if text.rstrip("”’\"')")[-1:] in {".", "?", "!", "…"} else f"{text}."


def quotation(text: str) -> str:
    """Return what is said, if the text as a whole is a quotation, ``Say: “…”`` too; else nothing."""
    found = _QUOTATION.fullmatch(" ".join(text.split()))
    return found["said"] if found else ""


def shortened(text: str, size: int) -> str:
    """Return the text on one line, cut at `size` characters."""
    line = " ".join(text.split())
    return line if len(line) <= size else f"{line[: size - 1].rstrip()}…"
