"""The two lists on the left: what waits for the team, and what came to it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical

from tabletop.tui.kit.keyed_list import KeyedList
from tabletop.tui.kit.styling import as_title
from tabletop.tui.station.lists import inbox_rows, todo_rows
from tabletop.tui.station.memory import StationMemory
from tabletop.tui.station.panes.inbox import InboxList
from tabletop.tui.station.station_model import StationModel


class SideLists(Vertical):
    """Decisions above, inbox below."""

    _titles: tuple[str, str] | None = None

    def compose(self) -> ComposeResult:
        """Both lists."""
        yield KeyedList(empty="No decision is asked of you.", id="todo", classes="pane")
        yield InboxList(id="inbox", classes="pane")

    def show_model(self, model: StationModel, memory: StationMemory, now: float) -> None:
        """Bring both up to date."""
        todo, inbox = self.query_one("#todo", KeyedList), self.query_one(InboxList)
        todo.show_rows(todo_rows(model, now))
        inbox.show_rows(inbox_rows(model, memory, tall=self.screen.has_class("-tall")))
        counts = model.counts
        waiting = counts.open + counts.waiting
        fresh = {arrival.key for arrival in memory.fresh(model)}
        above = inbox.above(fresh)
        news = (f" · {len(fresh)} new" if fresh else "") + (f" · ▲ {above} above" if above else "")
        titles = (f"To do · {waiting}" if waiting else "To do", f"Inbox{news}")
        if titles != self._titles:
            self._titles = titles
            todo.border_title, inbox.border_title = map(as_title, titles)
