"""The console as a picture, in the states that a facilitator sees, at three sizes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from tabletop.exercise import commands as c
from tabletop.tui.kit.emergency_screen import EmergencyScreen
from tests.builders import tiny_scenario
from tests.tui.console.staging import LARGE, MEDIUM, SMALL, Play

pytestmark = [pytest.mark.newcomer, pytest.mark.slow]

SnapCompare = Callable[..., bool]
sizes = pytest.mark.parametrize("size", [SMALL, MEDIUM, LARGE], ids=["80x24", "120x40", "200x60"])

CLOCK = {"zone": "+09:00", "anchors": [{"at": "T+0", "shows": "D 06:20"}]}


def play() -> Play:
    """The tiny scenario with a local time in each capital."""
    return Play(tiny_scenario(clock=CLOCK))


def running() -> Play:
    """Six and a half minutes in: something sent, read, held, decided, shared, asked, noted; something due."""
    under_way = play().start().release("notice").until(1)
    under_way.do(c.Read(inject="notice"), "tokyo").until(5).release("detection").do(
        c.Hold(inject="complaint")
    )
    under_way.do(
        c.Decide(decision="push-track", option="both", rationale="Partners first: 一緒に"), "washington"
    )
    under_way.do(c.Consult(with_=("seoul",), text="What do you see? 함께"), "tokyo")
    under_way.do(c.Note(text="Washington quick, Seoul silent")).do(c.State(text="We watch"), "tokyo")
    return under_way.until(6.5)


async def settle(pilot: Pilot[None]) -> None:
    """Let the panels find their size, and draw once more."""
    await pilot.pause()
    pilot.app.console_screen._draw()  # type: ignore[attr-defined]
    await pilot.pause()


async def settle_covered(pilot: Pilot[None]) -> None:
    """Until the emergency covers the screen, and has found its size."""
    while not isinstance(pilot.app.screen, EmergencyScreen):
        await pilot.pause()
    # The screen is there a moment before its widgets.
    while not any(words.size.height for words in pilot.app.screen.query("#emergency-words")):
        await pilot.pause()
    await pilot.pause()


@sizes
def test_ready(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    """Before STARTEX."""
    assert snap_compare(play().app(), terminal_size=size, run_before=settle)


@sizes
def test_running_with_an_inject_due(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    """In the middle of play."""
    assert snap_compare(running().app(), terminal_size=size, run_before=settle)


@sizes
def test_gate(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    """Between two phases."""
    assert snap_compare(running().do(c.Gate()).app(), terminal_size=size, run_before=settle)


@sizes
def test_emergency(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    """Stopped, and nothing looks like exercise."""
    assert snap_compare(running().do(c.Emergency()).app(), terminal_size=size, run_before=settle_covered)


def test_trouble(snap_compare: SnapCompare) -> None:
    """The log has failed."""
    stopped = running()
    stopped.log.why = "the disk is full"
    stopped.session.tick()
    assert snap_compare(stopped.app(), terminal_size=SMALL, run_before=settle)


@pytest.mark.parametrize("key", ["x", "v", "o", "ctrl+x", "ctrl+e", "question_mark"])
def test_windows(snap_compare: SnapCompare, key: str) -> None:
    """Forms, lists, questions and help on the smallest screen."""

    async def press(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await pilot.press(key)
        await pilot.pause()
        for field in pilot.app.screen.query("Input, TextArea"):
            field.cursor_blink = False  # type: ignore[attr-defined]
        await pilot.pause()

    assert snap_compare(running().app(), terminal_size=SMALL, run_before=press)
