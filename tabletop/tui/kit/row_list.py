"""A list of rows of one line each, of which only those that are seen are drawn."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.scroll_view import ScrollView


class RowList(ScrollView, can_focus=True):
    """Base of lists whose rows keys go through."""

    DEFAULT_CSS = "RowList { overflow-x: hidden; scrollbar-size-vertical: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("pageup", "leap(-1)", "Page up", show=False),
        Binding("pagedown", "leap(1)", "Page down", show=False),
        Binding("home", "edge(False)", "First", show=False),
        Binding("end", "edge(True)", "Last", show=False),
    ]

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    @property
    def cursor_row(self) -> int | None:
        """The row under the cursor; None if that is not shown."""
        raise NotImplementedError

    def go_to_row(self, place: int) -> None:
        """Move the cursor to a row; to the nearest if there is none at that place."""
        raise NotImplementedError

    def action_move(self, step: int) -> None:
        """Go one row up or down; into the list from its other end."""
        place = self.cursor_row
        outside = -1 if step > 0 else self.row_count
        self.go_to_row((outside if place is None else place) + step)

    def action_leap(self, pages: int) -> None:
        """Go one page up or down."""
        self.go_to_row((self.cursor_row or 0) + pages * max(1, self.size.height - 1))

    def action_edge(self, last: bool) -> None:
        """Go to the first or the last row."""
        self.go_to_row(self.row_count - 1 if last else 0)
