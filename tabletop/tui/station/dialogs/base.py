"""What all dialogs of a station have in common: drafts, sending, plain refusals, the band."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from pydantic import ValidationError
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup, VerticalScroll
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Footer

from tabletop.exercise.commands import MAX_TEXT, Command
from tabletop.exercise.refusal import Refusal
from tabletop.link.protocol import Link
from tabletop.tui.station.attention import band
from tabletop.tui.station.desk import Desk, Draft
from tabletop.tui.station.model import StationModel
from tabletop.tui.station.panes.band import StageBand
from tabletop.tui.station.panes.marking import Marking
from tabletop.tui.widgets.picks import Pick, Picks
from tabletop.tui.widgets.rows import Part, Tone
from tabletop.tui.widgets.sizes import HEIGHTS
from tabletop.tui.widgets.toned import as_title
from tabletop.tui.widgets.words import Words
from tabletop.tui.widgets.words_field import WordsField


@dataclass(frozen=True, slots=True)
class Feedback:
    """What the station says once a dialog has closed."""

    text: str
    tone: Tone = "good"


@dataclass(frozen=True, slots=True)
class Seat:
    """What a dialog works with."""

    link: Link
    model: StationModel
    desk: Desk


class Dialog(ModalScreen[Feedback | None]):
    """A form that is sent as one command. Closes only once that is recorded, or by Esc with a draft kept."""

    CSS_PATH = "dialog.tcss"
    VERTICAL_BREAKPOINTS = HEIGHTS

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "send", "Send", key_display="Ctrl+S", id="dialog.send", priority=True),
        Binding("tab", "app.focus_next", "Next field", key_display="Tab", id="dialog.next"),
        Binding("escape", "back", "Back, keeps draft", key_display="Esc", id="dialog.back"),
    ]

    title_text: ClassVar[str] = ""

    def __init__(self, seat: Seat, draft_name: str) -> None:
        super().__init__()
        self.seat = seat
        self.draft_name = draft_name
        self.draft = seat.desk.drafts.get(draft_name, Draft())
        self._untouched = Draft()
        self._sending = False

    # What each dialog says for itself ---------------------------------------------------------

    @abstractmethod
    def fields(self) -> Iterable[Widget]:
        """What there is to fill in."""

    @abstractmethod
    def command(self) -> Command | str:
        """The command as filled in; or, in plain words, what is missing."""

    @abstractmethod
    def done(self) -> str:
        """What to say once it is recorded."""

    def heading(self, now: float) -> list[Part]:
        """What stands above the fields."""
        return []

    async def confirmed(self) -> bool:
        """Whether to go on, for dialogs that ask once more."""
        return True

    # Building ---------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """The marking, the band, the form, the keys."""
        with VerticalGroup(id="top"):
            yield Marking()
            yield StageBand()
        with VerticalScroll(id="box", can_focus=False) as box:
            box.border_title = as_title(f" {self.title_text} ")
            heading = self.heading(self.seat.link.now())
            if heading:
                yield Words(heading, id="heading")
            yield from self.fields()
            yield Words(id="problem")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Remember what an untouched form looks like."""
        self._untouched = self._as_draft() if self.draft.empty else Draft()
        self.see()

    def on_screen_resume(self) -> None:
        """The keyboard is back: be up to date at once."""
        if self.is_mounted:
            self.see()

    def see(self) -> None:
        """Something happened, or a second passed. Never touches what is being typed.

        A dialog that is just opening or closing has no parts yet or any more: then there is nothing to do.
        """
        now = self.seat.link.now()
        for marking in self.query(Marking):
            marking.show_model(self.seat.model)
        for strip in self.query(StageBand):
            strip.show_band(band(self.seat.model, self.seat.link.trouble()))
        for heading in self.query("#heading").results(Words):
            heading.show_parts(self.heading(now))

    def partner_picks(self, *, title: str, extra: Iterable[Pick] = (), first: tuple[str, ...] = ()) -> Picks:
        """The partners, to be ticked; `first` are ticked if there is no draft."""
        names = self.seat.model.names
        items = [Pick(team, names.start(team)) for team in self.seat.model.partners]
        return Picks(
            [*items, *extra],
            many=True,
            chosen=self.draft.picks.get("partners", first),
            title=title,
            id="partners",
        )

    def text_field(self, title: str) -> WordsField:
        """The text."""
        return WordsField(self.draft.text, title=title, id="words")

    # Reading the form -------------------------------------------------------------------------

    def words(self) -> str:
        """What was typed."""
        return self.query_one(WordsField).words

    def picked(self, name: str) -> tuple[str, ...]:
        """What was chosen in a list; nothing if the dialog has no such list."""
        found = self.query(f"#{name}").results(Picks)
        return next((picks.chosen for picks in found), ())

    def _as_draft(self) -> Draft:
        field = next(iter(self.query(WordsField)), None)
        text = field.text if field is not None else ""
        return Draft(text=text, picks={picks.id or "": picks.chosen for picks in self.query(Picks)})

    # Sending ----------------------------------------------------------------------------------

    @on(WordsField.Sent)
    def action_send(self) -> None:
        """Send what is filled in."""
        if not self._sending:
            self._sending = True
            self._send()

    @work(group="send")
    async def _send(self) -> None:
        try:
            await self._try_to_send()
        finally:
            self._sending = False

    async def _try_to_send(self) -> None:
        command = self._checked()
        if isinstance(command, str):
            self._say([(command, "warn")])
            return
        if not await self.confirmed():
            return
        self._say([("Sending …", "dim")])
        answer = await self.seat.link.submit(command)
        if isinstance(answer, Refusal):
            self._say([("Not recorded: ", "bad"), (f"{answer.message}.", "plain")])
            return
        self.seat.desk.drafts.pop(self.draft_name, None)
        self.dismiss(Feedback(self.done()))

    def _checked(self) -> Command | str:
        field = next(iter(self.query(WordsField)), None)
        if field is not None and len(field.words) > MAX_TEXT:
            return f"That is {len(field.words):,} characters long; {MAX_TEXT:,} can be recorded. Shorten it."
        try:
            return self.command()
        except ValidationError:
            return "That cannot be recorded as it stands. Shorten it, or type it again."

    def _say(self, parts: list[Part]) -> None:
        problem = self.query_one("#problem", Words)
        problem.show_parts(parts)
        self.call_after_refresh(problem.scroll_visible, animate=False)

    def action_back(self) -> None:
        """Close without sending; what was filled in is kept."""
        draft = self._as_draft()
        if draft == self._untouched:
            self.dismiss(None)
            return
        self.seat.desk.keep(self.draft_name, draft)
        self.dismiss(Feedback("Not sent. Your draft is kept and opens again with the same key.", "warn"))
