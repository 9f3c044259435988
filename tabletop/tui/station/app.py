"""A terminal that is one team's station and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import on
from textual.app import App
from textual.binding import Binding, BindingType
from textual.filter import LineFilter

from tabletop.link.protocol import Link
from tabletop.tui.console.dialogs.confirm import Confirm
from tabletop.tui.safety import SafeLineFilter
from tabletop.tui.station.screen import StationScreen
from tabletop.tui.theme import THEME
from tabletop.tui.widgets.rows import Part


class StationApp(App[None]):
    """One station over one link, for as long as the team stays."""

    TITLE = "EXERCISE EXERCISE EXERCISE"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Leave", show=False, priority=True, id="app.quit"),
    ]

    def __init__(self, link: Link) -> None:
        super().__init__()
        self._link = link
        self.register_theme(THEME)
        self.theme = THEME.name

    def on_mount(self) -> None:
        """Open the station."""
        self.push_screen(StationScreen(self._link))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Whatever else is on, nothing that a terminal would obey gets through."""
        return [*super().get_line_filters(), _SAFE]

    @on(StationScreen.Leave)
    async def _left(self, event: StationScreen.Leave) -> None:
        event.stop()
        await self.action_quit()

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
