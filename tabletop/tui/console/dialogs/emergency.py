"""REAL-WORLD EMERGENCY: two presses of one key stop play; two other keys let it go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.kit.emergency_screen import BEHIND, EmergencyScreen
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

    def __init__(self, *, takes_over: bool = False) -> None:
        """`takes_over` is whether this console has to take the exercise over to do it."""
        super().__init__("REAL-WORLD EMERGENCY")
        self._takes_over = takes_over

    def inside(self) -> Iterable[Widget]:
        """Yield what the second press does."""
        lines: list[Line] = [
            (("Stop the exercise at once?", "bad"),),
            (("Every station shows the emergency and the clock stands.", "plain"),),
        ]
        if self._takes_over:
            lines.append((("This console only reads: it takes over first.", "warn"),))
        yield Static(page(lines), markup=False)

    def keys(self) -> Content:
        """Return the keys: again, or not."""
        return keys_line(("Ctrl+E or F12 again", "STOP PLAY"), ("Esc", "no, go back"))

    def confirm(self) -> None:
        """Take the second press."""
        self.dismiss(True)


class StoppedScreen(EmergencyScreen):
    """The console's: from here play is allowed again, with keys that neither stop it nor stand in a text."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+d", "stand_down", "It is over", key_display="Ctrl+D", id="emergency.stand-down"),
    ]

    def __init__(self, said: str, stopped: Callable[[], bool], stand_down: Callable[[], None]) -> None:
        super().__init__(said, stopped)
        self._stand_down = stand_down

    def below(self) -> Iterable[str]:
        """Return what is said below it, line by line."""
        return "Every station says so, and the clock stands.", "Ctrl+D once it is over.", BEHIND

    def why_not(self, key: str) -> str:
        """Return why a key does nothing."""
        return f"Play is stopped. Ctrl+D once the emergency is over. {BEHIND}"

    def action_stand_down(self) -> None:
        """Ask whether it is over."""
        question = Confirm(
            "Is the real-world emergency over?",
            [(("Play stays stopped until you let it go on.", "plain"),)],
            yes="it is over",
            key="Y",
        )
        question.settled = lambda: not self._stopped()

        def sure(yes: bool | None) -> None:
            if yes:
                self._stand_down()

        self.app.push_screen(question, sure)
