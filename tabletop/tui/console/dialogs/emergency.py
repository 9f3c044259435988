"""REAL-WORLD EMERGENCY: two presses of one key, from any screen and over any window."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tabletop.tui.kit.rows import Line
from tabletop.tui.kit.styling import page
from tabletop.tui.kit.window import Window, keys_line


class EmergencyAlert(Window[bool]):
    """Return True at the second press. Enter is not enough: it is pressed by habit."""

    DEFAULT_CSS = """
    EmergencyAlert {
        background: $error 30%;
        & > .window { max-width: 64; border: heavy $error; background: $surface; padding: 1 2; }
    }
    """

    def __init__(self, *, over: bool, takes_over: bool = False) -> None:
        """`takes_over` is whether this console has to take the exercise over to do it."""
        super().__init__("REAL-WORLD EMERGENCY")
        self._over = over
        self._takes_over = takes_over

    def inside(self) -> Iterable[Widget]:
        """What the second press does."""
        first, second = (
            ("Is the real-world emergency over?", "Play stays stopped until you let it go on.")
            if self._over
            else ("Stop the exercise at once?", "Every station shows the emergency and the clock stands.")
        )
        lines: list[Line] = [((first, "bad"),), ((second, "plain"),)]
        if self._takes_over:
            lines.append((("This console only reads: it takes over first.", "warn"),))
        yield Static(page(lines), markup=False)

    def keys(self) -> Content:
        """Again, or not."""
        return keys_line(
            ("Ctrl+E or F12 again", "it is over" if self._over else "STOP PLAY"), ("Esc", "no, go back")
        )

    def confirm(self) -> None:
        """The second press."""
        self.dismiss(True)
