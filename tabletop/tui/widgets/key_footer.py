"""A footer for more keys than fit on one line of a small terminal."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Footer


class SteadyFooter(Footer):
    """Shows its keys from the first moment, and draws them anew only when they are others."""

    def __init__(self, *, compact: bool = False) -> None:
        super().__init__(show_command_palette=False, compact=compact)
        self.set_reactive(Footer._bindings_ready, True)
        self._drawn: tuple[tuple[Binding, bool, str], ...] = ()

    def bindings_changed(self, screen: Screen[object]) -> None:
        """Draw the keys anew if they are others: screens send this with everything that happens."""
        if self._keys() != self._drawn:
            super().bindings_changed(screen)

    def compose(self) -> ComposeResult:
        """The keys as they are now."""
        self._drawn = self._keys()
        yield from super().compose()

    def _keys(self) -> tuple[tuple[Binding, bool, str], ...]:
        active = self.screen.active_bindings.values()
        return tuple((one.binding, one.enabled, one.tooltip) for one in active if one.binding.show)


class KeyFooter(SteadyFooter):
    """One line of keys; two lines of at least that many where there is less room than it `needs`."""

    DEFAULT_CSS = """
    KeyFooter {
        padding: 0 1;
        &.-columns { layout: grid; height: 2; grid-gutter: 0; grid-rows: 1; }
        &.-columns > FooterKey { width: 1fr; margin-right: 0; }
    }
    """

    def __init__(self, columns: int, needs: int) -> None:
        super().__init__(compact=True)
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
