"""How the wall looks: one picture for each state, at the sizes projectors have."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from tabletop.exercise import commands as c
from tests.builders import tiny_scenario
from tests.tui.station.playing import Play
from tests.tui.wall.hanging import WallApp, look

Compare = Callable[..., bool]


def play() -> Play:
    """Seven minutes in, with something said by everybody."""
    clock = {"zone": "+09:00", "anchors": [{"at": "T+0", "shows": "D 06:27"}]}
    play = Play(tiny_scenario(clock=clock)).start().until(3)
    play.do("facilitator", c.Message(to=("washington", "tokyo", "seoul"), text="The break is at T+10."))
    play.until(6)
    play.do("seoul", c.State(text="We have seen an object heading south.", label="satellite"))
    return play.until(7)


async def settle(pilot: Pilot[None]) -> None:
    """Until the picture has been drawn at its size."""
    assert isinstance(pilot.app, WallApp)
    await look(pilot, pilot.app)


@pytest.mark.parametrize(
    "size", [(80, 24), (120, 40), (200, 60), (240, 67)], ids=["80x24", "120x40", "200x60", "240x67"]
)
def test_play(snap_compare: Compare, size: tuple[int, int]) -> None:
    """Clock, capitals, what was said."""
    assert snap_compare(WallApp(play()), terminal_size=size, run_before=settle)


@pytest.mark.parametrize("size", [(80, 24), (200, 60)], ids=["80x24", "200x60"])
def test_before_play(snap_compare: Compare, size: tuple[int, int]) -> None:
    """The cover, with the words to compare."""
    assert snap_compare(WallApp(Play()), terminal_size=size, run_before=settle)


@pytest.mark.parametrize("size", [(80, 24), (240, 67)], ids=["80x24", "240x67"])
def test_an_emergency(snap_compare: Compare, size: tuple[int, int]) -> None:
    """Red from edge to edge."""
    stopped = play()
    stopped.do("facilitator", c.Emergency(text="Fire alarm: leave by the north stairs."))
    assert snap_compare(WallApp(stopped), terminal_size=size, run_before=settle)


def test_a_silent_host(snap_compare: Compare) -> None:
    """The clock is faint and the band is red."""
    app = WallApp(play())

    async def lost(pilot: Pilot[None]) -> None:
        await look(pilot, app)
        app.link.disconnected_since = "07:03 UTC"
        await look(pilot, app)

    assert snap_compare(app, terminal_size=(120, 40), run_before=lost)
