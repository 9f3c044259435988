"""What came to the team, the newest first: the newest stays in sight wherever the cursor is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from textual import events
from textual.timer import Timer

from tabletop.tui.kit.keyed_list import KeyedList
from tabletop.tui.kit.rows import Row

HANDS_OFF: Final = 8.0
"""Seconds without a key or the wheel after which nobody is walking through the list any more."""


class InboxList(KeyedList):
    """Shows its top when something arrives. Whoever is walking through it further down keeps their place."""

    _resting: Timer | None = None
    """Runs while a person walks through the list."""
    _missed = False
    """Whether something arrived meanwhile."""
    _moved_by_program = False

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows, the newest first."""
        newest = self._rows[0].key if self._rows else None
        arrived = newest is not None and bool(rows) and rows[0].key != newest
        top = self.scroll_offset.y
        below_top = self._line(self.key) - top
        self._moved_by_program = True
        super().show_rows(rows)
        self._moved_by_program = False
        stays_in_sight = top == 0 and self._line(self.key) < self.scrollable_content_region.height
        if arrived and (self._resting is None or stays_in_sight):
            self._scroll(0)
        elif arrived:
            self._missed = True
            self._scroll(self._line(self.key) - below_top)

    def above(self, keys: Collection[str]) -> int:
        """How many of these rows stand above what is in sight."""
        begins = zip(self._rows or (), _lines(self._rows or ()), strict=True)
        return sum(row.key in keys and line < self.scroll_offset.y for row, line in begins)

    def go_to(self, key: str) -> None:
        """Put the cursor on a row, if it is there."""
        self._moved_by_program = True
        super().go_to(key)
        self._moved_by_program = False

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Note that a person has moved the cursor, unless the program did."""
        super().watch_highlighted(highlighted)
        if highlighted is not None and not self._moved_by_program:
            self._touched()

    def on_mouse_scroll_up(self, _: events.MouseScrollUp) -> None:
        """Note that a person turns the wheel."""
        self._touched()

    def on_mouse_scroll_down(self, _: events.MouseScrollDown) -> None:
        """Note that a person turns the wheel."""
        self._touched()

    def _touched(self) -> None:
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(HANDS_OFF, self._rested)

    def _rested(self) -> None:
        self._resting = None
        if self._missed:
            self._missed = False
            self._scroll(0)

    def _scroll(self, line: int) -> None:
        self.scroll_to(y=line, animate=False, force=True, immediate=True)

    def _line(self, key: str | None) -> int:
        """Return the line at which a row begins, counted from the top of the list; 0 if it is not there."""
        rows = self._rows or ()
        return next((line for row, line in zip(rows, _lines(rows), strict=True) if row.key == key), 0)


def _lines(rows: Iterable[Row]) -> Iterator[int]:
    """Return the lines at which rows begin: none is wrapped."""
    line = 0
    for row in rows:
        yield line
        line += 1 + sum(text.count("\n") for text, _ in row.parts)
