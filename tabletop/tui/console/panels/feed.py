"""The latest events, as many as fit, newest at the bottom."""

from __future__ import annotations

from textual.content import Content

from tabletop.tui.kit.box import Box
from tabletop.tui.kit.styling import styled
from tabletop.tui.overview.events import event_line, latest
from tabletop.tui.overview.overview_model import OverviewModel

_LINES = 2
"""An event takes no more lines than this; the log shows it in full."""


class FeedBox(Box):
    """Fills its height from the bottom up."""

    def show_latest(self, model: OverviewModel, width: int, height: int) -> None:
        """Show what happened last."""
        lines: list[Content] = []
        for sight in reversed(latest(model.sights, height)):
            wrapped = styled(event_line(sight, model.names, width * _LINES - 12)).wrap(max(8, width))
            lines[:0] = wrapped[:_LINES]
            if len(lines) >= height:
                break
        lines = lines[-height:] if height else []
        self.draw(Content("\n").join([*([Content("")] * (height - len(lines))), *lines]))
