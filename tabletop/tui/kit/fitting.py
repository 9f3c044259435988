"""Fit words into the cells that a line has, the most urgent first. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len, set_cell_size

from tabletop.tui.kit.rows import Line, Part

BETWEEN: Final[Part] = (" · ", "dim")
"""Stands between two items of a line."""


def cells(parts: Iterable[Part]) -> int:
    """Return how many cells the parts take."""
    return sum(cell_len(words) for words, _ in parts)


def cut(text: str, room: int) -> str:
    """Return the beginning of the text on one line, with an ellipsis if something is left out."""
    line = " ".join(text.split())
    if cell_len(line) <= room:
        return line
    return f"{set_cell_size(line, max(0, room - 1)).rstrip()}…"


@dataclass(frozen=True, slots=True)
class Item:
    """Something to say, in full and then in fewer and fewer words."""

    wordings: tuple[Line, ...]

    @classmethod
    def of(cls, *wordings: Part) -> Item:
        """Make an item whose wordings have one part each."""
        return cls(tuple((part,) for part in wordings))


def fit(items: Sequence[Item], room: int) -> Line:
    """Return as many of the items as there is room for, then each in as many words as there is room for.

    The first items go before the last in both. The first is there whatever the room.
    """
    taken: list[Line] = []
    places: list[Item] = []
    for item in items:
        shortest = item.wordings[-1]
        if not taken or _length([*taken, shortest]) <= room:
            taken.append(shortest)
            places.append(item)
    for place, item in enumerate(places):
        for wording in item.wordings:
            fuller = [*taken[:place], wording, *taken[place + 1 :]]
            if _length(fuller) <= room:
                taken = fuller
                break
    return tuple(part for place, wording in enumerate(taken) for part in (*_gap(place), *wording))


def _gap(place: int) -> Line:
    return (BETWEEN,) if place else ()


def _length(wordings: Sequence[Line]) -> int:
    return sum(cells(wording) for wording in wordings) + cells([BETWEEN]) * (len(wordings) - 1)
