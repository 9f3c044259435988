"""What every program with screens has in common: colours, the safe filter, and asking before it leaves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.filter import LineFilter

from tabletop.exercise.marking import MARKING
from tabletop.tui.fault import FaultRaisingApp
from tabletop.tui.hangup import end_with_terminal
from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.kit.key_queue import KeysInOrder
from tabletop.tui.safety import SafeLineFilter
from tabletop.tui.theme import THEME

_SAFE: Final = SafeLineFilter()


class ExerciseApp(FaultRaisingApp[None], KeysInOrder[None]):
    """Base of the program at one keyboard and of terminals that are one seat."""

    TITLE = MARKING
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Leave", show=False, priority=True, id="app.quit"),
    ]

    _leave_question: Confirm | None = None

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(THEME)
        self.theme = THEME.name

    def on_mount(self) -> None:
        """End with the terminal."""
        end_with_terminal()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Let nothing through that a terminal would obey, whatever else is on."""
        return [*super().get_line_filters(), _SAFE]

    def action_help_quit(self) -> None:
        """Say which key leaves: by habit, people press Ctrl+C for it."""
        self.notify("Ctrl+Q leaves; Ctrl+C copies text.")

    def ask_to_leave(self, words: str) -> None:
        """Ask first, once: a slip of the finger must not take the exercise off the screen."""
        if self._leave_question in self.screen_stack:
            return

        def sure(yes: bool | None) -> None:
            if yes:
                self.exit()

        self._leave_question = Confirm("Leave?", [((words, "plain"),)], yes="leave")
        self.push_screen(self._leave_question, sure)
