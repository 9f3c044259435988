"""An error that nobody caught closes the screen and is raised; nothing of it is on the terminal."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest
from textual import work
from textual.app import App, ComposeResult, RenderResult
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from tabletop.exercise.commands import FACILITATOR
from tabletop.host.local_link import LocalLink
from tabletop.tui.app import TabletopApp
from tabletop.tui.fault import FaultRaisingApp, ScreenFaultError
from tabletop.tui.station.app import StationApp
from tests.tui.station.playing import Play
from tests.tui.wall.hanging import WallApp
from tests.tui.watch.watching import WatchApp

SECRET = "able-acid-also-area"


def fail() -> None:
    """Raise, with a local variable that nobody may see."""
    secret = SECRET
    raise LookupError(f"nothing of {len(secret)} letters")


class BadWidget(Widget):
    """Fails in one of the ways a widget can."""

    def __init__(self, place: str) -> None:
        super().__init__()
        self._place = place

    def _fail_at(self, place: str) -> None:
        if place == self._place:
            fail()

    def compose(self) -> ComposeResult:
        self._fail_at("compose")
        yield from ()

    def render(self) -> RenderResult:
        self._fail_at("render")
        return "text"

    def on_mount(self) -> None:
        self._fail_at("mount")
        match self._place:
            case "timer":
                self.set_timer(0.001, fail)
            case "worker":
                self._work()
            case "later":
                self.call_after_refresh(fail)
            case "loop":
                asyncio.get_running_loop().call_soon(fail)
            case "thread":
                threading.Thread(target=fail, name="terminal").start()

    @work
    async def _work(self) -> None:
        fail()

    def on_unmount(self) -> None:
        self._fail_at("unmount")


class BadApp(FaultRaisingApp[None]):
    """Shows one widget that fails."""

    def __init__(self, place: str) -> None:
        super().__init__()
        self._place = place

    def compose(self) -> ComposeResult:
        yield BadWidget(self._place)

    def on_mount(self) -> None:
        if self._place == "unmount":
            self.call_after_refresh(self.exit)

    def on_unmount(self) -> None:
        if self._place == "end":
            fail()

    def on_load(self) -> None:
        if self._place == "load":
            fail()
        if self._place == "end":
            self.call_later(self.exit)


class BadStyles(FaultRaisingApp[None]):
    """Has a style sheet that cannot be read."""

    CSS = "Screen { colour: #12 }"


async def fault_of(app: App[Any], pilot: Callable[[Pilot[Any]], Any] | None = None) -> ScreenFaultError:
    """Run it until its fault closes it."""
    async with asyncio.timeout(30):
        with pytest.raises(ScreenFaultError) as raised:
            await app.run_async(headless=True, size=(80, 24), auto_pilot=pilot)
    return raised.value


@pytest.mark.parametrize(
    "place",
    ["compose", "mount", "render", "timer", "worker", "later", "loop", "thread", "unmount", "load", "end"],
)
async def test_w5_a_fault_closes_the_screen_and_is_raised_wherever_it_happens(
    place: str, capfd: pytest.CaptureFixture[str]
) -> None:
    fault = await fault_of(BadApp(place))
    assert isinstance(fault.__cause__, LookupError)
    assert "nothing of" in str(fault.__cause__)
    assert fault.__cause__.__traceback__ is not None
    assert fault.__cause__.__traceback__.tb_next is not None, "where it happened is known"
    out, err = capfd.readouterr()
    assert not out
    assert not "".join(part for part in err.split("\x1b") if not part.startswith("[") and part)


async def test_w5_a_style_sheet_that_cannot_be_read_is_a_fault(capfd: pytest.CaptureFixture[str]) -> None:
    assert (await fault_of(BadStyles())).__cause__ is not None
    assert capfd.readouterr() == ("", "")


def app_of(verb: str) -> App[Any]:
    """Return the application of a verb, with a session of its own."""
    play = Play().start()
    match verb:
        case "run":
            links = {seat: LocalLink(play.session, seat) for seat in (FACILITATOR, "tokyo")}
            return TabletopApp(links)
        case "join":
            return StationApp(LocalLink(play.session, "tokyo"))
        case "watch":
            return WatchApp(play)
        case _:
            return WallApp(play)


@pytest.mark.parametrize("verb", ["run", "join", "watch", "wall"])
async def test_w5_every_application_raises_its_fault(
    verb: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Screen, "key_circumflex_accent", lambda _: fail(), raising=False)

    async def press(pilot: Pilot[Any]) -> None:
        pilot.app.simulate_key("circumflex_accent")

    assert isinstance((await fault_of(app_of(verb), press)).__cause__, LookupError)
    assert capfd.readouterr() == ("", "")


async def test_w5_local_variables_are_not_even_formatted() -> None:
    """They lead to the whole exercise: with 5,000 injects, that would take half a minute."""
    looked_at = []

    class Large:
        def __repr__(self) -> str:
            looked_at.append(self)
            return "large"

    class Holds(BadApp):
        def on_mount(self) -> None:
            large = Large()
            try:
                raise KeyError(id(large))
            except KeyError as error:
                raise ValueError from error

    cause = (await fault_of(Holds("nowhere"))).__cause__
    assert isinstance(cause, ValueError)
    assert cause.__traceback__ is not None
    assert cause.__traceback__.tb_next is not None
    assert cause.__cause__ is not None
    assert cause.__cause__.__traceback__ is not None
    assert cause.__cause__.__traceback__.tb_frame.f_code.co_name == "on_mount"
    assert not looked_at


async def test_w5_a_screen_that_is_left_raises_nothing() -> None:
    async def leave(pilot: Pilot[Any]) -> None:
        pilot.app.exit()

    hook = threading.excepthook
    await BadApp("nowhere").run_async(headless=True, auto_pilot=leave)
    assert threading.excepthook is hook
    assert asyncio.get_running_loop().get_exception_handler() is None


async def test_w5_a_thread_that_reads_the_keyboard_ends_the_screen_with_its_traceback() -> None:
    """Textual's thread sends what Rich makes of the error instead of the error."""
    from rich.traceback import Traceback

    async def break_thread(pilot: Pilot[Any]) -> None:
        try:
            fail()
        except LookupError:
            traceback = Traceback(show_locals=True)
        pilot.app.call_later(pilot.app.panic, traceback)

    cause = (await fault_of(BadApp("nowhere"), break_thread)).__cause__
    assert "in fail" in str(cause)
    assert "LookupError: nothing of 19 letters" in str(cause)
    assert SECRET not in str(cause)


async def test_w5_several_faults_are_all_raised() -> None:
    class Twice(BadApp):
        def on_unmount(self) -> None:
            raise ZeroDivisionError

    cause = (await fault_of(Twice("mount"))).__cause__
    assert isinstance(cause, ExceptionGroup)
    assert [type(one) for one in cause.exceptions] == [LookupError, ZeroDivisionError]
