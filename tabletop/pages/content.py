"""Pieces of text with a meaning, and the columns and rows of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Role = Literal[
    "",
    "number",
    "strong",
    "note",
    "reference",
    "tag",
    "good",
    "bad",
    "gain",
    "loss",
    "code",
    "result",
    "quote",
]
"""What a piece of text is, so that a page can give it a look: a remark in smaller letters (`note`), numbers
that lead to a source (`reference`), a label (`tag`, `good`, `bad`), something won or lost (`gain`, `loss`), a
short name (`code`), what a heading came to (`result`), words that somebody said (`quote`)."""


@dataclass(frozen=True, slots=True)
class Span:
    """Text with a role. `strong` is for pages that know no other look."""

    text: str
    role: Role = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Separates two pieces: by these characters where text runs on, else by a blank or by a new line."""

    text: str
    line: bool = False


Piece = str | float | Span | Gap
Inline = Piece | Sequence[Piece] | None
"""What a line, an item or a cell is made of. None is shown as a dash, a number as it writes itself."""


def strong(value: object) -> Span:
    """Return the value in bold."""
    return Span(str(value), "strong", strong=True)


def note(value: object) -> Span:
    """Return the value as a remark."""
    return Span(str(value), "note")


def code(value: object) -> Span:
    """Return a short name, such as that of an objective."""
    return Span(str(value), "code")


def tag(text: str, role: Literal["tag", "good", "bad"] = "tag") -> Span:
    """Return a word or two as a label."""
    return Span(text, role)


def signed(value: float, *, bold: bool = False) -> Span:
    """Return a figure that was won or lost."""
    return Span(str(value), "gain" if value > 0 else "loss" if value < 0 else "number", strong=bold)


def reference(numbers: Sequence[int]) -> Span:
    """Return numbers in brackets; nothing if there are none."""
    return Span(f"[{', '.join(map(str, numbers))}]" if numbers else "", "reference")


def joined(items: Iterable[Inline], gap: Piece) -> list[Piece]:
    """Return the pieces of all items in a row, with a gap between one item and the next."""
    found: list[Piece] = []
    for number, item in enumerate(items):
        found += [gap] if number else []
        found += pieces(item)
    return found


def pieces(content: Inline) -> Iterator[Span | Gap]:
    """Yield the pieces of a line, each as a span or a gap; empty ones are left out."""
    listed: Sequence[Piece | None] = (
        content if isinstance(content, Sequence) and not isinstance(content, str) else (content,)
    )
    for piece in listed:
        if isinstance(piece, Gap):
            yield piece
        elif isinstance(piece, Span):
            if piece.text:
                yield piece
        elif isinstance(piece, str):
            if piece:
                yield Span(piece)
        else:
            yield Span("–" if piece is None else str(piece), "number")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    title: str
    width: int = 0
    """Its share of the page in percent, where a page gives shares; 0 for what is left."""
    right: bool = False
    """Set to the right, as figures are."""
    key: bool = False
    """Says what the row is about."""
    below: bool = False
    """Long text: set below its row where a page can do that."""


Columns = Sequence[Column | str]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table that stands out, or back."""

    cells: Sequence[Inline]
    role: Literal["", "muted", "total"] = ""


Rows = Sequence[Row | Sequence[Inline]]


def as_columns(columns: Columns) -> list[Column]:
    """Return the columns, those given by their title alone among them."""
    return [column if isinstance(column, Column) else Column(column) for column in columns]


def as_rows(rows: Rows) -> list[Row]:
    """Return the rows, those given by their cells alone among them."""
    return [row if isinstance(row, Row) else Row(row) for row in rows]
