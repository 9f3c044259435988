"""Lines for a terminal: parts of text with tones, wrapped to a width. Who shows them gives tones colours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from tabletop.pages.content import Columns, Gap, Inline, Role, Rows, as_columns, as_rows, pieces
from tabletop.pages.layout import Line, Part, Tone, in_columns, wrapped
from tabletop.pages.page import Page, ParagraphRole

_TONES: Final[dict[Role, Tone]] = {
    "strong": "strong",
    "note": "dim",
    "reference": "dim",
    "good": "good",
    "bad": "bad",
    "gain": "good",
    "loss": "bad",
    "code": "strong",
    "result": "strong",
}


def styled(content: Inline, tone: Tone = "plain") -> list[Part]:
    """Return the pieces of a line with their tones; `tone` for those that have none."""
    return [
        ("\n" if piece.line else piece.text, "plain")
        if isinstance(piece, Gap)
        else (piece.text, _TONES.get(piece.role, tone))
        for piece in pieces(content)
    ]


class TerminalPage(Page):
    """Lines of at most `width` cells."""

    def __init__(self, width: int, *, marking: str = "") -> None:
        super().__init__(marking=marking)
        self.width = width
        self.lines: list[Line] = []
        self._close = False

    def _add(self, lines: Iterable[Line], *, close: bool = False) -> None:
        """Add lines; with an empty one before them unless they belong `close` to what stands above."""
        if self.lines and not (close or self._close):
            self.lines.append(())
        self.lines += lines
        self._close = False

    def heading(self, level: int, content: Inline) -> None:
        """Add a heading; what follows belongs to it."""
        self._close = False
        self._add(wrapped(styled(content, "new" if level <= 3 else "strong"), self.width))
        self._close = True

    def label(self, content: Inline) -> None:
        """Add a small heading; what follows belongs to it."""
        self.heading(4, content)

    def paragraph(self, content: Inline, role: ParagraphRole = "") -> None:
        """Add a paragraph; a note belongs to what it is about."""
        self._add(wrapped(styled(content, "dim" if role else "plain"), self.width), close=role == "note")

    def quotation(self, text: str) -> None:
        self._add(wrapped([(text.strip(), "plain")], self.width, indent="  "))

    def bullets(self, items: Sequence[Inline], *, lead: bool = False) -> None:
        self._listed([("-", item) for item in items])

    def choices(self, items: Sequence[tuple[bool, Inline]]) -> None:
        """Add a list of options, with a full circle at those that were chosen."""
        self._listed([("●" if chosen else "○", item) for chosen, item in items])

    def _listed(self, items: Sequence[tuple[str, Inline]]) -> None:
        lines = (
            line
            for mark, item in items
            for line in wrapped(styled(item), self.width, indent=f"  {mark} ", hanging="    ")
        )
        self._add(lines, close=True)

    def facts(self, facts: Sequence[tuple[str, Inline]]) -> None:
        """Add names with what each stands for, side by side."""
        rows = [[((name, "dim"),), tuple(styled(value))] for name, value in facts]
        if rows:
            self._add(in_columns(rows, self.width, heads=False))

    def table(self, columns: Columns, rows: Rows, *, form: bool = False) -> None:
        """Add a table whose cells wrap; empty rows, to be filled in by hand, are left out."""
        shown = as_columns(columns)
        heads: list[Line] = [((column.title, "dim"),) for column in shown]
        cells = [[tuple(styled(cell, _tone(row.role))) for cell in row.cells] for row in as_rows(rows)]
        right = [number for number, column in enumerate(shown) if column.right]
        self._add(in_columns([heads, *filter(any, cells)], self.width, right=right))


def _tone(role: str) -> Tone:
    return "strong" if role == "total" else "dim" if role == "muted" else "plain"
