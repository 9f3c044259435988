"""Are you sure? Asked only where players would see a mistake."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from tabletop.tui.kit.scroll_page import ScrollPage
from tabletop.tui.kit.window import Lines, Window, keys_line


class Confirm(Window[bool]):
    """Return True or not at all. A grave question takes `Y` only, since Enter is pressed by habit."""

    DEFAULT_CSS = """
    Confirm {
        & > .window { max-width: 64; border: round $warning; }
        &.-grave > .window { border: round $error; }
        & ScrollPage { height: auto; max-height: 60vh; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "yes", "Yes", id="confirm.yes"),
        Binding("enter", "enter", "Yes", id="confirm.enter"),
        Binding("n", "leave", "No", id="confirm.no"),
    ]

    def __init__(self, title: str, lines: Lines, *, yes: str, grave: bool = False) -> None:
        super().__init__(title)
        self._lines = tuple(lines)
        self._yes = yes
        self._grave = grave
        self.set_class(grave, "-grave")

    def inside(self) -> Iterable[Widget]:
        """What would happen."""
        yield ScrollPage(self._lines)

    def keys(self) -> Content:
        """Yes or no."""
        return keys_line(("Y" if self._grave else "Y or Enter", self._yes), ("N or Esc", "no, go back"))

    def action_enter(self) -> None:
        """Enter means yes unless the question is grave."""
        if not self._grave:
            self.dismiss(True)

    def action_yes(self) -> None:
        """Go ahead."""
        self.dismiss(True)
