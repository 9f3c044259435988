"""From words and tones to what Textual draws. Words pass through `visible` and are never read as markup."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from textual.content import Content

from tabletop.plaintext import one_line, visible
from tabletop.tui.kit.rows import Line, Part, Tone

STYLES: Final[Mapping[Tone, str]] = {
    "plain": "",
    "dim": "$foreground 65%",
    "strong": "bold",
    "new": "bold $text-accent",
    "good": "$text-success",
    "warn": "bold $text-warning",
    "bad": "bold $text-error",
    # What stops play stands out without colour too.
    "caution": "bold reverse $text-warning",
    "alarm": "bold reverse $text-error",
}


def styled(parts: Iterable[Part]) -> Content:
    """Return the parts one after the other, each in its tone."""
    return Content.assemble(*((visible(words), STYLES[tone]) for words, tone in parts))


def page(lines: Iterable[Line]) -> Content:
    """Lines one below the other."""
    return Content("\n").join([styled(line) for line in lines])


def plain(text: str) -> Content:
    """Text of any origin, as it is."""
    return Content(visible(text))


def as_title(text: str) -> Content | None:
    """Text of any origin as the title of a border, where a plain string would be read as markup."""
    return Content(one_line(text)) if text.strip() else None
