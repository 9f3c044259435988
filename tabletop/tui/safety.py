"""The last line of defence: nothing that a terminal would obey leaves the program as text.

Every widget shows text through `tabletop.plaintext.visible` already. But a person can paste anything into
an input, and a widget can be forgotten, so each line passes through this filter on its way out.
"""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from tabletop.plaintext import visible

_BREAKS = str.maketrans({"\n": " ", "\t": " "})


class SafeLineFilter(LineFilter):
    """Shows control characters as harmless glyphs, and keeps the line as wide as it was."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the same line without anything to obey."""
        if all(segment.text.isprintable() for segment in segments):
            return segments
        safe: list[Segment] = []
        grown = 0
        for segment in segments:
            if segment.control or segment.text.isprintable():
                safe.append(segment)
                continue
            text = visible(segment.text).translate(_BREAKS)
            grown += cell_len(text) - cell_len(segment.text)
            safe.append(Segment(text, segment.style))
        return _narrowed(safe, grown)


def _narrowed(segments: list[Segment], cells: int) -> list[Segment]:
    """Take `cells` of blank space off the right end, as far as there is any.

    Control characters take no room on the screen, but their glyphs do; without this the line would
    push into what stands to the right of it.
    """
    kept: list[Segment] = []
    for segment in reversed(segments):
        spare = len(segment.text) - len(segment.text.rstrip(" ")) if cells > 0 and not segment.control else 0
        cut = min(spare, cells)
        cells -= cut
        blank = segment.text[: len(segment.text) - cut] if cut else segment.text
        kept.append(Segment(blank, segment.style, segment.control))
        if blank.strip(" "):
            cells = 0
    return kept[::-1]
