"""The projector picture. It needs no keys: it shows what the host tells it, and says when that is nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from textual.app import ComposeResult
from textual.containers import Middle, Vertical
from textual.screen import Screen
from textual.widgets import Static

from tabletop.exercise.marking import REAL_WORLD, STOP_PLAYING
from tabletop.exercise.state import Stage
from tabletop.plaintext import one_line
from tabletop.protocol.link import FarLink
from tabletop.tui.kit.big_words import BigWords, scale_for
from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.kit.fitting import fit
from tabletop.tui.kit.pixels import can_be_drawn, in_two_lines
from tabletop.tui.kit.plain_band import PlainBand
from tabletop.tui.kit.rows import Part
from tabletop.tui.kit.sizes import HEIGHTS
from tabletop.tui.kit.times import game_clock
from tabletop.tui.kit.words import Words
from tabletop.tui.wall.board import SaidBoard
from tabletop.tui.wall.capitals import Capitals
from tabletop.tui.wall.pages import WallReach, band, cover, heading, marking, news, rules_cover
from tabletop.tui.wall.wall_model import WallModel

TICK = 0.25
"""Seconds between looks at the clock and at the link."""

HIGH: Final = 50
"""Rows from which there is room for large figures beside the clock."""

SIZES: Final = [*HEIGHTS, (HIGH, "-high")]

CAPITAL: Final = 38
"""Cells that a capital needs for them."""

CLOCK_SHARE: Final = 4
"""The clock takes no more than this part of the height."""


class WallScreen(Screen[None]):
    """One of three pictures: the cover before play, play, and the real-world emergency."""

    CSS_PATH = "wall.tcss"
    VERTICAL_BREAKPOINTS = SIZES

    def __init__(self, link: FarLink, words: Sequence[str] = ()) -> None:
        """`words` are those of the host's certificate, which every terminal has to show too."""
        super().__init__()
        self._link = link
        self._words = tuple(words)
        self._stop: Callable[[], None] | None = None
        self._now = 0.0
        self.model = WallModel(link.briefing())

    def compose(self) -> ComposeResult:
        """Yield the marking, three pictures of which one is seen, the marking again."""
        if self._link.plain:
            yield PlainBand()
        yield Static("", classes="marking -first", markup=False)
        with Middle(id="cover"):
            yield BigWords(id="title")
            yield BigWords(id="subtitle")
            yield Words(id="title-words")
            yield Words(id="cover-words")
        with Vertical(id="play"):
            yield Words(id="heading")
            yield BigWords(id="clock")
            yield Capitals([team.name for team in self.model.briefing.teams.values()], id="capitals")
        with Middle(id="alarm"):
            yield BigWords(REAL_WORLD, id="alarm-first")
            yield BigWords("EMERGENCY", id="alarm-second")
            yield Words(id="alarm-words")
        yield Words(id="band")
        yield SaidBoard(id="said")
        yield Static("", classes="marking -last", markup=False)

    def on_mount(self) -> None:
        """Show everything so far, then everything as it comes."""
        self._stop = self._link.watch(self.model.see)
        self.set_interval(TICK, self.look)
        self.look()

    def on_screen_resume(self) -> None:
        """Catch up with what happened while a question was open."""
        if self._stop is not None:
            self.call_after_refresh(self.look)

    def news(self, room: int) -> Sequence[Part]:
        """Return game time, where play stands and a lost host, for the questions above."""
        return fit(news(self.model, self._reach(), self._now), room)

    def on_unmount(self) -> None:
        """Look no longer."""
        if self._stop is not None:
            self._stop()

    def on_resize(self) -> None:
        """Letters are as large as there is room for."""
        self.call_after_refresh(self.look)

    # Drawing ------------------------------------------------------------------------------------

    def look(self) -> None:
        """Bring the picture up to date. A clock that cannot be trusted stands still."""
        course, reach = self.model.course, self._reach()
        if not reach.lost_since:
            self._now = self._link.now()
        emergency = course.stage is Stage.EMERGENCY
        if emergency and isinstance(self.app.screen, Confirm):
            self.app.screen.dismiss(False)  # nothing may stand before it
        if not self.is_active:
            return
        self.set_class(emergency, "-emergency")
        self.set_class(not emergency and not self.model.begun and not course.over, "-cover")
        self.set_class(bool(reach.lost_since), "-lost")
        for line in self.query(".marking").results(Static):
            line.update(marking(self.model))
        self._draw_band(reach)
        if emergency:
            self._draw_alarm()
        elif self.has_class("-cover"):
            self._draw_cover()
        else:
            self._draw_play()

    def _reach(self) -> WallReach:
        """How far this wall may be believed now."""
        link = self._link
        lost, trouble = "" if link.live else link.disconnected_since or "the beginning", link.trouble() or ""
        return WallReach(lost, trouble if link.finished else "", trouble)

    def _draw_band(self, reach: WallReach) -> None:
        shown = band(self.model, reach)
        words = self.query_one("#band", Words)
        words.set_classes(f"-{shown.tone}")
        parts: list[Part] = [(shown.title, "strong")]
        words.show_parts([*parts, (f"   {shown.text}", "plain")] if shown.text else parts)

    def _draw_play(self) -> None:
        self.query_one("#heading", Words).show_parts(heading(self.model))
        time = game_clock(self._now)
        room = max(5, self.size.height // CLOCK_SHARE)
        self.query_one("#clock", BigWords).show(time, scale_for(time, self.size.width - 2, room))
        times = self.model.capitals(self._now)
        large = self.size.height >= HIGH and self.size.width >= CAPITAL * len(times)
        self.query_one("#capitals", Capitals).show(times, large=large)
        self.query_one(SaidBoard).show_said(self.model.said)

    def _draw_cover(self) -> None:
        title = one_line(self.model.briefing.title)
        rules = self.model.rules.shown is not None
        self.set_class(rules, "-rules")
        if rules:
            for name in ("#title", "#subtitle", "#title-words"):
                self.query_one(name).display = False
            room = self.query_one("#cover").size
            parts = rules_cover(self.model, room.width - 12, room.height - 2)
            self.query_one("#cover-words", Words).show_parts(parts)
            return
        first, second, scale = large_title(title, self.size.width - 4, self.size.height // CLOCK_SHARE)
        for name, text in (("#title", first), ("#subtitle", second)):
            words = self.query_one(name, BigWords)
            words.display = scale > 0 and bool(text)
            if words.display:
                words.show(text, scale)
        small = self.query_one("#title-words", Words)
        small.display = scale == 0
        small.show_parts([(title, "strong")])
        self.query_one("#cover-words", Words).show_parts(cover(self.model, self._words))

    def _draw_alarm(self) -> None:
        first, second = self.query_one("#alarm-first", BigWords), self.query_one("#alarm-second", BigWords)
        room = max(5, (self.size.height - 9) // 2)
        scale = min(scale_for(words.text, self.size.width, room) for words in (first, second))
        for words in (first, second):
            words.display = scale > 0
            words.show(words.text, scale)
        said = self.model.course.emergency.strip()
        title = "" if scale > 0 else "REAL-WORLD EMERGENCY\n\n"
        parts: list[Part] = [
            (title, "strong"),
            (f"{said}\n\n" if said else "", "strong"),
            (STOP_PLAYING, "strong"),
        ]
        self.query_one("#alarm-words", Words).show_parts(parts)


def large_title(title: str, width: int, height: int) -> tuple[str, str, int]:
    """Return the title in one line or two, whichever can be larger, how large; 0 if it cannot be drawn."""
    if not can_be_drawn(title):
        return title, "", 0
    first, second = in_two_lines(title)
    alone = scale_for(title, width, height)
    broken = min((scale_for(part, width, height // 2) for part in (first, second) if part), default=0)
    return (first, second, broken) if broken > alone else (title, "", alone)
