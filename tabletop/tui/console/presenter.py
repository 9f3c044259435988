"""Puts the model on the widgets of the console. Each widget draws only what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Digits

from tabletop.exercise.state import Stage
from tabletop.tui.console.advice import READ_ALONG, advise, asides
from tabletop.tui.console.commands import COMMANDS
from tabletop.tui.console.commands.navigation import PANELS
from tabletop.tui.console.console import Console
from tabletop.tui.console.pages.contacts import contacts_page
from tabletop.tui.console.pages.inject import inject_page, stage_page, status
from tabletop.tui.console.pages.now import now_line
from tabletop.tui.console.pages.teams import teams_line, teams_page
from tabletop.tui.console.panels.feed import FeedBox
from tabletop.tui.console.panels.keys import CommandKeys
from tabletop.tui.console.panels.missing import MissingBand
from tabletop.tui.console.panels.msel import MselList
from tabletop.tui.console.panels.now import NowLine
from tabletop.tui.console.rooms import Rooms
from tabletop.tui.kit.box import Box
from tabletop.tui.kit.command_registry import ScreenCommand
from tabletop.tui.kit.rows import Line, Part
from tabletop.tui.kit.scroll_page import ScrollPage
from tabletop.tui.kit.sizes import TALL
from tabletop.tui.kit.styling import as_title
from tabletop.tui.kit.times import game_clock
from tabletop.tui.kit.words import Words
from tabletop.tui.overview.banner import banner, marking
from tabletop.tui.overview.msel import MselRow, RowMark
from tabletop.tui.overview.overview_model import OverviewModel
from tabletop.tui.overview.scores import ScoresBox
from tabletop.tui.overview.wording import WIDE

_TALKED_OVER: Final = dict.fromkeys((Stage.ENDED, Stage.HOT_WASH), ("explain", "grade"))
"""Commands that are wanted most once play is over, and stand first among the keys."""


@dataclass(slots=True)
class ConsoleView:
    """What the facilitator looks at: which row, which panel, which words of a filter."""

    row: MselRow | None = None
    following: bool = True
    panel: str = "inject"
    query: str = ""
    storyline: str = ""
    kept: str = ""
    """An inject that was held or skipped from here: the cursor stays on it for the key that takes it back."""

    @property
    def narrowed(self) -> bool:
        """Whether only some of the injects are shown."""
        return bool(self.query.strip() or self.storyline)

    def keep(self, row: MselRow | None) -> MselRow | None:
        """Return `row` if the cursor stays on it: it is the inject that was held or skipped, and still is."""
        stays = self.following and row is not None and row.entry == self.kept
        return row if stays and row is not None and row.mark in {RowMark.HELD, RowMark.SKIPPED} else None


@dataclass(slots=True)
class Drawing:
    """Draws one screen."""

    screen: Screen[None]
    model: OverviewModel
    screens: Sequence[tuple[str, str]]
    _events: tuple[object, ...] = ()
    _page: object = field(default=None)
    _rooms: Rooms = field(default_factory=Rooms)

    def rooms(self, rooms: Rooms, sent: Line) -> None:
        """Take in how things stand in other rooms, and with the last command."""
        self._rooms, screen = rooms, self.screen
        self.model.reach = dict(rooms.reach)
        room = 2 if screen.size.height >= TALL else 1
        screen.query_one(MissingBand).show(rooms.says, room, seats=not rooms.reading)
        line = screen.query_one("#sent", Words)
        line.set_class(bool(sent), "-said")
        line.show_parts(sent)

    def draw(
        self,
        view: ConsoleView,
        now: float,
        offered: Iterable[ScreenCommand[Console]],
        *,
        probes_left: float | None = None,
    ) -> None:
        """Draw everything that may have changed; `probes_left` are real seconds left for open probes."""
        screen, model = self.screen, self.model
        width = screen.size.width
        screen.set_class(model.stage is Stage.EMERGENCY, "-emergency")
        screen.query_one("#marking", Box).show([((marking(model, width), "strong"),)])
        screen.query_one("#facts", Box).show(banner(model, now, width, self._rooms.summary))
        if width >= WIDE:
            screen.query_one("#clock", Digits).update(game_clock(now))
        self._now_line(view, now, probes_left)
        screen.query_one(CommandKeys).show(offered, self.screens, first=_TALKED_OVER.get(model.stage, ()))
        self._msel(view, now)
        self._inject(view, now)
        self._panels(view, now)

    def _now_line(self, view: ConsoleView, now: float, probes_left: float | None) -> None:
        reading, kept = self._rooms.reading, view.keep(view.row)
        chosen = None if view.following else view.row
        advice = advise(self.model, now, chosen, kept=kept, probes_left=probes_left)
        advice = READ_ALONG if reading else advice
        beside = asides(self.model, advice, kept=kept, reading=reading)
        line = now_line(advice, beside, _key_of, self.screen.size.width - 2)
        self.screen.query_one(NowLine).show(line, advice.tone)

    def _msel(self, view: ConsoleView, now: float) -> None:
        panel, msel = self.screen.query_one("#msel-panel"), self.screen.query_one(MselList)
        rows = self.model.msel.matching(view.query, view.storyline)
        state = (self.model.msel.version, view.query, view.storyline)
        if state != self._page:
            self._page = state
            msel.show(rows)
        msel.put_cursor(view.row.entry if view.row else None, centre=view.following)
        waiting = self.model.msel.remaining()
        _head(panel, f"MSEL: {waiting} of {len(self.model.msel.rows)} to come")
        only = (("storyline", view.storyline), ("filter", view.query))
        below = as_title("; ".join(f"{name}: {words}" for name, words in only if words))
        if _markup(below) != panel.border_subtitle:
            panel.border_subtitle = below

    def _inject(self, view: ConsoleView, now: float) -> None:
        panel, words = self.screen.query_one("#inject"), self.screen.query_one(ScrollPage)
        heading = self.screen.query_one("#inject-status", Box)
        kept = view.keep(view.row)
        standing = stage_page(self.model) if view.following and kept is None else None
        words.turned = standing is not None
        if standing is not None:
            _head(panel, "1 For the room")
            heading.show([((standing.title, "strong"),), ((standing.below, "dim"),)])
            words.show([(), *standing.lines], standing.title)
        elif view.row is not None:
            if kept is not None:
                key = _key_of("hold" if kept.mark is RowMark.HELD else "skip")
                _head(panel, f"1 {kept.mark.value.capitalize()} ({key}: take it back, Esc: go on)")
            elif view.following:
                _head(panel, "1 Next inject")
            else:
                _head(panel, "1 Chosen inject (Esc: back to the next)")
            named = f"{view.row.code} {view.row.title}".strip()
            heading.show([((named, "strong"),), status(self.model, view.row, now)])
            tight = self.screen.size.width < WIDE
            words.show(inject_page(self.model, view.row, now, tight=tight), view.row.entry)
        else:
            _head(panel, "1 Next inject")
            empty = "No inject matches the search." if view.query.strip() else "No inject is on the schedule."
            heading.show([((empty, "dim"),), ()])
            words.show([], None)

    def redraw_panels(self) -> None:
        """Draw the panels at the next look, whatever happened since."""
        self._events = ()

    def _panels(self, view: ConsoleView, now: float) -> None:
        screen, model = self.screen, self.model
        teams = screen.query_one("#teams", Box)
        teams.show(teams_page(model, now, *teams.content_size))
        screen.query_one("#team-line", Box).show([teams_line(model, now)])
        screen.query_one("#tabs", Box).show([tuple(_tabs(view.panel))])
        feed, scores = screen.query_one(FeedBox), screen.query_one(ScoresBox)
        events = (model.version, feed.content_size, scores.content_size)
        if events != self._events:
            self._events = events
            feed.show_latest(model, feed.content_size.width, feed.content_size.height)
            scores.show_scores(model, scores.content_size.width, scores.content_size.height)
            screen.query_one("#contacts", Box).show(contacts_page(model))


def _key_of(command: str) -> str:
    """Return the key of a command, as people know it."""
    found = COMMANDS.by_id.get(command)
    return found.shown if found is not None else ""


def _head(panel: Widget, title: str) -> None:
    """Put a title on a panel. Each time that is done, the whole panel is drawn again."""
    words = as_title(title)
    if _markup(words) != panel.border_title:
        panel.border_title = words


def _markup(title: Content | None) -> str | None:
    """As a widget gives its title back."""
    return None if title is None else title.markup


def _tabs(shown: str) -> Iterable[Part]:
    for number, (panel, title, _) in enumerate(PANELS, 1):
        yield (f"{number} ", "new" if panel == shown else "dim")
        yield (f"{title}   ", "strong" if panel == shown else "dim")
