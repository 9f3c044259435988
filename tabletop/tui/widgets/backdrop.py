"""The screen below a window, seen through the window's dim background."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.css.styles import RulesMap
from textual.geometry import Region
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import Screen
from textual.strip import Strip
from textual.style import Style as BaseStyle
from textual.visual import RenderOptions, Visual


class Backdrop(Visual):
    """Looks like what Textual draws below a window, for a fraction of the time.

    Textual mixes the colours of each piece of the screen anew; there are thousands of pieces, in a few dozen
    styles.
    """

    def __init__(self, below: BackgroundScreen) -> None:
        self._below: Screen[object] = below.screen
        self._tint: Color = below.color

    def render_strips(
        self, width: int, height: int | None, style: BaseStyle, options: RenderOptions
    ) -> list[Strip]:
        """The lines of the screen below, dimmed."""
        return [
            self._dim(strip, width, style.rich_style)
            for strip in self._below._compositor.render_strips()[:height]
        ]

    def rows(self, rows: Collection[int], width: int, style: BaseStyle) -> dict[int, Strip]:
        """Those lines alone: most of the screen stays as it is while a clock goes on."""
        within = [row for row in rows if 0 <= row < self._below.size.height]
        if not within:
            return {}
        crop = Region(0, min(within), self._below.size.width, max(within) - min(within) + 1)
        chops = self._below._compositor._render_chops(crop, frozenset(within).__contains__)
        return {row: self._dim(Strip.join(chops[row].values()), width, style.rich_style) for row in within}

    def _dim(self, strip: Strip, width: int, base: Style) -> Strip:
        return Strip(
            [Segment(text, _dimmed(base, own, self._tint), control) for text, own, control in strip],
            strip.cell_length,
        ).adjust_cell_length(width, base)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """All there is."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """As high as the screen below."""
        return self._below.size.height


@lru_cache(maxsize=1024)
def _dimmed(base: Style, own: Style | None, tint: Color) -> Style | None:
    """What Textual makes of one style."""
    (piece,) = BackgroundScreen.process_segments([Segment(" ", own)], tint)
    return base if piece.style is None else base + piece.style
