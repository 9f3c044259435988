"""Base of every window: a plain Textual modal screen whose border shows game time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Generic, Protocol, TypeVar, runtime_checkable

from textual import events
from textual.screen import ModalScreen
from textual.widget import Widget

from tabletop.tui.kit.rows import Line, Part
from tabletop.tui.kit.styling import styled

T = TypeVar("T")

FRAME: Final = "window"
"""Class of the widget whose border carries the news."""

LOOK: Final = 0.25
"""Seconds between looks at the clock."""

_CORNERS: Final = 6
"""Columns of a frame's border that its corners and spaces take."""

_NARROW: Final = 60
"""Columns that a frame surely has before it was laid out, if the terminal has them."""


@runtime_checkable
class NewsSource(Protocol):
    """A screen of an exercise: windows above it show its news."""

    def news(self, room: int) -> Sequence[Part]:
        """Return game time and whatever must reach a person who is typing, most urgent first.

        It takes no more than `room` cells: what is longer is cut off at its end.
        """


class Modal(ModalScreen[T], Generic[T]):
    """A window over a screen that stands still while the window is open.

    The screen below draws nothing under a window, since Textual would draw all of the terminal again each
    second; what goes on there is told in one line of the window's own border.
    """

    DEFAULT_CSS = """
    Modal .window { border-subtitle-color: $text; }
    """

    _resumed_before = False
    _news: Line = ()
    _drawn: tuple[Widget, ...] = ()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Skip the restyling of a window that has just been styled: it costs half of its opening."""
        if not self._resumed_before:
            self._resumed_before = True
            event.refresh_styles = False

    def on_mount(self) -> None:
        """Show the news, now and as it comes; once more as soon as it is known how much room there is."""
        self.show_news()
        self.call_after_refresh(self.show_news)
        self.set_interval(LOOK, self.show_news)

    def on_screen_suspend(self) -> None:
        """Remember what was drawn, which nobody can find any more once the window is closed."""
        self._drawn = (self, *self.query("*"))

    def on_unmount(self) -> None:
        """Let go of what was drawn: a cache of Textual keeps the lines of a thousand closed widgets."""
        for widget in self._drawn:
            widget.refresh()

    def show_news(self) -> None:
        """Write the news of the screen below into the border of this window."""
        below = reversed(self.app.screen_stack)
        source = next((screen for screen in below if isinstance(screen, NewsSource)), None)
        if source is None:
            return
        for frame in self.query(f".{FRAME}"):
            width = frame.outer_size.width or min(self.size.width, _NARROW)
            news = tuple(source.news(width - _CORNERS))
            if news != self._news:
                self._news = news
                frame.border_subtitle = styled(news)
