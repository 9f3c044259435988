"""What stands on the screen while the keyboard changes hands."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Middle, VerticalGroup
from textual.screen import Screen
from textual.widgets import Static

from tabletop.plaintext import one_line
from tabletop.tui.kit.key_line import BindingKeys
from tabletop.tui.kit.rows import Part, shortened
from tabletop.tui.kit.styling import styled
from tabletop.tui.station.attention import BandText
from tabletop.tui.station.panes.band import StageBand
from tabletop.tui.station.panes.marking import Marking

_LOOK: Final = 0.25
"""Seconds between looks at whether play was stopped."""


class CoverScreen(Screen[bool]):
    """Says whose turn it is and shows nothing else. True: open; False: back."""

    DEFAULT_CSS = """
    CoverScreen {
        align: center middle;
        & > #cover-top { dock: top; }
        & > Middle { width: 100%; height: 1fr; }
        & #cover-words { width: 100%; text-align: center; padding: 0 2; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer(True)", "Open", key_display="Enter", id="cover.open"),
        Binding("escape", "answer(False)", "Back", key_display="Esc", id="cover.back"),
    ]

    def __init__(self, team_name: str, exercise_title: str, alarm: Callable[[], BandText | None]) -> None:
        """`alarm` gives the band of a real-world emergency while there is one: it has no turn to wait for."""
        super().__init__()
        self._alarm = alarm
        self._team = shortened(one_line(team_name), 60)
        self._whose = f"{self._team}'s station"
        self._exercise = shortened(one_line(exercise_title), 70)

    def compose(self) -> ComposeResult:
        """Yield a few centred lines."""
        with VerticalGroup(id="cover-top"):
            yield Marking()
            yield StageBand()
        with Middle():
            yield Static(styled(self.words()), id="cover-words")
        yield BindingKeys()

    def on_mount(self) -> None:
        """Look now, and for as long as the cover stands."""
        self._look()
        self.set_interval(_LOOK, self._look)

    def _look(self) -> None:
        alarm = self._alarm()
        self.query_one(Marking).show_real(alarm is not None)
        self.query_one(StageBand).show_band(alarm)

    def words(self) -> list[Part]:
        """Return what the cover says."""
        return [
            (f"{self._exercise}\n\n\n", "dim"),
            (f"Hand the keyboard to {self._team}.\n", "strong"),
            ("All others look away.\n\n\n", "plain"),
            (f"{self._team}: press ", "plain"),
            ("Enter", "new"),
            (" to open your station.\n", "plain"),
            ("Esc goes back.", "dim"),
        ]

    def why_not(self, key: str) -> str:
        """Return which keys do something."""
        return f"Enter opens {self._whose}. Esc goes back. F1, F2 and so on call for another seat."

    def action_answer(self, opened: bool) -> None:
        """Open or go back."""
        self.dismiss(opened)


class FacilitatorCover(CoverScreen):
    """On the way back to the facilitator's console, which no player may read."""

    def __init__(self, exercise_title: str, alarm: Callable[[], BandText | None]) -> None:
        super().__init__("the facilitator", exercise_title, alarm)
        self._whose = "the console"

    def words(self) -> list[Part]:
        """Return what the cover says."""
        return [
            (f"{self._exercise}\n\n\n", "dim"),
            ("Hand the keyboard to the facilitator.\n", "strong"),
            ("All players look away.\n\n\n", "plain"),
            ("Facilitator only: press ", "plain"),
            ("Enter", "new"),
            (" to open the console.\n", "plain"),
            ("Esc goes back.", "dim"),
        ]
