"""Point 8: a host of another exercise where a station's own was is named, and shows it nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tabletop.exercise import commands as c
from tabletop.host.session import Session
from tabletop.link.address import parse_address
from tabletop.link.keyring import Keyring
from tabletop.protocol import messages
from tabletop.protocol.framing import encode, from_host
from tabletop.protocol.link import Sight
from tabletop.protocol.submission import Receipt
from tabletop.store.memory import MemoryLog
from tabletop.system.clock import SYSTEM_TIME
from tabletop.tui.app import TabletopApp
from tabletop.tui.station.app import StationApp
from tests.builders import tiny_scenario
from tests.link.processes import HostProgram, Program
from tests.link.served import Room
from tests.link.world import World
from tests.tui.station.playing import shown

OTHER = "Northern Lights"


class SharedAddress(Room):
    """An address at which one exercise is hosted, and then another."""

    async def swap(self) -> None:
        """Another exercise is hosted here, in which nobody of this one has a seat."""
        await self.server.stop()
        self.own = self.log, self.admission
        self.log, self.admission = MemoryLog(), type(self.admission)()
        other = tiny_scenario(title=OTHER)
        self.session = Session.begin(self.log, other, name="Winter", seed=5, time=SYSTEM_TIME)
        self.session.submit("facilitator", c.Startex())
        await self.start()

    async def swap_back(self) -> None:
        await self.server.stop()
        self.log, self.admission = self.own
        self.session = Session.resume(self.log, SYSTEM_TIME)
        await self.start()


@pytest.fixture
async def room() -> AsyncIterator[SharedAddress]:
    room = SharedAddress()
    await room.start()
    yield room
    await room.stop()


async def test_point_8_a_station_names_the_other_exercise_keeps_its_seat_and_finds_its_own(
    room: SharedAddress,
) -> None:
    console, tokyo = await room.link("facilitator-1"), await room.link("tokyo")
    seen: list[Sight] = []
    tokyo.watch(seen.append)
    await console.submit(c.Startex())
    await room.until(lambda: len(seen) == 1)
    await room.swap()
    await room.until(lambda: tokyo.other_exercise and console.other_exercise)
    assert not tokyo.finished
    assert not tokyo.unknown
    assert f"runs another exercise: “{OTHER}”" in (tokyo.trouble() or "")
    assert "keeps its seat" in (tokyo.trouble() or "")
    stands = tokyo.now()
    waiting = asyncio.create_task(tokyo.submit(c.Message(to=("control",), text="for our own exercise")))
    await asyncio.sleep(0.3)
    assert tokyo.now() == stands
    assert len(seen) == 1
    assert not waiting.done()
    assert [record.event.type for record in room.log.read()][1:] == ["exercise-started"]
    await room.swap_back()
    await room.until(lambda: tokyo.live and console.live, within=15)
    assert isinstance(await waiting, Receipt)
    assert tokyo.trouble() is None


async def test_point_8_station_and_console_say_it_on_their_screens(room: SharedAddress) -> None:
    console, tokyo = await room.link("facilitator-1"), await room.link("tokyo")
    await console.submit(c.Startex())
    station, desk = StationApp(tokyo), TabletopApp({c.FACILITATOR: console}, front_desk=console)
    async with station.run_test(size=(120, 40)), desk.run_test(size=(120, 40)):
        await room.swap()
        for app in (station, desk):
            await room.until(lambda app=app: "ANOTHER EXERCISE IS AT THIS ADDRESS" in shown(app))  # type: ignore[misc]
            text = " ".join(shown(app).split())
            assert OTHER in text
            assert "The clock stands here until then" in text
            assert "Ctrl+Q leaves" not in text
        await room.swap_back()
        for app in (station, desk):
            await room.until(lambda app=app: OTHER not in shown(app), within=15)  # type: ignore[misc]


@pytest.mark.parametrize("token", ["tokyo", "nobody-knows-this-one"])
def test_point_8_the_other_exercise_is_named_whoever_has_that_token_there(token: str) -> None:
    """Nothing but its title is told, and no seat is replaced."""
    world = World("tokyo")
    world.run(1)
    connection = world.hub.open("10.0.0.9")
    hello = messages.Hello(version=messages.VERSION, token=token, seen=7, exercise="0" * 32)
    connection.receive(encode(hello), world.now)
    goodbye = from_host(connection.next_frame() or "")
    assert isinstance(goodbye, messages.Goodbye)
    assert goodbye.code == "other-exercise"
    title = world.session.state.script.scenario.title
    assert goodbye.reason == f"the host at this address runs another exercise: “{title}”"
    assert world.stations["tokyo"].client.live


@pytest.mark.slow
def test_point_8_joining_where_another_exercise_is_hosted_asks_for_a_code_and_keeps_the_seat(
    tmp_path: Path,
) -> None:
    def host(name: str, port: int) -> HostProgram:
        log = tmp_path / f"{name}.db"
        new = [] if log.exists() else ["sakishima-dawn"]
        return HostProgram(["host", *new, "--log", str(log), "--port", str(port)], tmp_path)

    def watch(typed: str) -> str:
        program = Program(["watch", place], tmp_path, typed=typed)
        said = program.until("was set up from")
        program.kill()
        return said

    first = host("first", 0)
    place = f"127.0.0.1:{first.port}"
    try:
        watch(f"{first.code('observer')}\nSato\n\n")
        (own,) = Keyring(tmp_path / "state" / "hosts").of(parse_address(place)).seats()
    finally:
        first.kill()
    second = host("second", first.port)
    try:
        assert second.port == first.port
        said = watch(f"1\n{second.code('observer')}\n\n\n")
        assert "runs another exercise: “Sakishima Dawn”. Your seat in yours is kept." in said
    finally:
        second.kill()
    third = host("first", first.port)
    try:
        assert third.port == first.port
        keys = Keyring(tmp_path / "state" / "hosts").of(parse_address(place))
        number = 1 + [seat.exercise for seat in keys.seats()].index(own.exercise)
        said = watch(f"{number}\n")
        assert "  2  observer (Sato) in Sakishima Dawn" in said
        assert "Code" not in said
    finally:
        third.kill()
