"""The facilitator's console: puts the model on the screen, and what is pressed to the host."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.widgets import Digits, Input

from tabletop.exercise.attached import attached
from tabletop.exercise.commands import FACILITATOR, Emergency, StandDown
from tabletop.exercise.events import EmergencyCleared, EmergencyDeclared, ExerciseClosed, InjectReleased
from tabletop.exercise.state import Stage
from tabletop.host.drafts import DraftStore, SeatDrafts
from tabletop.plaintext import visible
from tabletop.protocol.console_link import ConsoleLink
from tabletop.protocol.link import Link, Sight
from tabletop.tui.console.base_screen import ConsoleBaseScreen
from tabletop.tui.console.commands import COMMANDS
from tabletop.tui.console.commands.injects import ABOUT_THE_CURSOR
from tabletop.tui.console.commands.leap import LeapQuestion
from tabletop.tui.console.console import Console
from tabletop.tui.console.dialogs.emergency import EmergencyAlert, StoppedScreen
from tabletop.tui.console.facilitator_news import news
from tabletop.tui.console.pages.last_submission import sent_line
from tabletop.tui.console.panels.feed import FeedBox
from tabletop.tui.console.panels.keys import CommandKeys
from tabletop.tui.console.panels.missing import MissingBand
from tabletop.tui.console.panels.msel import MselList
from tabletop.tui.console.panels.now import NowLine
from tabletop.tui.console.panels.trouble import TroubleBand
from tabletop.tui.console.presenter import Drawing
from tabletop.tui.console.rooms import look_around
from tabletop.tui.kit.attachment_window import AttachmentWindow
from tabletop.tui.kit.box import Box
from tabletop.tui.kit.command_registry import ScreenCommand
from tabletop.tui.kit.emergency_screen import EmergencyCover
from tabletop.tui.kit.fitting import fit
from tabletop.tui.kit.help import entry, heading
from tabletop.tui.kit.host_contact import HostContact
from tabletop.tui.kit.panels import bring_up
from tabletop.tui.kit.plain_band import PlainBand
from tabletop.tui.kit.rows import Line, Part
from tabletop.tui.kit.scroll_page import ScrollPage, page_keys
from tabletop.tui.kit.sizes import HEIGHTS
from tabletop.tui.kit.words import Words
from tabletop.tui.overview.log import LogWindow
from tabletop.tui.overview.msel import LOOKS, MselRow
from tabletop.tui.overview.scores import ScoresBox
from tabletop.tui.overview.wording import VERY_WIDE, WIDE
from tabletop.tui.station.forms.team_form import TeamForm

WIDTHS: Final = [(0, "-narrow"), (WIDE, "-medium"), (VERY_WIDE, "-wide")]
"""Classes of the screen by its columns: one panel beside the MSEL, most of them, all of them."""

CHAIR_WITHIN: Final = 5.0
"""Seconds in which the host has to say that this console runs the exercise."""

REFRESH = 0.25
"""Seconds between looks at the clock."""


class ConsoleScreen(ConsoleBaseScreen):
    """One screen for a live session. It is the `Console` that commands work at."""

    BLANK = True
    CSS_PATH = "console.tcss"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    typing_hint = "open a form first, for example N for a note"
    registry = COMMANDS
    dims_keys = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *COMMANDS.bindings(without=frozenset({"emergency"})),
        *page_keys("console"),
    ]

    def __init__(
        self,
        links: Mapping[str, Link],
        screens: Sequence[tuple[str, str]] = (),
        front_desk: ConsoleLink | None = None,
        drafts: SeatDrafts | None = None,
    ) -> None:
        """`front_desk` is where stations from elsewhere are seen to, if they can join."""
        super().__init__(links, front_desk, DraftStore().of(FACILITATOR) if drafts is None else drafts)
        self._screens = tuple(screens)
        self._drawing_soon = self._caught_up = False
        self._drawn: tuple[object, ...] = ()
        self._ends.append(self._link.watch(self._see))
        self._caught_up = True
        self._leaps = LeapQuestion(self)
        self._emergency = EmergencyCover(
            self, self.model, lambda said, stopped: StoppedScreen(said, stopped, self._stand_down)
        )
        self._drawing = Drawing(self, self.model, self._screens)

    def compose(self) -> ComposeResult:
        """Banner, what to do next, the MSEL and its panels, keys."""
        if self._link.plain:
            yield PlainBand()
        yield Box(id="marking")
        with Horizontal(id="banner"):
            yield Digits("", id="clock")
            yield Box(id="facts")
        yield TroubleBand(id="trouble")
        yield MissingBand(id="missing")
        yield NowLine(id="now")
        with Container(id="body", classes="-inject"):
            with Vertical(id="msel-panel"):
                yield MselList(self.model, id="msel")
                yield Input(
                    id="filter", placeholder="only injects with these words; Esc ends it", compact=True
                )
            yield Box(id="tabs")
            with Vertical(id="inject", classes="panel"):
                yield Box(id="inject-status")
                yield ScrollPage(id="inject-words")
            yield Box(title="2 Teams", id="teams", classes="panel")
            yield FeedBox(title="3 Events", id="feed", classes="panel")
            yield ScoresBox(title="4 Scores", id="scores", classes="panel")
            yield Box(title="5 Contacts", id="contacts", classes="panel")
        yield Box(id="team-line")
        yield Words(fixed=True, id="sent")
        yield CommandKeys(id="keys")

    def on_mount(self) -> None:
        """Begin on the MSEL, and keep an eye on the clock."""
        self.query_one(MselList).focus()
        self.set_interval(REFRESH, self._look)
        self._draw_soon()

    def on_screen_resume(self) -> None:
        """Catch up with what happened while a window or a station was open."""
        self._draw_soon()

    def news(self, room: int) -> Sequence[Part]:
        """Return game time, what stops play and what waits for the facilitator, for the windows above."""
        contact = HostContact.over(self._link)
        return fit(news(self.model, self.now, contact, look_around(self.front_desk)), room)

    def on_unmount(self) -> None:
        """Watch no longer."""
        for end in self._ends:
            end()

    # What happens -------------------------------------------------------------------------------

    def _see(self, sight: Sight) -> None:
        inquiries = len(self.model.inquiries.waiting) if self._caught_up else 0
        self.model.see(sight)
        if self._caught_up and self.is_mounted and len(self.model.inquiries.waiting) > inquiries:
            self.app.bell()
        event, row = sight.event, self._view.row
        if isinstance(event, ExerciseClosed):
            self.drafts.store.end()
        if isinstance(event, EmergencyDeclared | EmergencyCleared) and self.is_mounted:
            self.call_later(self._follow_emergency)
        if isinstance(event, InjectReleased) and row is not None and row.entry == event.entry:
            self._view.following = True
        self._draw_soon()

    def _draw_soon(self) -> None:
        """Draw once, however many events come at a time."""
        if self.is_mounted and not self._drawing_soon:
            self._drawing_soon = True
            self.call_later(self._draw)

    def _look(self) -> None:
        """Draw if the clock shows another second, something is due, or the log is in trouble.

        Not under a window: Textual would draw all of the terminal again. The window shows the news.
        """
        for screen in self.app.screen_stack:
            if isinstance(screen, TeamForm):
                screen.follow()
        self._follow_emergency()
        if not self.is_active:
            return
        due = self.model.msel.refresh(self.model.state, int(self.now))
        if due or self._around() != self._drawn:
            self._draw()
        self._leaps.ask()

    def _around(self) -> tuple[object, ...]:
        """Return what the screen shows besides what happened in the exercise."""
        sent = sent_line(self._link.submissions, self.model)
        left = self._link.probes_left()
        probes = left if left is None else math.ceil(left)
        return (int(self.now), self.trouble, self.size, look_around(self.front_desk), sent, probes)

    def _draw(self) -> None:
        self._drawing_soon = False
        # An emergency must not wait for the windows above.
        turned = self._emergency.stopped != self.has_class("-emergency")
        if not (self.is_mounted and (self.is_active or turned)):
            return
        now = self.now
        self._drawn = self._around()
        self.model.msel.refresh(self.model.state, int(now))
        self._view.row = self._choose_row()
        self.query_one(TroubleBand).show(self._link)
        self._drawing.rooms(look_around(self.front_desk), sent_line(self._link.submissions, self.model))
        left = self._link.probes_left()
        self._drawing.draw(self._view, now, self._offered(), probes_left=left)
        self.go_on_typing()

    def _choose_row(self) -> MselRow | None:
        """Return the next inject; another if it was chosen or just held; the last one when none is left."""
        view = self._view
        if view.narrowed:
            # Only what is seen may be acted on.
            shown = self.model.msel.matching(view.query, view.storyline)
            return view.row if view.row in shown else next(iter(shown), None)
        if not view.following:
            return view.row
        return view.keep(self.model.msel.row(view.kept)) or self.model.next_entry(self.now) or view.row

    def _offered(self) -> Iterator[ScreenCommand[Console]]:
        reading = self.reading
        return (
            command
            for command in COMMANDS.by_id.values()
            if command.works(self) and not (reading and command.acts)
        )

    @on(Box.Resized)
    def _resized(self) -> None:
        self._draw_soon()

    def say_problem(self, text: str) -> None:
        """Say it for a while."""
        self.notify(visible(text), timeout=15, markup=False)

    # Actions ------------------------------------------------------------------------------------

    def reopen(self, name: str) -> bool:
        """Open the form whose draft has that name; return whether it makes sense still."""
        form = COMMANDS.form_named(name, self, " ")
        if form is not None:
            self.ask(form)
        return form is not None

    def action_give(self, command: str) -> None:
        """Give a command by its id, unless another console gives them."""
        chosen = COMMANDS.by_id[command]
        if chosen.acts and self.reading:
            self.tell("Another console runs this exercise, and this one only reads. Z takes over.")
            return
        if chosen.acts and chosen.id not in ABOUT_THE_CURSOR:
            self._view.kept = ""
        chosen.run(self)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Turn what is longer than its panel: the page for the room, or scores; else the cursor moves."""
        if action == "turn_page":
            return self._room_page() is not None or self._long_scores() is not None
        return super().check_action(action, parameters)

    def _room_page(self) -> ScrollPage | None:
        pages = self.query("#inject-words").results(ScrollPage)
        return next((one for one in pages if one.turned and one.longer and one.size.height), None)

    def _long_scores(self) -> ScoresBox | None:
        chosen = self._view.panel == "scores"
        return next((one for one in self.query(ScoresBox) if chosen and one.longer and one.size.height), None)

    def action_turn_page(self, pages: int) -> None:
        """Read on, or back."""
        page, scores = self._room_page(), self._long_scores()
        if scores is not None:
            scores.turn(pages)
            self._drawing.redraw_panels()
            self._draw()
        elif page is not None:
            page.action_scroll_pages(pages)

    def action_follow(self) -> None:
        """End the filter and go back to the next inject."""
        self._view.following, self._view.kept, self._view.storyline = True, "", ""
        words = self.query_one("#filter", Input)
        words.clear()
        words.remove_class("-shown")
        self.query_one(MselList).focus()
        self._draw()

    def action_panel(self, panel: str) -> None:
        """Show a panel where there is no room for all."""
        self._view.panel = panel
        bring_up(self, panel)
        self._draw()

    def action_filter(self) -> None:
        """Type words that injects must hold."""
        words = self.query_one("#filter", Input)
        words.add_class("-shown")
        words.focus()

    def action_storyline(self) -> None:
        """Show the injects of the next storyline alone; after the last one all of them."""
        known = ["", *self.model.msel.storylines]
        here = known.index(self._view.storyline) if self._view.storyline in known else 0
        self._view.storyline = known[(here + 1) % len(known)]
        self._view.following = self._view.following and not self._view.storyline
        self._draw()

    def action_log(self) -> None:
        """Everything that happened."""
        self.ask(LogWindow(self.model.sights, self.model.names))

    def action_attachments(self) -> None:
        """Show what goes out with the inject under the cursor."""
        row = self.row
        planned = self.model.scenario.entries.get(row.entry) if row is not None else None
        if planned is not None and planned.inject.attachments:
            files = attached(self.model.state, planned.inject.attachments)
            self.ask(AttachmentWindow(planned.inject.title, files, self._link.fetch))

    def action_explain(self) -> None:
        """Why each point was given; before play, by which rules points are given."""
        from tabletop.tui.overview.explain import ExplainWindow  # noqa: PLC0415 - the report's models

        records = tuple(sight.record() for sight in self.model.sights)
        part = "rules" if self.model.stage is Stage.READY else "ledger"
        self.ask(ExplainWindow(self.model.scenario, records, part=part))

    def action_help(self) -> None:
        """List all keys and marks."""
        begin: Line = (
            ("The line that begins with ", "plain"),
            ("»", "new"),
            (" says what to do next.", "plain"),
        )
        marks = [entry(glyph, mark.value, tone) for mark, (glyph, tone) in LOOKS.items()]
        below = [
            *heading("Screens"),
            *(entry(key, shows) for key, shows in self._screens),
            *heading("Marks in the list of injects"),
            *marks,
        ]
        self.show_help("Keys", begin, below=below)

    def action_recover(self) -> None:
        """Try to record again."""
        self.run_worker(self._recover(), exclusive=True, group="recover")

    async def _recover(self) -> None:
        if not await self._link.recover():
            self.tell("It still does not work")
        self._draw()

    def declare_emergency(self) -> None:
        """Stop play for a real-world emergency; a console that only reads takes over first."""
        self.run_worker(self._stop_or_stand_down(Emergency()), group="send")

    def show_emergency(self) -> None:
        """Show again that play is stopped, and the key that says that it is over."""
        self._emergency.show()

    def _stand_down(self) -> None:
        self.run_worker(self._stop_or_stand_down(StandDown()), group="send")

    def _follow_emergency(self) -> None:
        """Take the whole screen as an emergency begins, whatever is open; a question about it is settled."""
        stack = self.app.screen_stack
        if self._emergency.stopped and stack and isinstance(stack[-1], EmergencyAlert):
            stack[-1].dismiss(None)
        self._emergency.look()

    async def _stop_or_stand_down(self, command: Emergency | StandDown) -> None:
        if self.reading and self.front_desk is not None:
            self.front_desk.take_over()
            with suppress(TimeoutError):
                async with asyncio.timeout(CHAIR_WITHIN):
                    while self.reading:
                        await asyncio.sleep(CHAIR_WITHIN / 100)
        await self._send(command)

    @on(MselList.CursorMoved)
    def _cursor_moved(self, event: MselList.CursorMoved) -> None:
        self._view.row = self.model.msel.row(event.entry)
        self._view.following, self._view.kept = False, ""
        self._draw()

    @on(Input.Changed, "#filter")
    def _narrow(self, event: Input.Changed) -> None:
        self._view.query = event.value
        self._view.following = self._view.following and not event.value
        self._draw()

    @on(Input.Submitted, "#filter")
    def _filtered(self) -> None:
        self.query_one(MselList).focus()
