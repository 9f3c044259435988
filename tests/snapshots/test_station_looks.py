"""How the station looks: one picture for each state, at the sizes people have.

A changed picture is a question to a person: open the report that pytest names, look, and run again with
`--snapshot-update` if it is meant.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from tabletop.exercise import commands as c
from tabletop.host.local_link import LocalLink
from tabletop.protocol.team import Member, OwnTeam
from tabletop.tui.station.screen import StationScreen
from tests.tui.station.playing import Play, StationApp, press

pytestmark = pytest.mark.newcomer

TEAM = OwnTeam(
    me="a1",
    pen="a1",
    members=(
        Member("a1", "Tanaka", "Prime Minister", connected=True),
        Member("b2", "Sato", "Crisis manager", connected=True),
        Member("c3", "Mori", "", connected=False),
    ),
)


class SharedLink(LocalLink):
    """A seat of a team of three."""

    def team(self) -> OwnTeam:
        return TEAM


Compare = Callable[..., bool]
SMALL, MEDIUM, LARGE = (80, 24), (120, 40), (200, 60)


def play() -> Play:
    """Seven minutes in, with something of everything."""
    play = Play().start().until(2)
    play.do("tokyo", c.Read(inject="notice"))
    play.do("washington", c.Message(to=("tokyo",), text="Do you have the times of the launch window?"))
    play.until(6)
    play.do("washington", c.Share(card="track", with_=("tokyo",), sanitised=True))
    play.do("seoul", c.Consult(with_=("tokyo",), text="Will you sound the sirens, and where?"))
    play.do("seoul", c.State(text="We have seen an object heading south.", label="satellite"))
    return play.until(7)


def pressing(*keys: str) -> Callable[[Pilot[None]], Any]:
    """Press keys before the picture is taken."""

    async def run(pilot: Pilot[None]) -> None:
        await press(pilot, *keys)
        for area in pilot.app.screen.query(TextArea):
            area.cursor_blink = False
        await pilot.pause()

    return run


@pytest.mark.parametrize("size", [SMALL, MEDIUM, LARGE], ids=["80x24", "120x40", "200x60"])
def test_reading(snap_compare: Compare, size: tuple[int, int]) -> None:
    """An inject is open; a decision and a question wait."""
    assert snap_compare(StationApp(play()), terminal_size=size, run_before=pressing("n", "n"))


@pytest.mark.parametrize("size", [SMALL, MEDIUM], ids=["80x24", "120x40"])
def test_deciding(snap_compare: Compare, size: tuple[int, int]) -> None:
    """An option is chosen, the reason is next."""
    assert snap_compare(StationApp(play()), terminal_size=size, run_before=pressing("d", "2"))


def test_an_emergency(snap_compare: Compare) -> None:
    """Red, at once."""
    stopped = play()
    stopped.do("facilitator", c.Emergency(text="Fire alarm: leave by the north stairs."))
    assert snap_compare(StationApp(stopped), terminal_size=SMALL, run_before=pressing())


def with_proposals() -> StationApp:
    """A team of three, whose pen is here; two of them propose."""
    shared = play()
    for name, office, person, option in (
        ("Sato", "Crisis manager", "b2", "okinawa"),
        ("Mori", "", "c3", "quiet"),
    ):
        why = "The path is known" if option == "okinawa" else ""
        wish = c.Propose(
            decision="alert", option=option, rationale=why, by=name, office=office, person=person
        )
        shared.do("tokyo", wish)
    app = StationApp(shared)
    app.station = StationScreen(SharedLink(shared.session, "tokyo"))
    return app


@pytest.mark.parametrize("size", [SMALL, MEDIUM], ids=["80x24", "120x40"])
def test_deciding_with_proposals(snap_compare: Compare, size: tuple[int, int]) -> None:
    """Who proposes what stands below each option."""
    assert snap_compare(with_proposals(), terminal_size=size, run_before=pressing("d"))


@pytest.mark.parametrize("size", [SMALL, MEDIUM], ids=["80x24", "120x40"])
def test_handing_the_pen_over(snap_compare: Compare, size: tuple[int, int]) -> None:
    """Who is there, and who is not."""
    assert snap_compare(with_proposals(), terminal_size=size, run_before=pressing("h"))
