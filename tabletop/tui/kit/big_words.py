"""Words in large letters: each square of a letter is two cells wide and one high, or a multiple of that."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from tabletop.tui.kit.pixels import ROWS, size_of, squares

CELLS = 2
"""Cells of a terminal that are about as wide together as one is high."""


def scale_for(text: str, width: int, height: int) -> int:
    """How many times larger than its smallest the text can be in so many cells; 0 if it does not fit."""
    return max(0, min(width // (CELLS * size_of(text)), height // ROWS))


class BigWords(Widget):
    """One line of large letters in the middle of its width, in the colour of its text.

    Squares are cells with a background: a drawn block would be two cells wide in some East Asian fonts.
    """

    DEFAULT_CSS = """
    BigWords { width: 100%; height: auto; }
    """

    def __init__(self, text: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.text = text
        """What it says."""
        self._scale = 1

    def show(self, text: str, scale: int) -> None:
        """Show this, so many times as large as the smallest."""
        scale = max(1, scale)
        if (text, scale) != (self.text, self._scale):
            other_size = scale != self._scale
            self.text, self._scale = text, scale
            self.refresh(layout=other_size)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the letters take."""
        return ROWS * self._scale

    def render_line(self, y: int) -> Strip:
        """Return a row of squares."""
        width = self.size.width
        style = self.rich_style
        row = y // self._scale
        if not self.text or row >= ROWS:
            return Strip.blank(width, style)
        lit = Style(bgcolor=style.color)
        cells = [
            Segment(" " * CELLS * self._scale, lit if square == "#" else style)
            for square in squares(self.text)[row]
        ]
        taken = sum(len(cell.text) for cell in cells)
        before = max(0, (width - taken) // 2)
        line = Strip([Segment(" " * before, style), *cells], before + taken)
        return line.adjust_cell_length(width, style)
