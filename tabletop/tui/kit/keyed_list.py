"""A list that takes new rows without losing its place."""

from __future__ import annotations

from collections.abc import Sequence

from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tabletop.tui.kit.rows import Row
from tabletop.tui.kit.styling import plain, styled


class KeyedList(OptionList):
    """Rows with keys. Rows that did not change are left alone; the cursor stays on its key."""

    DEFAULT_CSS = """
    KeyedList {
        text-wrap: nowrap;
        text-overflow: ellipsis;
        scrollbar-size-vertical: 1;
        background: transparent;
        & > .option-list--option-highlighted {
            color: $foreground;
            background: $foreground 10%;
            text-style: none;
        }
        &:focus > .option-list--option-highlighted {
            color: $block-cursor-foreground;
            background: $block-cursor-background;
        }
    }
    """

    def __init__(self, *, empty: str = "", id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes, markup=False)
        self._empty = empty
        self._rows: tuple[Row, ...] | None = None

    @property
    def key(self) -> str | None:
        """The key of the row under the cursor."""
        option = self.highlighted_option
        return option.id if option is not None else None

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows, in this order."""
        rows, before = tuple(rows), self._rows
        if rows == before:
            return
        self._rows = rows
        if before and [row.key for row in before] == [row.key for row in rows]:
            for index, (old, new) in enumerate(zip(before, rows, strict=True)):
                if old != new:
                    self.replace_option_prompt_at_index(index, styled(new.parts))
            return
        self._rebuild(rows)

    def go_to(self, key: str) -> None:
        """Put the cursor on a row, if it is there."""
        for index, row in enumerate(self._rows or ()):
            if row.key == key:
                self.highlighted = index

    def _rebuild(self, rows: tuple[Row, ...]) -> None:
        key = self.key
        with self.app.batch_update():
            self.clear_options()
            if not rows:
                if self._empty:
                    self.add_option(Option(plain(self._empty), disabled=True))
                return
            self.add_options(Option(styled(row.parts), id=row.key) for row in rows)
            keys = [row.key for row in rows]
            self.highlighted = keys.index(key) if key in keys else 0
