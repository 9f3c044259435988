"""Everything that happened, one line an event; the one under the cursor in full below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, get_args

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tabletop.exercise.description import Names
from tabletop.protocol.link import Sight
from tabletop.tui.kit.row_list import RowList
from tabletop.tui.kit.rows import Tone
from tabletop.tui.kit.scroll_page import ScrollPage
from tabletop.tui.kit.window import Window, keys_line
from tabletop.tui.overview.events import Told, event_line, tells


class LogList(RowList):
    """One line an event. Tells only the events that are seen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"log--cursor", *(f"log--{tone}" for tone in get_args(Tone))}
    DEFAULT_CSS = """
    LogList {
        height: 1fr;
        & > .log--cursor { background: $block-cursor-background; }
        & > .log--dim { color: $text-muted; }
        & > .log--new { color: $text-accent; }
        & > .log--good { color: $text-success; }
        & > .log--warn { color: $text-warning; }
        & > .log--bad { color: $text-error; text-style: bold; }
    }
    """

    class Moved(Message):
        """The cursor is on another event."""

        def __init__(self, sight: Sight) -> None:
            super().__init__()
            self.sight = sight

    def __init__(self, sights: Sequence[Sight], names: Names, *, told: Told | None = None) -> None:
        """`told` says what happened where not everything is for this seat."""
        super().__init__()
        self._names = names
        self._told = told
        self._sights = [sight for sight in sights if tells(sight)]
        self._cursor = len(self._sights) - 1

    def on_mount(self) -> None:
        """Begin at the end."""
        self.virtual_size = Size(1, len(self._sights))
        self.call_after_refresh(lambda: self.go_to_row(self._cursor))

    @property
    def follows(self) -> bool:
        """Whether the cursor is on the last event, and goes along when there is another."""
        return self._cursor >= len(self._sights) - 1

    def add(self, sights: Iterable[Sight], names: Names) -> None:
        """Show more; stay with the end, or at the event that somebody is reading."""
        followed, self._names = self.follows, names
        self._sights += [sight for sight in sights if tells(sight)]
        self.virtual_size = Size(1, len(self._sights))
        if followed:
            self._cursor = len(self._sights) - 1
            self.call_after_refresh(lambda: self.go_to_row(self._cursor))
        self.refresh()

    def tell_again(self) -> None:
        """Show every event anew: what is told of one has changed."""
        self.go_to_row(self._cursor)

    @property
    def row_count(self) -> int:
        """How many events there are."""
        return len(self._sights)

    @property
    def cursor_row(self) -> int:
        """The event under the cursor."""
        return self._cursor

    def go_to_row(self, place: int) -> None:
        """Move the cursor to an event; to the nearest if there is none at that place."""
        if not self._sights:
            return
        self._cursor = max(0, min(place, len(self._sights) - 1))
        top, height = self.scroll_offset.y, self.size.height
        if not top <= self._cursor < top + height:
            self.scroll_to(
                y=max(0, self._cursor - height + 1 if self._cursor >= top else self._cursor), animate=False
            )
        self.refresh()
        self.post_message(self.Moved(self._sights[self._cursor]))

    def render_line(self, y: int) -> Strip:
        """One event, cut to the width."""
        width, place = self.scrollable_content_region.width, y + self.scroll_offset.y
        style = self.rich_style
        if place >= len(self._sights):
            return Strip.blank(width, style)
        if place == self._cursor:
            style += Style(bgcolor=self.get_component_rich_style("log--cursor").bgcolor)
        segments = [
            Segment(words, style + self.get_component_rich_style(f"log--{tone}", partial=True))
            for words, tone in event_line(self._sights[place], self._names, width, told=self._told)
        ]
        return Strip(segments).adjust_cell_length(width, style)


class LogWindow(Window[None]):
    """Show the log."""

    DEFAULT_CSS = """
    LogWindow {
        & > .window { max-width: 140; height: 100%; }
        & ScrollPage { height: 7; border-top: solid $frame; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("l,enter", "leave", "Back", show=False, id="log.close")]

    def __init__(self, sights: Sequence[Sight], names: Names) -> None:
        super().__init__("Everything that happened")
        self._names = names
        self._sights = sights

    def inside(self) -> Iterable[Widget]:
        """Yield the list, and the event under the cursor."""
        yield LogList(self._sights, self._names)
        yield ScrollPage()

    def keys(self) -> Content:
        """Move and leave."""
        return keys_line(("Up Down PgUp PgDn", "move"), ("Esc", "back"))

    def on_log_list_moved(self, event: LogList.Moved) -> None:
        """Show the event in full."""
        sight = event.sight
        head = f"Event {sight.seq} by {sight.seat}, {sight.wall}"
        self.query_one(ScrollPage).show([((head, "dim"),), event_line(sight, self._names)], sight.seq)
