"""The list of injects on the screen. Draws only the lines that are seen, so that thousands cost nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from tabletop.plaintext import one_line
from tabletop.scenario.gametime import format_time
from tabletop.tui.kit.row_list import RowList
from tabletop.tui.kit.rows import Tone
from tabletop.tui.overview.msel import LOOKS, MselRow, RowMark
from tabletop.tui.overview.overview_model import OverviewModel

_WIDE = 84
"""Cells from which there is room for the channel and for when an inject was due."""

_QUIET = frozenset({RowMark.SKIPPED, RowMark.NOT_TAKEN})
_GONE = frozenset({RowMark.EARLY, RowMark.ON_TIME, RowMark.LATE})


class MselList(RowList):
    """One line an inject: mark, code, time, title, audience."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "msel--plain",
        "msel--dim",
        "msel--strong",
        "msel--new",
        "msel--good",
        "msel--warn",
        "msel--bad",
        "msel--cursor",
        "msel--cursor-away",
    }
    DEFAULT_CSS = """
    MselList {
        & > .msel--plain { color: $text; }
        & > .msel--dim { color: $text-muted; }
        & > .msel--strong { color: $text; text-style: bold; }
        & > .msel--new { color: $text-accent; text-style: bold; }
        & > .msel--good { color: $text-success; }
        & > .msel--warn { color: $text-warning; text-style: bold; }
        & > .msel--bad { color: $text-error; text-style: bold; }
        & > .msel--cursor { background: $block-cursor-background; }
        & > .msel--cursor-away { background: $block-cursor-blurred-background; }
    }
    """

    class CursorMoved(Message):
        """Someone moves the cursor. Whoever shows the inject puts it there: both are then drawn at once."""

        def __init__(self, entry: str) -> None:
            super().__init__()
            self.entry = entry

    def __init__(self, model: OverviewModel, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._model = model
        self._rows: Sequence[MselRow] = ()
        self._places: dict[str, int] = {}
        self._cursor: str | None = None
        self._styles: dict[str, Style] = {}

    @property
    def cursor(self) -> str | None:
        """The entry under the cursor, if it is shown."""
        return self._cursor if self._cursor in self._places else None

    def show(self, rows: Sequence[MselRow]) -> None:
        """Show these rows; the cursor stays on its entry."""
        if rows is not self._rows or len(rows) != len(self._places):
            self._rows = rows
            self._places = {row.entry: place for place, row in enumerate(rows)}
            self.virtual_size = Size(1, len(rows))
        self.refresh()

    def put_cursor(self, entry: str | None, *, centre: bool = False) -> None:
        """Put the cursor on an entry; with `centre`, leave room above and below it."""
        same = entry == self._cursor
        if same and not centre:
            return
        left, self._cursor = self._cursor, entry
        place = self._places.get(entry or "")
        if place is not None:
            self._reveal(place, margin=self.size.height // 3 if centre else 0)
        if not same:
            for row in (left, entry):
                if row in self._places:
                    self.refresh_line(self._places[row])

    def _reveal(self, place: int, *, margin: int) -> None:
        top, height = self.scroll_offset.y, self.size.height
        if place - margin < top:
            self.scroll_to(y=max(0, place - margin), animate=False)
        elif place + margin >= top + height:
            self.scroll_to(y=place + margin - height + 1, animate=False)

    # Keys and mouse -----------------------------------------------------------------------------

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    @property
    def cursor_row(self) -> int | None:
        """The row under the cursor; None if that is not shown."""
        return self._places.get(self._cursor or "")

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse was clicked."""
        place = event.y + self.scroll_offset.y
        if 0 <= place < len(self._rows):
            self.go_to_row(place)

    def go_to_row(self, place: int) -> None:
        """Ask for the cursor on a row; to the nearest if there is none at that place."""
        if self._rows:
            self.post_message(self.CursorMoved(self._rows[max(0, min(place, len(self._rows) - 1))].entry))

    # Drawing ------------------------------------------------------------------------------------

    def notify_style_update(self) -> None:
        """Forget the colours of the theme before."""
        super().notify_style_update()
        self._styles = {}

    def render_line(self, y: int) -> Strip:
        """One row, as it stands now."""
        width = self.scrollable_content_region.width
        place = y + self.scroll_offset.y
        if place >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        row = self._rows[place]
        segments = [
            Segment(set_cell_size(words, cells), self._tone(tone, under=row.entry == self._cursor))
            for words, cells, tone in self._cells(row, width)
        ]
        return Strip(segments, width).adjust_cell_length(width, segments[-1].style)

    def _cells(self, row: MselRow, width: int) -> list[tuple[str, int, Tone]]:
        """Words, their cells and their tone, from left to right."""
        glyph, tone = LOOKS[row.mark]
        words: Tone = "dim" if row.mark in _QUIET else "strong" if row.mark is RowMark.DUE else "plain"
        faint: Tone = "plain" if row.mark is RowMark.DUE else "dim"
        teams = 12 if width >= 56 else 4
        cells: list[tuple[str, int, Tone]] = [
            (f"{glyph} ", 2, tone),
            (row.code, 6, tone if row.mark is RowMark.DUE else words),
            (self._time(row), 8, tone if row.mark in {RowMark.DUE, *_GONE} else faint),
        ]
        if width >= _WIDE:
            planned = "" if row.sent is None or row.due is None else f"({format_time(row.due)})"
            cells.append((planned, 9, "dim"))
        channel = 14 if width >= _WIDE else 0
        room = width - sum(cells for _, cells, _ in cells) - teams - channel
        cells.append((_cut(one_line(row.title), room), room, words))
        if channel:
            cells.append((_cut(f" {one_line(row.channel)}", channel), channel, "dim"))
        cells.append((_cut(f" {self._model.audience(row.to)}", teams), teams, faint))
        return cells

    def _time(self, row: MselRow) -> str:
        if row.time is None:
            return row.waits
        return format_time(row.time)

    def _tone(self, tone: Tone, *, under: bool) -> Style:
        """Return the style of a tone, on the cursor or off it. Looked up once a theme."""
        key = f"{tone} {under} {self.has_focus}"
        style = self._styles.get(key)
        if style is None:
            style = self.rich_style + self.get_component_rich_style(f"msel--{tone}", partial=True)
            if under:
                cursor = "msel--cursor" if self.has_focus else "msel--cursor-away"
                style += Style(bgcolor=self.get_component_rich_style(cursor).bgcolor)
            self._styles[key] = style
        return style


def _cut(words: str, cells: int) -> str:
    """Return the beginning of the words, with an ellipsis if they do not fit."""
    if cells <= 1 or cell_len(words) <= cells:
        return words
    return f"{set_cell_size(words, cells - 1).rstrip()}…"
