"""A panel of lines, drawn anew only when what it says has changed."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tabletop.tui.kit.rows import Line
from tabletop.tui.kit.styling import as_title, page


class Box(Static):
    """Lines, with a title in the frame."""

    class Resized(Message):
        """A panel has another size, or is seen for the first time."""

    def __init__(self, *, title: str = "", id: str | None = None, classes: str | None = None) -> None:
        super().__init__("", id=id, classes=classes, markup=False)
        self.border_title = as_title(title)
        self._lines: tuple[Line, ...] = ()

    def show(self, lines: Sequence[Line]) -> None:
        """Show these lines instead."""
        if tuple(lines) != self._lines:
            self._lines = tuple(lines)
            self.draw(page(self._lines))

    def on_resize(self) -> None:
        """Tell the screen: some pages depend on the room they have."""
        self.post_message(self.Resized())

    def draw(self, content: Content) -> None:
        """Put a content on the screen."""
        self.update(content, layout=False)
