"""What an observer or an evaluator sees: all that happens, the scores, and for an evaluator what to give."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.widgets import Digits

from tabletop.exercise.commands import EVALUATOR
from tabletop.exercise.description import Names
from tabletop.exercise.events import ExerciseClosed
from tabletop.exercise.narration import narrate
from tabletop.exercise.state import Stage
from tabletop.host.drafts import DraftStore, SeatDrafts
from tabletop.plaintext import visible
from tabletop.protocol.link import FarLink, Sight
from tabletop.tui.kit.box import Box
from tabletop.tui.kit.command_screen import CommandScreen
from tabletop.tui.kit.emergency_screen import EmergencyCover
from tabletop.tui.kit.fitting import fit
from tabletop.tui.kit.form import Form
from tabletop.tui.kit.form_draft import FormDraft
from tabletop.tui.kit.host_contact import HostContact
from tabletop.tui.kit.key_line import BindingKeys
from tabletop.tui.kit.panels import bring_up
from tabletop.tui.kit.pending import Feedback, PendingCommands
from tabletop.tui.kit.plain_band import PlainBand
from tabletop.tui.kit.rows import Part, Tone
from tabletop.tui.kit.scroll_page import ScrollPage
from tabletop.tui.kit.sizes import HEIGHTS
from tabletop.tui.kit.styling import as_title
from tabletop.tui.kit.times import game_clock
from tabletop.tui.kit.unsent import unsent
from tabletop.tui.kit.words import Words
from tabletop.tui.overview.banner import banner, marking
from tabletop.tui.overview.judging import adjustment_form, observation_form, rating_form, tick_form
from tabletop.tui.overview.log import LogList
from tabletop.tui.overview.overview_model import OverviewModel
from tabletop.tui.overview.own_ratings import OwnRatings, remember_ratings
from tabletop.tui.overview.rating import RatingForm
from tabletop.tui.overview.scores import ScoresBox
from tabletop.tui.overview.where_play_stands import where_play_stands
from tabletop.tui.overview.wording import WIDE
from tabletop.tui.watch.commands import COMMANDS, JUDGES, JUDGING, NOTHING_CHANGES, SEES
from tabletop.tui.watch.notes import notes_lines, told, waiting

TICK: Final = 0.25
"""Seconds between looks at the clock, the link and what became of what was given."""

WIDTHS: Final = [(0, "-narrow"), (WIDE, "-medium")]

PANELS: Final = (("event", "Event"), ("scores", "Scores"), ("yours", "Yours"))


class WatchScreen(CommandScreen):
    """Everything, as it happens. Knows the exercise only through its link."""

    CSS_PATH = "watch.tcss"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    registry = COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = COMMANDS.bindings()

    def __init__(self, link: FarLink, drafts: SeatDrafts | None = None) -> None:
        """`drafts` is where forms keep what is typed; without it that ends with the program."""
        super().__init__()
        self._link = link
        self.judges = link.seat == EVALUATOR
        self._stop: Callable[[], None] | None = None
        self._listed = 0
        self._panel = "event"
        self._about = ""
        self.drafts = DraftStore().of(link.seat) if drafts is None else drafts
        self._pending = PendingCommands(
            link, self.drafts, self._answered, lambda command: told(command, self.model.names)
        )
        self._drawn: tuple[object, ...] = ()
        self._own = OwnRatings()
        self._stale = False
        self.model = OverviewModel(link.seat)
        self._emergency = EmergencyCover(self, self.model)

    def compose(self) -> ComposeResult:
        """Banner, what is wrong, the list and its panels, keys."""
        if self._link.plain:
            yield PlainBand()
        yield Box(id="marking")
        with Horizontal(id="banner"):
            yield Digits("", id="clock")
            yield Box(id="facts")
        yield Words(id="trouble")
        with Container(id="body", classes="-event"):
            with Vertical(id="events", classes="panel"):
                yield LogList([], {}, told=self._told)
            yield Box(id="tabs")
            with Vertical(id="event", classes="panel side"):
                yield ScrollPage(id="event-words")
            yield ScoresBox(title="2 Scores", id="scores", classes="panel side")
            if self.judges:
                yield Box(title="3 Yours", id="yours", classes="panel side")
        yield BindingKeys()

    def on_mount(self) -> None:
        """Look at everything so far, then at everything that comes."""
        self.query_one("#event").border_title = as_title("1 Event")
        self._stop = self._link.watch(self._see)
        self.set_interval(TICK, self._look)
        self.query_one(LogList).focus()
        self._draw()

    def on_unmount(self) -> None:
        """Look no longer."""
        if self._stop is not None:
            self._stop()

    # What happens -------------------------------------------------------------------------------

    def _see(self, sight: Sight) -> None:
        """Take in an event. Widgets follow once, however many events come together."""
        self.model.see(sight)
        if isinstance(sight.event, ExerciseClosed):
            self.drafts.store.end()
        if not self._stale:
            self._stale = True
            self.call_later(self._draw)

    def on_screen_resume(self) -> None:
        """Catch up with what happened while a window was open."""
        self.call_later(self._draw)

    def news(self, room: int) -> Sequence[Part]:
        """Return game time and what stops play, for the windows above."""
        if not self.model.version:
            return ()
        return fit(where_play_stands(self.model, self._link.now(), HostContact.over(self._link)), room)

    def _look(self) -> None:
        remember_ratings(self._pending)
        if self._state() != self._drawn:
            self._draw()

    def _state(self) -> tuple[object, ...]:
        link = self._link
        given = [str(one) for one in link.submissions]
        return (self.model.version, int(link.now()), link.trouble(), self.size, given)

    def _draw(self) -> None:
        """Draw everything; what has not changed costs nothing."""
        self._stale = False
        if not (self.is_mounted and self.model.version):
            return
        self._emergency.look()
        if not self.is_active and self._emergency.stopped == self.has_class("-emergency"):
            return
        self._drawn = self._state()
        model, width, now = self.model, self.size.width, self._link.now()
        self.set_class(self._emergency.stopped, "-emergency")
        self.query_one("#marking", Box).show([((marking(model, width), "strong"),)])
        self.query_one("#facts", Box).show(banner(model, now, width))
        if width >= WIDE:
            self.query_one("#clock", Digits).update(game_clock(now))
        self._draw_trouble()
        events = self.query_one(LogList)
        events.add(model.sights[self._listed :], model.names)
        self._listed = len(model.sights)
        own = OwnRatings.at(model, self._pending) if self.judges else self._own
        if own != self._own:
            self._own = own
            events.tell_again()
        role = self._link.seat.capitalize()
        self.query_one("#events").border_title = as_title(
            f"{role}: what happens" + ("" if events.follows else " (End: follow the newest)")
        )
        self._draw_panels()
        self.refresh_bindings()
        self.go_on_typing()

    def _draw_trouble(self) -> None:
        words = self.query_one("#trouble", Words)
        trouble = self._link.trouble()
        words.set_class(trouble is not None, "-shown")
        if trouble is not None:
            words.show_parts([(f"{trouble[:1].upper()}{trouble[1:]}.", "plain")])

    def _draw_panels(self) -> None:
        self.query_one("#tabs", Box).show([tuple(self._tabs())])
        scores = self.query_one(ScoresBox)
        scores.show_scores(self.model, scores.content_size.width, scores.content_size.height)
        for yours in self.query("#yours").results(Box):
            given = self._link.submissions
            size = yours.content_size
            yours.show(notes_lines(given, self.model.names, size.width, size.height))
            still = waiting(given)
            yours.border_title = as_title(f"3 Yours · {still} not answered yet" if still else "3 Yours")

    def _tabs(self) -> Iterator[Part]:
        for number, (panel, title) in enumerate(PANELS, 1):
            if panel != "yours" or self.judges:
                yield (f"{number} ", "new" if panel == self._panel else "dim")
                yield (f"{title}   ", "strong" if panel == self._panel else "dim")

    @on(Box.Resized)
    def _resized(self) -> None:
        self.call_later(self._draw)

    @on(LogList.Moved)
    def _moved(self, event: LogList.Moved) -> None:
        """Show the event in full, and make it what a note is about."""
        sight = event.sight
        head = f"Event {sight.seq} by {sight.seat}, {sight.wall[11:19]} UTC"
        page = self.query_one("#event-words", ScrollPage)
        page.show([((head, "dim"),), ((self._told(sight, self.model.names), "plain"),)], sight.seq)
        self._about = getattr(sight.event, "decision", None) or getattr(sight.event, "entry", None) or ""

    def _told(self, sight: Sight, names: Names) -> str:
        """Say what happened; an evaluator rates before reading what others gave."""
        return self._own.told(sight, names) if self.judges else narrate(sight.event, names)

    # What an evaluator gives --------------------------------------------------------------------

    @property
    def typing_hint(self) -> str:
        """Return what an evaluator does to write, and that an observer does not."""
        return "open a form first, with O" if self.judges else "an observer's seat has nothing to type in"

    def observation(self) -> Form:
        """Make a form about the inject or decision of the event under the cursor."""
        draft = FormDraft(self.drafts, "observe")
        return observation_form(self.model, self._pending, draft, about=self._about)

    def rating(self) -> Form:
        """Make a form for the rating of an objective."""
        return rating_form(self.model, self._pending, FormDraft(self.drafts, "grade"))

    def adjustment(self) -> Form:
        """Make a form for the change of a score."""
        return adjustment_form(self.model, self._pending, FormDraft(self.drafts, "adjust"))

    def tick(self) -> Form:
        """Make a form for an expected action, of the inject of the event under the cursor to begin with."""
        return tick_form(self.model, self._pending, FormDraft(self.drafts, "tick"), about=self._about)

    def ask(self, form: Form) -> None:
        """Open a form; say so if its command waits for an answer."""

        def closed(feedback: Feedback | None) -> None:
            if feedback is not None and (feedback.tone == "warn" or isinstance(form, RatingForm)):
                self.notify(feedback.text, timeout=4, markup=False)

        self.app.push_screen(form, closed)

    def show_unsent(self) -> None:
        """Show what was typed and not sent."""
        self.app.push_screen(unsent(self.drafts.readable()))

    def reopen(self, name: str) -> bool:
        """Open the form whose draft has that name; return whether it makes sense still."""
        form = COMMANDS.form_named(name, self, " ")
        if isinstance(form, Form):
            self.ask(form)
        return form is not None

    def say_problem(self, text: str) -> None:
        """Say it for a while."""
        self.notify(visible(text), timeout=15, markup=False)

    def _answered(self, text: str, tone: Tone) -> None:
        """Say what became of a command whose form has closed."""
        if self.is_attached:
            self.notify(
                visible(text), severity="error" if tone == "bad" else "information", timeout=15, markup=False
            )

    # Looking around -----------------------------------------------------------------------------

    def show_panel(self, panel: str) -> None:
        """Show a panel where there is no room for all."""
        self._panel = panel
        bring_up(self, panel)
        self.call_after_refresh(self._draw)

    def explain(self) -> None:
        """Why each point was given; before play, by which rules points are given."""
        from tabletop.tui.overview.explain import ExplainWindow  # noqa: PLC0415 - the report's models

        if self.model.version:
            records = tuple(sight.record() for sight in self.model.sights)
            part = "rules" if self.model.stage is Stage.READY else "ledger"
            self.app.push_screen(ExplainWindow(self.model.scenario, records, part=part))

    def show_keys(self) -> None:
        """List the keys."""
        words = f"{SEES}{JUDGES if self.judges else NOTHING_CHANGES}"
        self.show_help(
            "Keys of this seat",
            ((words, "plain"),),
            listed=lambda command: self.judges or command.id not in JUDGING,
        )

    def leave(self) -> None:
        """Leave the seat."""
        self.call_later(self.run_action, "app.quit")
