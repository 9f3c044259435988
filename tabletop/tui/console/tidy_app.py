"""A program that collects its garbage when nobody waits for the screen."""

from __future__ import annotations

from typing import Final, TypeVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.timer import Timer

from tabletop.tui.console.collecting import Collecting
from tabletop.tui.widgets.keys_in_order import KeysInOrder

T = TypeVar("T")

LOOK: Final = 0.25
"""Seconds between looks at whether there is time."""

AFTER: Final = 0.03
"""Seconds after a key was done until what it shows is drawn and written."""


class TidyApp(KeysInOrder[T]):
    """Tells `Collecting` when keys are pressed, when they have been shown and when windows close."""

    def __init__(self) -> None:
        super().__init__()
        self._collecting = Collecting()
        self._tidying: Timer | None = None

    def on_mount(self) -> None:
        """Choose the moments from now on."""
        self._collecting.begin()
        self.set_interval(LOOK, self._collecting.look)

    async def on_event(self, event: events.Event) -> None:
        """Know when keys are pressed, whatever they do."""
        if isinstance(event, events.Key):
            self._collecting.pressed()
            if self._tidying is not None:
                self._tidying.stop()
        await super().on_event(event)

    def caught_up(self) -> None:
        """Tidy up behind the last key once the terminal has its screen, unless the next one comes before."""
        self._tidying = self.set_timer(AFTER, self._collecting.shown)

    def pop_screen(self) -> AwaitComplete:
        """Close a window; tidy up once what was below it is seen again."""
        closing = super().pop_screen()
        self.call_after_refresh(self._collecting.closed)
        return closing

    def on_unmount(self) -> None:
        """Leave the moments to Python again."""
        self._collecting.end()
