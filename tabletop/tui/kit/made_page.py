"""A page that is made anew for each width: for texts too long for Textual to wrap at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content

from tabletop.tui.kit.rows import Line
from tabletop.tui.kit.scroll_page import ScrollPage
from tabletop.tui.kit.styling import styled

Make = Callable[[int], Sequence[Line]]
"""Lines of at most that many cells."""


class MadePage(ScrollPage):
    """Scrolls like every page; its lines come wrapped."""

    _make: Make | None = None

    def make(self, make: Make, about: object) -> None:
        """Show what this makes; from the beginning if it is about something else than before."""
        if about != self._about:
            self._about, self._top = about, 0
        self._make, self._wrapped = make, None
        self.refresh()

    def _wrap(self, width: int) -> list[Content]:
        if self._make is not None and (self._wrapped is None or self._wrapped[0] != width):
            self._wrapped = (width, [styled(line) for line in self._make(max(20, width))])
        return list(self._wrapped[1]) if self._wrapped else []
