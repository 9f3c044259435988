"""Cards, talk and log: what stands beside or below the page being read."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.widgets import Static

from tabletop.plaintext import one_line
from tabletop.tui.kit.keyed_list import KeyedList
from tabletop.tui.kit.rows import Line, Part
from tabletop.tui.kit.styling import as_title, styled
from tabletop.tui.station.lists import card_rows, stamp, talk_rows
from tabletop.tui.station.station_model import StationModel

_LOG_LINES = 400
"""How much of the log is shown; a day of play has fewer lines."""


class LogBoard(VerticalScroll):
    """The team's own log, newest last. Follows the end unless someone scrolled up."""

    _shown = 0
    _sent: tuple[Line, ...] = ()

    def on_mount(self) -> None:
        """Follow the end."""
        self.anchor()

    def compose(self) -> ComposeResult:
        """One flow of text."""
        yield Static("Nothing has happened yet.", id="log-lines", markup=False)
        yield Static("", id="log-sent", markup=False)

    def show_model(self, model: StationModel) -> None:
        """Add what is new."""
        lines = model.diary.lines
        if len(lines) == self._shown:
            return
        self._shown = len(lines)
        grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
        grid.add_column(width=6, no_wrap=True)
        grid.add_column(ratio=1)
        for line in lines[-_LOG_LINES:]:
            grid.add_row(Text(stamp(line.at), style="dim"), Text(one_line(line.text)))
        self.query_one("#log-lines", Static).update(grid)

    def show_sent(self, lines: Sequence[Line]) -> None:
        """How far the latest commands of this seat have come, below the log."""
        if tuple(lines) != self._sent:
            self._sent = tuple(lines)
            parts: list[Part] = [("\nSent from this terminal, with this seat's own numbers", "dim")]
            for line in lines:
                parts += [("\n", "plain"), *line]
            below = self.query_one("#log-sent", Static)
            below.set_class(bool(lines), "-said")
            below.update(styled(parts))


class Boards(Container):
    """The three boards. A wide screen shows all, others the one that was asked for."""

    def compose(self) -> ComposeResult:
        """Cards, talk and log."""
        yield KeyedList(empty="You hold no cards yet.", id="cards", classes="pane board")
        yield KeyedList(empty="Nobody has said anything yet.", id="talk", classes="pane board")
        yield LogBoard(id="log", classes="pane board")

    def on_mount(self) -> None:
        """Titles, and talk as the board that is shown first."""
        self.query_one("#cards").border_title = as_title("Cards [K]")
        self.query_one("#talk").border_title = as_title("Talk [T]")
        self.query_one("#log").border_title = as_title("Log [L]")
        self.choose("talk")

    def choose(self, name: str) -> None:
        """Bring one board to the front."""
        for board in self.query(".board"):
            board.set_class(board.id == name, "-chosen")

    def show_model(self, model: StationModel) -> None:
        """Bring all three up to date."""
        self.query_one("#cards", KeyedList).show_rows(card_rows(model))
        self.query_one("#talk", KeyedList).show_rows(talk_rows(model))
        self.query_one(LogBoard).show_model(model)

    def show_sent(self, lines: Sequence[Line]) -> None:
        """Bring up to date what became of the latest commands."""
        self.query_one(LogBoard).show_sent(lines)
