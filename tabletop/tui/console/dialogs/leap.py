"""The host's clock has leapt and play is paused: go on as is, or make up for what was missed?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tabletop.tui.kit.styling import page
from tabletop.tui.kit.window import Lines, Window, keys_line

Choice = Literal["go-on", "ahead"]


class LeapWindow(Window[Choice]):
    """Return with a choice. Enter chooses nothing: the window comes unasked, perhaps between two words."""

    DEFAULT_CSS = """
    LeapWindow {
        & > .window { max-width: 72; border: round $warning; padding: 1 2; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "choose('go-on')", "Go on", id="leap.go-on"),
        Binding("a", "choose('ahead')", "Jump ahead", id="leap.ahead"),
    ]

    def __init__(self, title: str, lines: Lines, *, here: str, ahead: str | None) -> None:
        """Ask at the game time `here`; `ahead` is where it would be, or None if nothing was missed."""
        super().__init__(title)
        self._lines = tuple(lines)
        self._here, self._ahead = here, ahead

    def inside(self) -> Iterable[Widget]:
        """Yield what happened."""
        yield Static(page(self._lines), markup=False)

    def keys(self) -> Content:
        """Return the ways to go on."""
        ways = [("P", f"go on from {self._here}")]
        if self._ahead is not None:
            ways.append(("A", f"jump ahead to {self._ahead} first"))
        return keys_line(*ways, ("Esc", "stay paused"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to jump over where nothing was missed."""
        return not (action == "choose" and parameters == ("ahead",) and self._ahead is None)

    def action_choose(self, choice: Choice) -> None:
        """Choose this way."""
        self.dismiss(choice)
