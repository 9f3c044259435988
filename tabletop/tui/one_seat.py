"""A terminal that is one seat and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from textual.screen import Screen

from tabletop.tui.exercise_app import ExerciseApp


class SeatApp(ExerciseApp):
    """One screen over one link, for as long as people stay."""

    def __init__(self, make: Callable[[], Screen[None]]) -> None:
        super().__init__()
        self._make = make

    def on_mount(self) -> None:
        """Open the screen."""
        self.push_screen(self._make())

    async def action_quit(self) -> None:
        """Ask before leaving."""
        self.ask_to_leave("Nothing is lost. The same command comes back to this seat.")
