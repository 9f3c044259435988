"""A page of plain text: that of a terminal without its tones."""

from __future__ import annotations

from tabletop.pages.layout import words_of
from tabletop.pages.terminal import TerminalPage


class TextPage(TerminalPage):
    """Lines of at most `width` cells, for a file, a pipe or a terminal without colours."""

    def text(self) -> str:
        """Return the whole document, safe to print."""
        marking = [self.marking] if self.marking else []
        blank = [""] if self.marking else []
        lines = [*marking, *blank, *map(words_of, self.lines), *blank, *marking]
        return "\n".join(lines) + "\n"
