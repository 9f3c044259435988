"""Plots of spreads: as a line of characters, and as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tabletop.pages import svg
from tabletop.rehearsal.figures import Spread

_CELLS: Final = 30
_LABEL: Final = 190
_ROW: Final = 16
_TOP: Final = 22


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a plot; `spread` is None where nothing was rated."""

    name: str
    spread: Spread | None
    strong: bool = False


def bar(spread: Spread | None, top: float = 100.0, cells: int = _CELLS) -> str:
    """Return a spread on a scale from 0 to `top`: worst and best as dots, 5 to 95 % as a bar, the median."""
    if spread is None:
        return "not rated"

    def place(value: float) -> int:
        return min(cells - 1, max(0, int(value / top * cells)))

    drawn = [" "] * cells
    for at in range(place(spread.worst), place(spread.best) + 1):
        drawn[at] = "·"
    for at in range(place(spread.low), place(spread.high) + 1):
        drawn[at] = "━"
    drawn[place(spread.median)] = "┃"
    return "".join(drawn).rstrip()


def picture(key: str, title: str, lines: Sequence[Line], top: float = 100.0) -> str:
    """Return the spreads as SVG, one row each."""
    height = _TOP + _ROW * len(lines) + 8
    width = svg.WIDTH - _LABEL - 12
    parts = [
        svg.line(_LABEL + width * step / 4, _TOP - 6, _LABEL + width * step / 4, height - 8)
        for step in range(5)
    ]
    parts += [
        svg.text(
            _LABEL + width * step / 4, 11, f"{top * step / 4:g}", size=9, text_anchor="middle", fill=svg.MUTED
        )
        for step in range(5)
    ]
    for number, one in enumerate(lines):
        parts += _row(one, _TOP + _ROW * number + 7, width, top)
    words = "; ".join(f"{one.name}: {in_words(one.spread)}" for one in lines)
    return svg.picture(key, title, words, height, parts)


def _row(one: Line, y: float, width: float, top: float) -> list[str]:
    weight = "bold" if one.strong else "normal"
    label = svg.text(0, y + 3.5, svg.fitted(one.name, _LABEL - 10, 10), font_weight=weight)
    if one.spread is None:
        return [label, svg.text(_LABEL, y + 3.5, "not rated", fill=svg.MUTED)]
    worst, low, median, high, best = (
        _LABEL + width * min(1.0, max(0.0, value / top))
        for value in (
            one.spread.worst,
            one.spread.low,
            one.spread.median,
            one.spread.high,
            one.spread.best,
        )
    )
    return [
        label,
        svg.line(worst, y, best, y, stroke=svg.RULE),
        svg.rectangle(low, y - 4, high - low, 8, fill=svg.COLOURS[0], fill_opacity=0.45),
        svg.line(median, y - 6, median, y + 6, stroke=svg.INK, stroke_width=2.0),
    ]


def in_words(spread: Spread | None) -> str:
    """Return the spread in figures."""
    if spread is None:
        return "not rated"
    return (
        f"median {spread.median:g}, 5 to 95 % {spread.low:g} to {spread.high:g}, "
        f"worst {spread.worst:g}, best {spread.best:g}"
    )
