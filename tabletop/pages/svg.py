"""The few pieces of SVG that pictures are made of. Words go through `text` alone, which escapes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from tabletop.plaintext import display_width, one_line, visible

WIDTH: Final = 720
"""Width of every chart; on A4 with ordinary margins one unit is about one CSS pixel."""

INK: Final = "#1b2733"
MUTED: Final = "#55636f"
RULE: Final = "#8695a1"
GRID: Final = "#dde4ea"
SHADE: Final = "#f1f5f8"

# Okabe and Ito's palette, told apart by readers with any kind of colour vision; each colour has a pattern and
# a dash beside it, since a report may be printed in grey.
COLOURS: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b07d00", "#56b4e9", "#6b4c9a", "#4d4d4d")
DASHES: Final = ("", "6 2.5", "1.5 2", "8 2 1.5 2", "3 2", "10 3", "1 3", "5 1.5 1 1.5 1 1.5")
_HATCHES: Final = (
    "",
    "M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2",
    "M3,0 v6",
    "M0,3 h6",
    "M0,0 l6,6 M5,-1 l2,2 M-1,5 l2,2",
    "M0,3 h6 M3,0 v6",
    "M0,1.5 h6 M0,4.5 h6",
    "M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2 M0,0 l6,6 M5,-1 l2,2 M-1,5 l2,2",
)

_EM: Final = 0.56
"""Width of a terminal cell's worth of text in ems, on the wide side for the sans-serif faces in use."""


def number(value: float) -> str:
    """Return a coordinate: two decimals at most, none if it is whole."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def element(name: str, *children: str, **attributes: str | float) -> str:
    """Return an element. Underscores in names of attributes are hyphens; values are escaped, children not."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"' for key, value in attributes.items()
    )
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


def _value(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else number(value)


def text(x: float, y: float, words: str, *, size: float = 10, **attributes: str | float) -> str:
    """Return words on one line, harmless whatever they hold."""
    attributes.setdefault("fill", INK)
    return element("text", escape(one_line(words), quote=False), x=x, y=y, font_size=size, **attributes)


def line(x1: float, y1: float, x2: float, y2: float, **attributes: str | float) -> str:
    """Return a straight line."""
    attributes.setdefault("stroke", GRID)
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, **attributes)


def rectangle(x: float, y: float, width: float, height: float, **attributes: str | float) -> str:
    """Return a rectangle, never of negative size."""
    return element("rect", x=x, y=y, width=max(width, 0), height=max(height, 0), **attributes)


def width_of(words: str, size: float) -> float:
    """Return about how wide the words are; wide glyphs of Japanese, Korean and Chinese count double."""
    return display_width(one_line(words)) * size * _EM


def fitted(words: str, width: float, size: float) -> str:
    """Return the words cut to a width, with an ellipsis if anything is lost."""
    words = one_line(words)
    if width_of(words, size) <= width:
        return words
    while words and width_of(words + "…", size) > width:
        words = words[:-1]
    return words.rstrip() + "…"


def wrapped(words: str, width: float, size: float, lines: int = 2) -> list[str]:
    """Return the words on at most that many lines; the last is cut to fit."""
    rows: list[str] = []
    rest = one_line(words).split(" ")
    while rest and len(rows) < lines - 1:
        row = rest.pop(0)
        while rest and width_of(f"{row} {rest[0]}", size) <= width:
            row = f"{row} {rest.pop(0)}"
        rows.append(fitted(row, width, size))
    return [*rows, fitted(" ".join(rest), width, size)] if rest else rows


def colour(index: int) -> str:
    """Return the colour of the team at that place in the scenario."""
    return COLOURS[index % len(COLOURS)]


def dash(index: int) -> str:
    """Return the dash of that team's lines; empty for a solid one."""
    return DASHES[index % len(DASHES)]


def patterns(key: str, teams: Sequence[str]) -> str:
    """Return the teams' fills, to be used as ``url(#key-fill-0)``. `key` is unique on the page."""
    made = []
    for index in range(len(teams)):
        hatch = _HATCHES[index % len(_HATCHES)]
        ground = element("rect", width=6.0, height=6.0, fill=colour(index))
        lines = (element("path", d=hatch, stroke="#fff", stroke_width=1.1, fill="none"),) if hatch else ()
        made.append(
            element(
                "pattern",
                ground,
                *lines,
                id=f"{key}-fill-{index}",
                width=6.0,
                height=6.0,
                patternUnits="userSpaceOnUse",
            )
        )
    return element("defs", *made)


def fill(key: str, index: int) -> str:
    """Return the fill that `patterns` defined for that team."""
    return f"url(#{key}-fill-{index})"


def picture(
    key: str,
    title: str,
    description: str,
    height: float,
    parts: Iterable[str],
    *,
    width: float = WIDTH,
    scale: float = 1.0,
) -> str:
    """Return the whole chart, with a title and a description for people who do not see it.

    It is shown `scale` times smaller than it is drawn.
    """
    return element(
        "svg",
        element("title", escape(visible(title), quote=False), id=f"{key}-title"),
        element("desc", escape(visible(description), quote=False), id=f"{key}-desc"),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width / scale,
        height=height / scale,
        role="img",
        aria_labelledby=f"{key}-title {key}-desc",
        class_="chart",
    )


def legend(key: str, names: Sequence[str], x: float, y: float, *, lines: bool = False) -> tuple[str, float]:
    """Draw a row of swatches with the teams' names; return it and where the next thing can stand."""
    parts = []
    for index, name in enumerate(names):
        shown = fitted(name, 150, 10)
        if lines:
            stroke: dict[str, str | float] = {"stroke": colour(index), "stroke_width": 2.0}
            if dash(index):
                stroke["stroke_dasharray"] = dash(index)
            parts.append(line(x, y - 3.5, x + 22, y - 3.5, **stroke))
            x += 27
        else:
            parts.append(rectangle(x, y - 8, 14, 9, fill=fill(key, index)))
            x += 19
        parts.append(text(x, y, shown))
        x += width_of(shown, 10) + 14
    return "".join(parts), x
