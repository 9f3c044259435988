"""The line that says what to do next."""

from __future__ import annotations

from textual.widgets import Static

from tabletop.tui.kit.rows import Line, Tone
from tabletop.tui.kit.styling import styled


class NowLine(Static):
    """What is the matter, and which key goes on from there."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", id=id, markup=False)
        self._line: Line = ()

    def show(self, line: Line, tone: Tone) -> None:
        """Show this line, on a background that fits its tone."""
        if line != self._line:
            self._line = line
            self.update(styled(line), layout=False)
        self.set_classes(f"-{tone}")
