"""A footer for more keys than fit on one line of a small terminal."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Footer


class KeyFooter(Footer):
    """One line of keys; two lines of at least that many where there is less room than it `needs`."""

    DEFAULT_CSS = """
    KeyFooter {
        padding: 0 1;
        &.-columns { layout: grid; height: 2; grid-gutter: 0; grid-rows: 1; }
        &.-columns > FooterKey { width: 1fr; margin-right: 0; }
    }
    """

    def __init__(self, columns: int, needs: int) -> None:
        super().__init__(show_command_palette=False, compact=True)
        self._columns = columns
        self._needs = needs

    def on_resize(self) -> None:
        """Two lines where one is too short."""
        self.set_class(self.size.width < self._needs, "-columns")

    def compose(self) -> ComposeResult:
        """The keys, in columns that this screen chose."""
        keys = list(super().compose())
        yield from keys
        self.styles.grid_size_columns = max(self._columns, (len(keys) + 1) // 2)
