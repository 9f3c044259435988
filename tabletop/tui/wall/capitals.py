"""The time in each capital, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from tabletop.plaintext import one_line
from tabletop.tui.kit.big_words import BigWords
from tabletop.tui.kit.words import Words


class CapitalClock(Vertical):
    """A name and a time; on a large wall the time is in large figures below its day."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._called = one_line(name)

    def compose(self) -> ComposeResult:
        """Both forms of the time; the size of the wall chooses one."""
        yield Words(classes="capital-name")
        yield Words(classes="capital-time")
        yield BigWords(classes="capital-figures")

    def show(self, time: str, *, large: bool) -> None:
        """Show that time, such as ``D-1 23:10``."""
        day, _, hour = time.rpartition(" ")
        name = f"{self._called}  {day}" if large else self._called
        self.query_one(".capital-name", Words).show_parts([(name, "dim")])
        self.query_one(".capital-time", Words).show_parts([(time, "strong")])
        self.query_one(BigWords).show(hour, 1)


class Capitals(Horizontal):
    """One for each team."""

    def __init__(self, names: Sequence[str], *, id: str) -> None:
        super().__init__(id=id)
        self._names = tuple(names)

    def compose(self) -> ComposeResult:
        """In the order of the scenario."""
        for name in self._names:
            yield CapitalClock(name)

    def show(self, times: Sequence[tuple[str, str]], *, large: bool) -> None:
        """Show the time of each, in large figures if there is room for them."""
        self.display = bool(times)
        self.set_class(large, "-large")
        for capital, (_, time) in zip(self.query(CapitalClock), times, strict=False):
            capital.show(time, large=large)
