"""Text with a meaning: parts that carry a tone instead of a colour. Pure, so that tests read it as words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Tone = Literal["plain", "dim", "strong", "new", "good", "warn", "bad", "caution", "alarm"]
Part = tuple[str, Tone]
"""Some words and how they are meant. The words are shown as they are and are never markup."""

Line: TypeAlias = tuple[Part, ...]
"""Words that stand on one line, unless it wraps."""


@dataclass(frozen=True, slots=True)
class Row:
    """One item of a list: a key that stays the same while its words change."""

    key: str
    parts: Line

    @property
    def text(self) -> str:
        """Its words alone."""
        return "".join(words for words, _ in self.parts)


def shortened(text: str, length: int) -> str:
    """Return the beginning of the text on one line, with an ellipsis if something is left out."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
