"""How the seats of observers and evaluators look, at the sizes people have."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from tabletop.exercise import commands as c
from tabletop.exercise.refusal import Refusal
from tabletop.protocol.submission import Submission
from tests.tui.station.playing import Play, press
from tests.tui.watch.watching import WatchApp

Compare = Callable[..., bool]
SIZES = [(80, 24), (120, 40), (200, 60)]
NAMES = ["80x24", "120x40", "200x60"]


def play() -> Play:
    """Nine minutes in, with something of everything."""
    play = Play().start().until(6)
    play.do("washington", c.Share(card="track", with_=("tokyo",), sanitised=True))
    play.do("seoul", c.Consult(with_=("tokyo",), text="Will you sound the sirens, and where?"))
    play.do("seoul", c.State(text="We have seen an object heading south.", label="satellite"))
    play.do("tokyo", c.Decide(decision="alert", option="okinawa", rationale="It flies there."))
    return play.until(9)


async def settle(pilot: Pilot[None]) -> None:
    """Until everything has been drawn at its size."""
    for _ in range(3):
        await press(pilot)


@pytest.mark.parametrize("size", SIZES, ids=NAMES)
def test_an_observer(snap_compare: Compare, size: tuple[int, int]) -> None:
    """Sees all, and is offered nothing to give."""
    assert snap_compare(WatchApp(play(), "observer"), terminal_size=size, run_before=settle)


@pytest.mark.parametrize("size", SIZES, ids=NAMES)
def test_an_evaluator(snap_compare: Compare, size: tuple[int, int]) -> None:
    """One note recorded, one rating on its way, one note refused."""
    app = WatchApp(play())
    noted = Submission("a", c.Observe(text="They rang first.", about="alert", team="tokyo"))
    noted.recorded, noted.last = True, 21
    rated = Submission("b", c.Grade(objective="share", rating="S", note="One call came late."))
    refused = Submission(
        "c", c.Observe(text="Nobody asked Seoul."), refusal=Refusal("nothing can be recorded")
    )
    app.link.submissions = (noted, refused, rated)

    async def shown(pilot: Pilot[None]) -> None:
        await press(pilot, "3")
        await settle(pilot)

    assert snap_compare(app, terminal_size=size, run_before=shown)
