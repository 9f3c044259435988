"""What all forms of a team have in common: the top of its station, its seat."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup, VerticalScroll
from textual.content import Content
from textual.events import ScreenResume
from textual.screen import Screen
from textual.widget import Widget

from tabletop.exercise.commands import Command
from tabletop.protocol.link import Link
from tabletop.tui.kit.fields import Field, PicksField, TextField
from tabletop.tui.kit.form import Form
from tabletop.tui.kit.form_draft import FormDraft
from tabletop.tui.kit.host_contact import HostContact
from tabletop.tui.kit.key_line import BindingKeys
from tabletop.tui.kit.modal import FRAME
from tabletop.tui.kit.pending import Feedback, PendingCommands
from tabletop.tui.kit.picks import Pick
from tabletop.tui.kit.rows import Part
from tabletop.tui.kit.sizes import HEIGHTS
from tabletop.tui.kit.styling import as_title
from tabletop.tui.kit.words import Words
from tabletop.tui.station.attention import band, band_at_console
from tabletop.tui.station.memory import StationMemory
from tabletop.tui.station.panes.band import StageBand
from tabletop.tui.station.panes.banner import Banner
from tabletop.tui.station.panes.marking import Marking
from tabletop.tui.station.station_model import StationModel

ENTER_SENDS: Final = Binding(
    "ctrl+s", "send", "Send", key_display="Enter or Ctrl+S", id="dialog.send", priority=True
)
"""How the keys of a form with one short text say what sends."""

NO_WORDS = "Write something first."
NO_PARTNER = "Choose at least one: press their number."


@dataclass(frozen=True, slots=True)
class TeamSeat:
    """What a team's forms work with, at its own station or at the console."""

    link: Link
    model: StationModel
    memory: StationMemory
    pending: PendingCommands
    at_console: bool = False
    """Whether exercise control fills it in for the team."""
    control: Callable[[Command], None] | None = None
    """Gives a command of exercise control, where that fills it in."""

    def draft(self, kind: str, about: str | None = None) -> FormDraft:
        """Return the draft of a form; `about` is what it is about, if that varies."""
        name = kind if about is None else f"{kind}/{about}"
        if self.at_console:
            name = f"move {kind} {self.link.seat} {about or ''}".rstrip()
        return FormDraft(self.memory.drafts, name)


class TeamForm(Form, inherit_bindings=False):
    """A form above the station. Follows what happens while it is open, and never what is being typed."""

    CSS_PATH = "team_form.tcss"
    VERTICAL_BREAKPOINTS = HEIGHTS
    framed = True

    BINDINGS: ClassVar[list[BindingType]] = [
        # In the order of the line of keys, which that of the base classes is not.
        Binding("tab", "app.focus_next", "Next field", key_display="Tab", id="dialog.next"),
        *(binding for binding in Screen.BINDINGS if isinstance(binding, Binding) and binding.key != "tab"),
        Binding("ctrl+s", "send", "Send", key_display="Ctrl+S", id="dialog.send", priority=True),
        Binding("escape", "leave", "Back, keeps draft", key_display="Esc", id="dialog.back"),
    ]

    title_text: ClassVar[str] = ""

    def __init__(self, seat: TeamSeat, draft: FormDraft) -> None:
        super().__init__("", seat.pending, draft, build=self.build)
        self.seat = seat
        self._stage = seat.model.course.stage

    # What each form says for itself -----------------------------------------------------------

    def fields(self) -> Sequence[Field]:
        """Return what there is to fill in."""
        return ()

    def build(self, given: dict[str, Any]) -> Command:
        """Return the command that is filled in. Raises `ValueError` with what is missing."""
        raise NotImplementedError

    def heading(self, now: float) -> list[Part]:
        """Return what stands above the fields."""
        return []

    def above(self) -> Iterable[Widget]:
        """Yield what can be read between the heading and the fields."""
        return ()

    def title_now(self) -> str:
        """Return what the form is called."""
        return self.title_text

    def left(self) -> Feedback | None:
        """Say that the draft is kept."""
        return Feedback("Not sent. Your draft is kept and opens again with the same key.", "warn")

    # Parts of several forms -------------------------------------------------------------------

    def partners(
        self, label: str, needed: str, *, extra: Iterable[Pick] = (), **options: object
    ) -> PicksField:
        """Return a field with the partners, to be ticked."""
        names = self.seat.model.names
        items = [Pick(team, names.start(team)) for team in self.seat.model.partners]
        return PicksField(
            "partners",
            label,
            [*items, *extra],
            many=True,
            needed=needed,
            **options,  # type: ignore[arg-type]
        )

    @staticmethod
    def words_field(label: str, *, short: bool = False) -> TextField:
        """Return the text; Enter sends a short one."""
        return TextField("words", label, short=short, attribute="text", needed=NO_WORDS)

    def about(self) -> Iterable[PicksField]:
        """Yield which decision it is about: what waits, what is talked about, then the newest of the rest."""
        decisions = self.seat.model.decisions
        put = (item.decision for item in reversed(decisions.questions.values()) if not item.open)
        if asked := [*(item.decision for item in decisions.open), *decisions.talks, *put]:
            named = [Pick(decision, decisions.full_name(decision)) for decision in asked]
            yield optional_pick("about", "About", "Nothing in particular", named)

    # Building ---------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Show the top of the station, which stands still below, the form, the keys."""
        self._fields = tuple(self.fields())
        with VerticalGroup(id="top"):
            yield Marking() if self.seat.at_console else Banner()
            yield StageBand()
        with VerticalScroll(id="box", classes=FRAME, can_focus=False) as box:
            box.border_title = self.whole_title()
            heading = self.heading(self.seat.link.now())
            if heading:
                yield Words(heading, id="heading")
            yield from self.above()
            yield from self.make_fields().values()
            yield Words(id="problem")
        yield BindingKeys()

    def whole_title(self) -> Content | None:
        """Return what stands in the frame: at the console also whose move it is."""
        team = f"{self.seat.model.team_name}: " if self.seat.at_console else ""
        return as_title(f" {team}{self.title_now()} ")

    def draft_title(self) -> str:
        """Return what the draft is called where it is listed."""
        return (
            f"{self.seat.model.team_name}: {self.title_now()}" if self.seat.at_console else self.title_now()
        )

    def on_mount(self) -> None:
        """Be up to date from the first moment."""
        self.see()

    def on_screen_resume(self, event: ScreenResume) -> None:
        """Be up to date at once: the keyboard is back."""
        self.follow()

    def follow(self) -> None:
        """Something happened, or a second passed: see, if the form has all its parts.

        They are not there yet while it opens, and as the program ends, they go before the screen below.
        """
        if self.is_mounted and self.is_running:
            self.see()

    def see(self) -> None:
        """Bring up to date what depends on the clock, and on what others do."""
        stage, self._stage = self._stage, self.seat.model.course.stage
        if self.refused == "wrong-stage" and stage is not self._stage:
            self.unsay()  # what was not allowed then may be by now
        now = self.seat.link.now()
        for banner in self.query(Banner):
            banner.show_model(self.seat.model, self.seat.memory, now)
        for marking in self.query(Marking):
            marking.show_model(self.seat.model)
        said = band_at_console if self.seat.at_console else band
        shown = said(self.seat.model, HostContact.over(self.seat.link))
        for strip in self.query(StageBand):
            strip.show_band(shown)
        self._show_below(shown is None or shown.alarm == "calm")
        for heading in self.query("#heading").results(Words):
            heading.show_parts(self.heading(now))

    def _show_below(self, visible: bool) -> None:
        """Show the band of the station below, which shines through, unless it stands here already."""
        for screen in self.app.screen_stack:
            if not isinstance(screen, TeamForm):
                for strip in screen.query(StageBand):
                    strip.visible = visible

    def picked(self, name: str) -> tuple[str, ...]:
        """Return what was chosen in a list; nothing if the form has no such list."""
        value = self.value(name)
        return value if isinstance(value, tuple) else ()


NONE = "none"


def optional_pick(name: str, label: str, none: str, items: Iterable[Pick]) -> PicksField:
    """Return a field with one choice that may be none."""
    return PicksField(
        name,
        label,
        [Pick(NONE, none), *items],
        chosen=(NONE,),
        convert=lambda key: None if key == NONE else key.removeprefix(f"{name}/"),
    )
