"""The console on the screen: a real session behind it, time that the test winds, a log that can fail."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from tabletop.exercise import commands as c
from tabletop.exercise.events import Record
from tabletop.host.local_link import LocalLink
from tabletop.host.session import Session
from tabletop.protocol.link import Sight
from tabletop.protocol.submission import Receipt
from tabletop.scenario.scenario import Scenario
from tabletop.store.log import LogFailed
from tabletop.store.memory import MemoryLog
from tabletop.system.clock import VirtualTime
from tabletop.tui.app import TabletopApp
from tabletop.tui.console.screen import ConsoleScreen
from tabletop.tui.overview.overview_model import OverviewModel
from tests.builders import tiny_scenario
from tests.tui.station.playing import shown, write

SMALL, MEDIUM, LARGE = (80, 24), (120, 40), (200, 60)


class FailingLog(MemoryLog):
    """Fails while `why` says why."""

    why: str | None = None

    def append(self, records: Sequence[Record]) -> None:
        """Record, or fail."""
        self.check()
        super().append(records)

    def check(self) -> None:
        """Fail if it is to."""
        if self.why is not None:
            raise LogFailed(self.why)
        super().check()

    def reopen(self, known: Sequence[Record] = ()) -> None:
        """Begin anew, or fail again."""
        self.check()
        super().reopen(known)


class Play:
    """A session of the tiny scenario that the facilitator runs by hand."""

    def __init__(self, scenario: Scenario | None = None, *, name: str = "Rehearsal") -> None:
        self.time = VirtualTime()
        self.log = FailingLog()
        self.session = Session.begin(
            self.log, scenario or tiny_scenario(), name=name, seed=7, time=self.time.source()
        )

    def do(self, command: c.Command, seat: str = "facilitator") -> Play:
        """Give a command that must be recorded."""
        answer = self.session.submit(seat, command)
        assert isinstance(answer, Receipt), answer
        return self

    def start(self) -> Play:
        """STARTEX, with nothing released."""
        return self.do(c.Startex())

    def release(self, *entries: str) -> Play:
        """Send injects out."""
        for entry in entries:
            self.do(c.Release(inject=entry))
        return self

    def until(self, minutes: float) -> Play:
        """Let game time pass at the rate it runs, five seconds at a time."""
        while self.session.exact_now < minutes * 60:
            self.time.seconds += min(5.0, minutes * 60 - self.session.exact_now) / self.session.state.rate
            self.session.tick()
        return self

    def kinds(self) -> list[str]:
        """The types of the events in the log, in order."""
        return [record.event.type for record in self.session.records]

    def last(self) -> Record:
        """The latest record."""
        return self.session.records[-1]

    def model(self) -> OverviewModel:
        """The console's model of what has happened so far."""
        model = OverviewModel("facilitator")
        end = LocalLink(self.session, "facilitator").watch(model.see)
        end()
        return model

    def sights(self) -> list[Sight]:
        """What the facilitator's seat has seen so far."""
        found: list[Sight] = []
        end = LocalLink(self.session, "facilitator").watch(found.append)
        end()
        return found

    def app(self) -> TabletopApp:
        """The program over this session; time passes only as the test says."""
        seats = ("facilitator", *self.session.state.script.scenario.teams)
        return TabletopApp({seat: LocalLink(self.session, seat) for seat in seats})


class Console:
    """What a test does at the console."""

    def __init__(self, play: Play, app: TabletopApp, pilot: Pilot[None]) -> None:
        self.play = play
        self.app = app
        self.pilot = pilot

    @property
    def screen(self) -> ConsoleScreen:
        """The console itself, whatever stands above it."""
        return self.app.console_screen

    @property
    def text(self) -> str:
        """All that stands on the screen, with one space for many."""
        return re.sub(r"[ \u2500-\u257f]+", " ", shown(self.app))

    async def press(self, *keys: str) -> None:
        """Press keys one at a time, each after the one before was dealt with."""
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause()
        await self.app.workers.wait_for_complete()
        await self.settle()

    async def type(self, text: str) -> None:
        """Put words into the focused field, as a paste does."""
        await write(self.pilot, text)
        await self.settle()

    async def until(self, minutes: float) -> None:
        """Let game time pass and the screen follow."""
        self.play.until(minutes)
        await self.settle()

    async def settle(self) -> None:
        """Let the console look at its clock and draw."""
        await self.pilot.pause()
        if self.screen in self.app.screen_stack:
            self.screen._draw()
            await self.pilot.pause()


@asynccontextmanager
async def console(
    play: Play, size: tuple[int, int] = SMALL, *, toasts: bool = False
) -> AsyncIterator[Console]:
    """Open the console; with `toasts`, what it says in passing is shown too."""
    app = play.app()
    async with app.run_test(size=size, notifications=toasts) as pilot:
        await pilot.pause()
        desk = Console(play, app, pilot)
        await desk.settle()
        yield desk
