"""A station on the screen, with a real session behind it and time that the test winds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import App
from textual.events import Paste
from textual.filter import LineFilter
from textual.pilot import Pilot

from tabletop.exercise import commands as c
from tabletop.host.local_link import LocalLink
from tabletop.host.session import Session
from tabletop.protocol.submission import Receipt
from tabletop.scenario.scenario import Scenario
from tabletop.store.memory import MemoryLog
from tabletop.system.clock import VirtualTime
from tabletop.tui.kit.key_queue import KeysInOrder
from tabletop.tui.kit.words_field import WordsField
from tabletop.tui.safety import SafeLineFilter
from tabletop.tui.station.forms.team_form import TeamForm
from tabletop.tui.station.memory import StationMemory
from tabletop.tui.station.screen import StationScreen
from tabletop.tui.theme import THEME
from tests.builders import tiny_scenario


class Play:
    """A session on a log in memory, running with automatic release."""

    def __init__(self, scenario: Scenario | None = None, *, seed: int = 7) -> None:
        self.time = VirtualTime()
        self.log = MemoryLog()
        self.session = Session.begin(
            self.log, scenario or tiny_scenario(), name="Rehearsal", seed=seed, time=self.time.source()
        )

    def start(self) -> Play:
        """STARTEX."""
        self.do("facilitator", c.Startex())
        self.do("facilitator", c.Auto(on=True))
        self.session.tick()
        return self

    def do(self, seat: str, command: c.Command) -> None:
        """Give a command that must be recorded."""
        answer = self.session.submit(seat, command)
        assert isinstance(answer, Receipt), answer

    def until(self, minutes: float) -> Play:
        """Let game time pass, five seconds at a time."""
        while self.session.now < minutes * 60:
            self.time.seconds += 5
            self.session.tick()
        return self

    def events(self, kind: str) -> list[object]:
        """The events of a type in the log."""
        return [record.event for record in self.session.records if record.event.type == kind]


class StationApp(KeysInOrder[None]):
    """Nothing but one station, as the program shows it."""

    def __init__(self, play: Play, seat: str = "tokyo", desk: StationMemory | None = None) -> None:
        super().__init__()
        self.station = StationScreen(LocalLink(play.session, seat), desk)
        self.left = 0
        self.register_theme(THEME)
        self.theme = THEME.name

    def on_mount(self) -> None:
        """Open the station."""
        self.push_screen(self.station)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """As the program does."""
        return [*super().get_line_filters(), SafeLineFilter()]

    def on_station_screen_leave(self) -> None:
        """Count, and stay."""
        self.left += 1


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one at a time, each after the one before was dealt with."""
    for key in keys:
        await pilot.press(key)
        await pilot.pause()
    for _ in range(5):  # a worker has a command sent by a task, and what it brings about is drawn after that
        await pilot.pause()


async def in_time(pilot: Pilot[None], done: Callable[[], object]) -> None:
    """Let the clocks of screens strike until something holds, for ten seconds at most."""
    for _ in range(200):
        if done():
            return
        await pilot.pause(0.05)
    raise AssertionError("nothing came of it in time")


async def write(pilot: Pilot[None], text: str) -> None:
    """Put text where the cursor is, as a paste does."""
    pilot.app.post_message(Paste(text))
    await pilot.pause()


def form_text(app: App[None]) -> str:
    """What stands in the first text field of the form."""
    return app.screen.query(WordsField).first().words


def shown(app: App[None]) -> str:
    """All that stands on the screen, as text."""
    lines = app.screen._compositor.render_strips()
    return "\n".join(strip.text for strip in lines)


def dialog(app: App[None]) -> TeamForm:
    """The dialog on top."""
    assert isinstance(app.screen, TeamForm), app.screen
    return app.screen
