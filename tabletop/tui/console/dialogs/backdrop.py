"""The screen below a window, seen through the window's dim background."""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.css.styles import RulesMap
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
        base, tint = style.rich_style, self._tint
        return [
            Strip(
                [Segment(text, _dimmed(base, own, tint), control) for text, own, control in strip],
                strip.cell_length,
            ).adjust_cell_length(width, base)
            for strip in self._below._compositor.render_strips()[:height]
        ]

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
