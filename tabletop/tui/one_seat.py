"""What a terminal that is one seat and nothing else has in common with every other such terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.screen import Screen

from tabletop.exercise.marking import MARKING
from tabletop.tui.fault import FaultRaisingApp
from tabletop.tui.hangup import end_with_terminal
from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.kit.key_queue import KeysInOrder
from tabletop.tui.kit.rows import Part
from tabletop.tui.safety import SafeLineFilter
from tabletop.tui.theme import THEME


class SeatApp(FaultRaisingApp[None], KeysInOrder[None]):
    """One screen over one link, for as long as people stay."""

    TITLE = MARKING
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Leave", show=False, priority=True, id="app.quit"),
    ]

    def __init__(self, make: Callable[[], Screen[None]]) -> None:
        super().__init__()
        self._make = make
        self.register_theme(THEME)
        self.theme = THEME.name

    def on_mount(self) -> None:
        """Open the screen."""
        end_with_terminal()
        self.push_screen(self._make())

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Whatever else is on, nothing that a terminal would obey gets through."""
        return [*super().get_line_filters(), _SAFE]

    async def action_quit(self) -> None:
        """Ask first: a slip of the finger must not take the exercise off the screen."""
        if isinstance(self.screen, Confirm):
            return

        def sure(yes: bool | None) -> None:
            if yes:
                self.exit()

        lines: list[tuple[Part, ...]] = [
            (("Nothing is lost. The same command comes back to this seat.", "plain"),)
        ]
        self.push_screen(Confirm("Leave?", lines, yes="leave"), sure)


_SAFE: Final = SafeLineFilter()
