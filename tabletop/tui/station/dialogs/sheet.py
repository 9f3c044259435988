"""What stands above a station: its title, its band, a form, plain refusals."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup, VerticalScroll
from textual.events import ScreenResume
from textual.widget import Widget

from tabletop.protocol.link import Link
from tabletop.tui.kit.host_contact import HostContact
from tabletop.tui.kit.key_line import BindingKeys
from tabletop.tui.kit.modal import FRAME, Modal
from tabletop.tui.kit.picks import Picks
from tabletop.tui.kit.rows import Part, Tone
from tabletop.tui.kit.sizes import HEIGHTS
from tabletop.tui.kit.styling import as_title
from tabletop.tui.kit.words import Words
from tabletop.tui.kit.words_field import WordsField
from tabletop.tui.station.attention import band
from tabletop.tui.station.desk import StationDesk
from tabletop.tui.station.model import StationModel
from tabletop.tui.station.panes.band import StageBand
from tabletop.tui.station.panes.marking import Marking
from tabletop.tui.station.pending import UnderWay


@dataclass(frozen=True, slots=True)
class Feedback:
    """What the station says once a sheet has closed."""

    text: str
    tone: Tone = "good"


@dataclass(frozen=True, slots=True)
class SheetContext:
    """What a sheet works with."""

    link: Link
    model: StationModel
    desk: StationDesk
    under_way: UnderWay


class Sheet(Modal[Feedback | None]):
    """A form above the station. Closes once what it asks for is done, or by Esc."""

    CSS_PATH = "dialog.tcss"
    VERTICAL_BREAKPOINTS = HEIGHTS

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "send", "Send", key_display="Ctrl+S", id="dialog.send", priority=True),
        Binding("tab", "app.focus_next", "Next field", key_display="Tab", id="dialog.next"),
        Binding("escape", "back", "Back", key_display="Esc", id="dialog.back"),
    ]

    title_text: ClassVar[str] = ""

    def __init__(self, seat: SheetContext) -> None:
        super().__init__()
        self.seat = seat
        self._sending = False

    # What each sheet says for itself ----------------------------------------------------------

    @abstractmethod
    def fields(self) -> Iterable[Widget]:
        """What there is to fill in."""

    @abstractmethod
    async def carry_out(self) -> None:
        """Do what is filled in and close, or say what is missing or why not."""

    def heading(self, now: float) -> list[Part]:
        """What stands above the fields."""
        return []

    def title_now(self) -> str:
        """What the sheet is called."""
        return self.title_text

    # Building ---------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """The marking, the band, the form, the keys."""
        with VerticalGroup(id="top"):
            yield Marking()
            yield StageBand()
        with VerticalScroll(id="box", classes=FRAME, can_focus=False) as box:
            box.border_title = as_title(f" {self.title_now()} ")
            heading = self.heading(self.seat.link.now())
            if heading:
                yield Words(heading, id="heading")
            yield from self.fields()
            yield Words(id="problem")
        yield BindingKeys()

    def on_mount(self) -> None:
        """Be up to date from the first moment."""
        self.see()

    def on_screen_resume(self, event: ScreenResume) -> None:
        """The keyboard is back: be up to date at once."""
        if self.is_mounted:
            self.see()

    def see(self) -> None:
        """Something happened, or a second passed. Never touches what is being typed.

        A sheet that is just opening or closing has no parts yet or any more: then there is nothing to do.
        """
        now = self.seat.link.now()
        for marking in self.query(Marking):
            marking.show_model(self.seat.model)
        shown = band(self.seat.model, HostContact.over(self.seat.link))
        for strip in self.query(StageBand):
            strip.show_band(shown)
        self._show_below(shown is None or shown.alarm == "calm")
        for heading in self.query("#heading").results(Words):
            heading.show_parts(self.heading(now))

    def _show_below(self, visible: bool) -> None:
        """Show the band of the station below, which shines through, unless it stands here already."""
        for screen in self.app.screen_stack:
            if not isinstance(screen, Sheet):
                for strip in screen.query(StageBand):
                    strip.visible = visible

    def picked(self, name: str) -> tuple[str, ...]:
        """What was chosen in a list; nothing if the sheet has no such list."""
        found = self.query(f"#{name}").results(Picks)
        return next((picks.chosen for picks in found), ())

    # Sending ----------------------------------------------------------------------------------

    @on(WordsField.Sent)
    def action_send(self) -> None:
        """Do what is filled in."""
        if not self._sending:
            self._sending = True
            self._send()

    @work(group="send")
    async def _send(self) -> None:
        try:
            await self.carry_out()
        finally:
            self._sending = False

    def say(self, parts: list[Part]) -> None:
        """Say below the form what is wrong, or what goes on."""
        problem = self.query_one("#problem", Words)
        problem.show_parts(parts)
        self.call_after_refresh(problem.scroll_visible, animate=False)

    def action_back(self) -> None:
        """Close without doing anything."""
        self.dismiss(None)
