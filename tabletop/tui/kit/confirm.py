"""Ask once more: only where a mistake would be seen by others, or could not be taken back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from tabletop.tui.kit.scroll_page import ScrollPage
from tabletop.tui.kit.window import Lines, Window, keys_line

YesKey = Literal["Y or Enter", "Y", "Enter"]


class Confirm(Window[bool]):
    """Return True or not at all."""

    DEFAULT_CSS = """
    Confirm {
        & > .window { max-width: 64; border: round $warning; }
        &.-grave > .window { border: round $error; }
        & ScrollPage { height: auto; max-height: 60vh; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "yes('Y')", "Yes", id="confirm.yes"),
        Binding("enter", "yes('Enter')", "Yes", id="confirm.enter"),
        Binding("n", "leave", "No", id="confirm.no"),
    ]

    def __init__(self, title: str, lines: Lines, *, yes: str, key: YesKey = "Y or Enter") -> None:
        """`key` says yes: `Y` alone where the question is grave, since Enter is pressed by habit."""
        super().__init__(title)
        self._lines = tuple(lines)
        self._yes = yes
        self._key = key
        self.set_class(key == "Y", "-grave")

    def inside(self) -> Iterable[Widget]:
        """Yield what would happen."""
        yield ScrollPage(self._lines)

    def keys(self) -> Content:
        """Return yes and no."""
        return keys_line((self._key, self._yes), ("N or Esc", "no, go back"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Take only the keys that the question takes."""
        return action != "yes" or str(parameters[0]) in self._key

    def why_not(self, key: str) -> str:
        """Say which key says yes, to whoever pressed another that does elsewhere."""
        return f"{self._key} says yes here; N or Esc goes back." if key in ("y", "enter") else ""

    def action_yes(self, key: str) -> None:
        """Go ahead."""
        self.dismiss(True)
