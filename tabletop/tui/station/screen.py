"""A team's station."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.containers import Container, Horizontal
from textual.message import Message
from textual.widgets import OptionList

from tabletop.exercise.commands import Read
from tabletop.exercise.events import ExerciseClosed, RulesShown
from tabletop.exercise.refusal import Refusal
from tabletop.exercise.state import Stage
from tabletop.protocol.link import Link, Sight
from tabletop.protocol.submission import IN_DOUBT
from tabletop.scenario.prose import ended
from tabletop.tui.kit.attachment_window import AttachmentWindow
from tabletop.tui.kit.command_screen import CommandScreen
from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.kit.emergency_screen import EmergencyCover
from tabletop.tui.kit.fitting import fit
from tabletop.tui.kit.host_contact import HostContact
from tabletop.tui.kit.key_line import BindingKeys
from tabletop.tui.kit.keyed_list import KeyedList
from tabletop.tui.kit.pending import Feedback, PendingCommands
from tabletop.tui.kit.plain_band import PlainBand
from tabletop.tui.kit.reader import ReadingWindow
from tabletop.tui.kit.rows import Part, Tone
from tabletop.tui.kit.scroll_page import page_keys
from tabletop.tui.kit.sizes import ROWS, WIDTHS
from tabletop.tui.kit.unsent import unsent
from tabletop.tui.kit.words import Words
from tabletop.tui.station.as_draft import as_draft
from tabletop.tui.station.attention import band, decision_to_open
from tabletop.tui.station.commands import COMMANDS, HELP
from tabletop.tui.station.forms.decide import DecideForm
from tabletop.tui.station.forms.speak import AnswerForm
from tabletop.tui.station.forms.team_form import TeamForm, TeamSeat
from tabletop.tui.station.memory import StationMemory
from tabletop.tui.station.page import StationPage, reading
from tabletop.tui.station.panes.band import StageBand
from tabletop.tui.station.panes.banner import Banner
from tabletop.tui.station.panes.boards import Boards
from tabletop.tui.station.panes.feedback import FeedbackLine
from tabletop.tui.station.panes.lists import SideLists
from tabletop.tui.station.panes.reading import ReadingPane
from tabletop.tui.station.pen import moved, put_forward
from tabletop.tui.station.state.arrivals import BRIEFING_KEY, RULES_KEY
from tabletop.tui.station.station_model import StationModel
from tabletop.tui.station.submissions import called, sent_lines
from tabletop.tui.station.team_news import news

TICK = 0.5
"""Seconds between looks at the clock."""


class StationScreen(CommandScreen):
    """Everything one team sees and does. Knows the exercise only through its link."""

    CSS_PATH = "station.tcss"
    typing_hint = "open a form first, for example M for a message"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = ROWS

    covers: ClassVar = True
    """Whether an emergency takes the whole screen here."""

    registry = COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = [
        *COMMANDS.bindings(),
        *page_keys("station"),
    ]

    class Leave(Message):
        """The team asks to hand the keyboard back."""

        def __init__(self, screen: StationScreen) -> None:
            super().__init__()
            self.screen = screen

    def __init__(self, link: Link, memory: StationMemory | None = None) -> None:
        """`memory` keeps drafts and what was looked at from one hand-over to the next."""
        super().__init__()
        self.link = link
        self.memory = memory if memory is not None else StationMemory()
        self.drafts = self.memory.drafts
        self.model = StationModel(link.briefing(), link.seat)
        self._pending = PendingCommands(
            link, self.drafts, self._answered, lambda given: called(given, self.model)
        )
        self._stop: Callable[[], None] | None = None
        self._stale = False
        self._refresh_scheduled = False
        self._emergency = EmergencyCover(self, self.model.course)

    def compose(self) -> ComposeResult:
        """Banner, band, lists, page, boards, feedback, keys."""
        if self.link.plain:
            yield PlainBand()
        yield Banner()
        yield StageBand()
        with Horizontal(id="main"):
            yield SideLists(id="lists")
            with Container(id="right"):
                yield ReadingPane(id="reader", classes="pane")
                yield Boards(id="boards")
        yield FeedbackLine(id="feedback")
        yield Words(fixed=True, id="sent")
        yield BindingKeys()

    def on_mount(self) -> None:
        """Look at everything so far, then at everything that comes."""
        self.model.team = self.link.team()
        self._refresh_scheduled = True  # one refresh below serves everything so far
        self._stop = self.link.watch(self._see)
        self.set_interval(TICK, self._tick)
        self._pending.take_over(as_draft)
        begun, shown = self.model.course.stage is not Stage.READY, self.model.rules.shown
        self._open(BRIEFING_KEY if shown is None or begun else RULES_KEY)
        self._refresh()
        self.query_one("#inbox").focus()

    def on_screen_resume(self) -> None:
        """Be up to date at once: the keyboard is back."""
        if self._stop is not None:
            self._refresh()
        self.call_after_refresh(self.go_on_typing)

    def news(self, room: int) -> Sequence[Part]:
        """Return game time, what stops play, what came and what falls due, for the forms above."""
        return fit(news(self.model, self.memory, self.link.now(), HostContact.over(self.link)), room)

    def on_resize(self) -> None:
        """Rows take the room there is from the first moment, not from the next tick."""
        self.call_later(self._tick)

    def on_unmount(self) -> None:
        """Look no longer."""
        if self._stop is not None:
            self._stop()
            self._stop = None

    # What happens -----------------------------------------------------------------------------

    def _see(self, sight: Sight) -> None:
        """Take in an event. Widgets follow once, however many events come together."""
        self.model.see(sight)
        if isinstance(sight.event, ExerciseClosed):
            self.memory.drafts.store.end()
        news = put_forward(self.model, sight.event) if self._stop is not None else ""
        if news:
            self.say(Feedback(news, "new"))
        if isinstance(sight.event, RulesShown) and self._stop is not None:
            self._open(RULES_KEY)
        self._refresh_soon()

    def _refresh_soon(self) -> None:
        self._stale = True
        if not self._refresh_scheduled:
            self._refresh_scheduled = True
            self.call_later(self._refresh)

    def _refresh(self) -> None:
        """Bring everything up to date; under a form only the form, and the rest once that has closed."""
        self._refresh_scheduled = False
        if self._stop is None:
            return
        reader = self.query_one(ReadingPane)
        if (self._stale and self.is_active) or reader.real != self._emergency.stopped:
            self._stale = False
            reader.open_page(reader.key, reading(self.model, reader.key), real=self._emergency.stopped)
            self.query_one(Boards).show_model(self.model)
            self.refresh_bindings()
        self._tick()

    def _follow_emergency(self) -> None:
        """Take the whole screen as an emergency begins. A question that is open gets no answer then."""
        stack = self.app.screen_stack
        begins = self._emergency.stopped and not self._emergency.covered and self in stack
        if begins and isinstance(stack[-1], Confirm | ReadingWindow | CommandPalette):
            stack[-1].dismiss(None)
        self._emergency.look()

    def _tick(self) -> None:
        """Bring up to date what depends on the clock, unless another seat has the keyboard."""
        if self.covers:
            self._follow_emergency()
        if self not in self.app.screen_stack:
            return
        self._follow_pen()
        for screen in self.app.screen_stack:
            if isinstance(screen, TeamForm) and screen.seat.link is self.link:
                screen.follow()
        if not self.is_active:
            return
        now = self.link.now()
        self.query_one(Banner).show_model(self.model, self.memory, now)
        strip = self.query_one(StageBand)
        strip.visible = True  # a form above may have had it on itself
        strip.show_band(band(self.model, HostContact.over(self.link)))
        self.query_one(SideLists).show_model(self.model, self.memory, now)
        self._follow_sent()

    def _follow_pen(self) -> None:
        """Take in who sits with the team by now, and say so when the pen has moved."""
        before, now = self.model.team, self.link.team()
        if before == now:
            return
        self.model.team = now
        news = moved(before, now)
        if news is not None:
            self.say(Feedback(*news))
            self._refresh_soon()
        self.refresh_bindings()

    def _follow_sent(self) -> None:
        """Show how far the latest commands of this seat have come."""
        lines = sent_lines(self.link.submissions, self.model)
        latest = self.query_one("#sent", Words)
        latest.set_class(bool(lines), "-said")
        latest.show_parts(lines[-1] if lines else ())
        self.query_one(Boards).show_sent(lines)

    # Reading ----------------------------------------------------------------------------------

    @on(OptionList.OptionSelected, "#todo")
    def _opened_todo(self, event: OptionList.OptionSelected) -> None:
        key = event.option.id or ""
        kind, _, rest = key.partition("/")
        question = self.model.decisions.questions.get(rest)
        self._open(key)
        if kind == "consult":
            self.fill_in(AnswerForm(self.seat, rest.rpartition("/")[0]))
        elif question is not None and (question.open or question.amendable(self.link.now())):
            self.fill_in(DecideForm(self.seat, rest))

    @on(OptionList.OptionSelected, "#inbox, #cards, #talk")
    def _opened(self, event: OptionList.OptionSelected) -> None:
        self._open(event.option.id or "")

    def _open(self, key: str) -> None:
        """Show a page and take note that it was seen."""
        self.remove_class("-board")
        self.query_one(ReadingPane).open_page(key, reading(self.model, key), real=self._emergency.stopped)
        kind, _, rest = key.partition("/")
        inject = self.model.inbox.injects.get(rest) if kind == "inject" else None
        if any(arrival.key == key for arrival in self.model.arrivals.items):
            self.memory.opened(key)
        if inject is not None and not inject.read:
            self._acknowledge(inject.entry)
        if self._stop is not None:
            self._tick()
            self.refresh_bindings()

    @work(group="read")
    async def _acknowledge(self, entry: str) -> None:
        answer = await self.link.submit(Read(inject=entry))
        if isinstance(answer, Refusal) and answer.code in ("log-failed", IN_DOUBT):
            self.say(Feedback(ended(f"Not recorded as read: {answer.message}"), "bad"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Turn the rules page while it is longer than its pane; else the keys are those of the list."""
        if action == "turn_page":
            return any(pane.turned for pane in self.query(ReadingPane))
        return super().check_action(action, parameters)

    def action_turn_page(self, pages: int) -> None:
        """Read on, or back."""
        self.query_one(ReadingPane).turn(pages)

    def next_new(self) -> None:
        """Open the oldest thing that is new."""
        fresh = self.memory.fresh(self.model)
        if fresh:
            inbox = self.query_one("#inbox", KeyedList)
            inbox.focus()
            inbox.go_to(fresh[0].key)
            self._open(fresh[0].key)

    def show_board(self, name: str) -> None:
        """Bring a board to the front and go there."""
        self.query_one(Boards).choose(name)
        self.add_class("-board")
        self.query_one(f"#{name}").focus()

    # Doing ------------------------------------------------------------------------------------

    @property
    def seat(self) -> TeamSeat:
        """What forms work with."""
        return TeamSeat(self.link, self.model, self.memory, self._pending)

    @property
    def page(self) -> StationPage | None:
        """The page that is open."""
        return self.query_one(ReadingPane).page if self.is_mounted else None

    @property
    def decision(self) -> str | None:
        """The decision that `D` is about."""
        page = self.page
        return decision_to_open(self.model, page.decision if page else None, self.link.now())

    @work(group="pen")
    async def take_pen(self) -> None:
        """Take the pen, whose holder is away; that it has moved is said once the host says so."""
        refused = await self.link.hand_pen(self.model.team.me)
        if refused is not None:
            self.say(Feedback(ended(f"You do not hold the pen: {refused.message}"), "bad"))

    def say_problem(self, text: str) -> None:
        """Say it below the lists."""
        self.say(Feedback(text, "warn"))

    def reopen(self, name: str) -> bool:
        """Open the form whose draft has that name; return whether it makes sense still."""
        form = COMMANDS.form_named(name, self, "/")
        if isinstance(form, TeamForm):
            self.fill_in(form)
        return form is not None

    def show_attachments(self) -> None:
        """Show what is attached to the page that is open."""
        page = self.page
        if page is not None and page.attachments:
            self.app.push_screen(AttachmentWindow(page.title, page.attachments, self.link.fetch))

    def show_unsent(self) -> None:
        """Show what was typed and not sent."""
        self.app.push_screen(unsent(self.drafts.readable()))

    def show_keys(self) -> None:
        """List the keys."""
        self.show_help("Keys of this station", ((HELP, "plain"),))

    def action_leave(self) -> None:
        """Hand the keyboard back."""
        self.post_message(self.Leave(self))

    def action_back(self) -> None:
        """From a board back to the inbox, which uncovers the page; from there, leave."""
        if self.has_class("-board"):
            self.remove_class("-board")
            self.query_one("#inbox").focus()
        else:
            self.action_leave()

    def fill_in(self, sheet: TeamForm) -> None:
        """Open a form, and say below the lists what became of it."""
        self.app.push_screen(sheet, self.say)

    def say(self, feedback: Feedback | None) -> None:
        """Say something below the lists; nothing where there is nothing to say."""
        said = feedback if feedback is not None else Feedback("")
        self.query_one(FeedbackLine).say(said.text, said.tone)

    def _answered(self, text: str, tone: Tone) -> None:
        """Say what became of a command whose form has closed."""
        if self.is_attached:
            self.say(Feedback(text, tone))
