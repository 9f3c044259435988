"""The console of an exercise in several rooms, on the screen: seats, silence, the chair."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tabletop.exercise import commands as c
from tabletop.exercise.state import Stage
from tabletop.host.hosted_link import HostedLink
from tabletop.protocol import messages
from tabletop.tui.app import TabletopApp
from tabletop.tui.console.dialogs.seats import SeatsWindow
from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.kit.plain_band import NOT_ENCRYPTED
from tests.host.hosted import House
from tests.system.waiting import now
from tests.tui.console.staging import MEDIUM, SMALL, Play, console
from tests.tui.station.playing import shown


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


class Room:
    """The facilitator's room: the host's own console."""

    def __init__(self, house: House, app: TabletopApp, pilot: Pilot[None]) -> None:
        self.house = house
        self.app = app
        self.pilot = pilot

    @property
    def text(self) -> str:
        """All that stands on the screen, with one space for many."""
        return re.sub(r"[ \u2500-\u257f]+", " ", shown(self.app))

    async def press(self, *keys: str) -> None:
        """Press keys one at a time, each after the one before was dealt with."""
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause()
        await self.settle()

    async def settle(self) -> None:
        """Let the host, the console and the window over it look around."""
        self.house.hosting.tick()
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()
        self.app.console_screen._look()
        if isinstance(self.app.screen, SeatsWindow):
            self.app.screen._look()
        for _ in range(3):
            await self.pilot.pause()


def stage(house: House) -> Stage:
    """Where the exercise stands."""
    return house.session.state.stage


def flowing(text: str) -> str:
    """Without the ends of lines."""
    return re.sub(r"\s+", " ", text)


@asynccontextmanager
async def facilitating(house: House, size: tuple[int, int] = SMALL) -> AsyncIterator[Room]:
    """Open the console."""
    links = {seat: HostedLink(house.hosting, seat) for seat in (c.FACILITATOR, *house.hosting.teams)}
    app = TabletopApp(links, front_desk=links[c.FACILITATOR])
    async with app.run_test(size=size) as pilot:
        room = Room(house, app, pilot)
        await room.settle()
        yield room


@pytest.mark.parametrize("size", [SMALL, MEDIUM])
async def test_the_seats_window_says_how_to_join_and_who_is_here(house: House, size: tuple[int, int]) -> None:
    async with facilitating(house, size) as room:
        await room.press("b")
        assert "Read out tabletop join 10.0.0.5" in room.text
        assert f"Tokyo code {house.code('tokyo')}" in room.text
        assert f"Observer code {house.code('observer')}" in room.text
        assert house.hosting.enrolment.secret in room.text
        used = house.code("tokyo")
        tokyo = house.join("tokyo", "Tanaka", "Minister")
        await room.settle()
        assert "Tanaka, Minister ● connected holds the pen" in room.text
        assert used not in room.text
        house.pass_time(8)
        await room.settle()
        assert "Tanaka, Minister × silent since 07:03 UTC" in room.text
        assert tokyo.connection.ended is not None


async def test_n2_an_address_that_floods_is_blocked_from_the_window_and_let_in_again(house: House) -> None:
    async with facilitating(house) as room:
        await room.press("b", "x")
        assert "Put the cursor on an address first" in room.text
        assert "X block" not in room.text
        house.hosting.floods.saw({"10.0.0.66": 1_234})
        await room.settle()
        assert "Address 10.0.0.66 cut off 1,234 times" in room.text
        assert "X block or unblock" in room.text
        await room.press("end", "x")
        assert house.hosting.floods.blocked == {"10.0.0.66"}
        assert "cut off 1,234 times blocked" in room.text
        assert "Nothing comes in from 10.0.0.66 any more" in flowing(room.text)
        await room.press("x")
        assert house.hosting.floods.blocked == frozenset()
        assert "10.0.0.66 can connect again" in room.text
        await room.press("escape")
        assert "10.0.0.66 floods this host" in room.text


async def test_codes_and_seats_are_seen_to_from_the_window(house: House) -> None:
    first, second = house.join("tokyo", "Tanaka"), house.join("tokyo", "Mori")
    async with facilitating(house) as room:
        await room.press("b", "n")
        assert "Another code for Washington" in room.text
        kinds = [code.acts_as for code in house.hosting.admission.codes()]
        assert kinds.count("washington") == 2
        await room.press("w")
        assert "void; here is a fresh one" in room.text
        kinds = [code.acts_as for code in house.hosting.admission.codes()]
        assert kinds.count("washington") == 1
        await room.press("r")
        assert "Put the cursor on a seat first" in room.text
        await room.press("down", "down", "down", "p")
        assert house.hosting.admission.pen("tokyo") == second.id
        assert "Mori ● connected holds the pen" in room.text
        await room.press("p")
        assert house.hosting.admission.pen("tokyo") is None
        await room.press("r")
        assert isinstance(room.app.screen, Confirm)
        assert "Tokyo: Mori" in room.text
        await room.press("n")
        assert second.connection.ended is None
        await room.press("r", "y")
        assert second.connection.ended is not None
        assert second.connection.ended.code == "revoked"
        assert first.connection.ended is None
        assert "Mori has no seat any more" in room.text


async def test_where_nobody_can_join_there_is_no_such_key() -> None:
    async with console(Play()) as desk:
        await desk.press("b", "z")
        assert desk.app.screen is desk.screen
        assert "Seats" not in desk.text


async def test_f07_another_console_takes_over_and_this_one_reads_until_it_takes_over_again(
    house: House,
) -> None:
    async with facilitating(house) as room:
        other = house.join(c.FACILITATOR, "Sato")
        await room.press("b")
        assert house.code("tokyo") in room.text
        other.say(messages.TakeOver())
        await room.settle()
        assert house.code("tokyo") not in room.text
        assert "codes are shown there alone" in room.text
        await room.press("escape", "s")
        assert "READING ONLY: another console runs this exercise. Press Z to take over" in room.text
        assert "S STARTEX" not in room.text
        assert stage(house) is Stage.READY
        await room.press("z")
        assert isinstance(room.app.screen, Confirm)
        await room.press("y", "s")
        assert stage(house) is Stage.RUNNING
        chair = other.last(messages.Chair)
        assert isinstance(chair, messages.Chair)
        assert not chair.yours


@pytest.mark.parametrize("size", [SMALL, MEDIUM])
async def test_f12_a_silent_station_is_said_on_the_main_screen_with_what_to_do(
    house: House, size: tuple[int, int]
) -> None:
    house.join("tokyo", "Tanaka")
    seoul = house.join("seoul", "Kim")
    async with facilitating(house, size) as room:
        assert "2 joined you run it" in room.text
        house.pass_time(7.5, seoul)
        await room.settle()
        assert "Tokyo's terminal (Tanaka) has been silent since 07:03 UTC" in room.text
        assert "They can rejoin with `tabletop join 10.0.0.5`" in flowing(room.text)
        assert "1 joined, 1 missing" in room.text
        now(house.hosting.enrolment.revoke(house.hosting.admission.seats()[0].id))
        await room.settle()
        assert "has been silent" not in room.text


async def test_of_several_missing_stations_the_silent_one_is_said_first(house: House) -> None:
    house.join("tokyo", "Tanaka")
    left = house.join("observer", "Mori")
    async with facilitating(house) as room:
        house.hosting.hub.closed(left.connection)
        await room.settle()
        assert "The observer's terminal (Mori) has been closed since 07:03" in room.text
        house.pass_time(7.5)
        await room.settle()
        assert "Tokyo's terminal (Tanaka) has been silent" in room.text
        assert "And 1 more: B shows all seats" in room.text


async def test_f4_a_message_is_shown_recorded_then_delivered_and_never_more(house: House) -> None:
    tokyo = house.join("tokyo", "Tanaka")
    seoul = house.join("seoul", "Kim")
    async with facilitating(house, MEDIUM) as room:
        await room.press("s")
        room.app.console_screen.send(c.Message(to=("tokyo", "seoul"), text="Stand by."))
        await room.settle()
        assert "Message to Tokyo and Seoul: Recorded #3 → Delivered 0/2" in room.text
        tokyo.listen()
        tokyo.say(messages.Ack(seen=tokyo.seen))
        await room.settle()
        assert "Delivered 1/2" in room.text
        tokyo.show()
        seoul.show()
        await room.settle()
        assert "Delivered 2/2" in room.text
        assert "Opened" not in room.text, "nobody tells the host who has opened a message"


async def test_of_a_released_inject_it_is_said_who_has_it_and_who_has_opened_it(house: House) -> None:
    washington, tokyo = house.join("washington"), house.join("tokyo")
    house.do(c.Startex())
    house.do(c.Release(inject="notice"))
    async with facilitating(house, MEDIUM) as room:
        to = house.session.state.inject("notice")
        assert to.released_at is not None
        await room.press("up", "up", "up")
        assert "WAS TOK undelivered SEO unopened" in room.text
        tokyo.show()
        await room.settle()
        assert "WAS undelivered TOK delivered SEO unopened" in room.text
        house.do(c.Read(inject="notice"), "tokyo")
        washington.show()
        await room.settle()
        assert "WAS delivered TOK opened SEO unopened" in room.text


async def test_f4_a_receipt_says_opened_only_once_a_team_has_opened_the_inject(house: House) -> None:
    """A station that was used and lists the inject has not opened it; the team line says the same."""
    async with facilitating(house, SMALL) as room:
        await room.press("s", "f3", "enter", "f1", "enter", "r")
        assert "Release K1: Recorded #3 → Delivered 1/3 → Opened 0/3" in room.text
        assert "TOK 1 unread" in room.text
        await room.press("f3", "enter", "n", "f1", "enter")
        assert "Release K1: Recorded #3 → Delivered 1/3 → Opened 1/3" in room.text
        assert "TOK clear" in room.text
        house.do(c.Read(inject="notice"), "seoul")
        await room.settle()
        assert "Release K1: Recorded #3 → Delivered 2/3 → Opened 2/3" in room.text


async def test_b19_without_encryption_a_red_band_stands_over_console_and_stations(house: House) -> None:
    house.hosting.endpoint = replace(house.hosting.endpoint, plain=True)
    async with facilitating(house) as room:
        assert NOT_ENCRYPTED in room.text
        await room.press("f", "enter")
        assert NOT_ENCRYPTED in room.text


async def test_with_encryption_there_is_no_such_band(house: House) -> None:
    async with facilitating(house) as room:
        assert "NOT ENCRYPTED" not in room.text


@pytest.mark.parametrize("size", [SMALL, MEDIUM])
async def test_n10_who_has_not_come_back_after_a_restart_is_said_on_the_main_screen(
    house: House, tmp_path: Path, size: tuple[int, int]
) -> None:
    house.join("tokyo", "Tanaka")
    again = House(tmp_path)
    async with facilitating(again, size) as room:
        assert "has not come back" not in room.text
        again.pass_time(11)
        await room.settle()
        assert "Tokyo's terminal (Tanaka) has not come back since the host was" in flowing(room.text)
        assert "They can rejoin with `tabletop join 10.0.0.5`" in flowing(room.text)
