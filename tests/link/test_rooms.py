"""Teams on networks of their own, which are cut, lose what they are sent, and are listened to."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tabletop.exercise import commands as c
from tests.link.processes import HostProgram
from tests.link.rooms import Away, Rooms, hosted, rooms

pytestmark = pytest.mark.slow

TEAMS = ("washington", "tokyo", "seoul")
CANARY = "canary-qx7v"


@dataclass
class Table:
    """A host, the facilitator beside it, and a team in each room. Play runs."""

    rooms: Rooms
    host: HostProgram
    control: Away
    teams: dict[str, Away]


@pytest.fixture
async def table(tmp_path: Path) -> AsyncIterator[Table]:
    with ExitStack() as stack:
        made = stack.enter_context(rooms(*TEAMS))
        host = stack.enter_context(hosted(made, tmp_path))
        yield await seated(stack, made, host)


async def seated(stack: ExitStack, made: Rooms, host: HostProgram, *, plain: bool = False) -> Table:
    control = Away(made, "hub", host, host.secret, plain=plain)
    stack.callback(control.close)
    teams = {team: Away(made, team, host, host.code(team), plain=plain) for team in TEAMS}
    for station in teams.values():
        stack.callback(station.close)
    for station in (control, *teams.values()):
        await station.until(lambda station=station: station.live)  # type: ignore[misc]
    await control.recorded(c.Startex())
    return Table(made, host, control, teams)


def numbers(station: Away) -> list[int]:
    return [one["sight"] for one in station.said("sight")]


async def test_f13_one_team_is_cut_off_the_others_play_on_and_it_catches_up(table: Table) -> None:
    control, tokyo = table.control, table.teams["tokyo"]
    await control.recorded(c.Message(to=TEAMS, text="before"))
    await tokyo.until(lambda: "before" in tokyo.texts("message-sent"))
    table.rooms.cut("tokyo")
    arrived = table.rooms.received("tokyo")
    pending = tokyo.give(c.Message(to=("control",), text="from the dark"))
    loop = asyncio.get_running_loop()
    began, slowest, sent = loop.time(), 0.0, 0
    while not (tokyo.trouble and any("Tokyo" in line for line in control.says)):
        assert loop.time() - began < 12
        for station, to in ((control, "washington"), (table.teams["washington"], "seoul")):
            words = f"{CANARY} {sent}"
            slowest = max(slowest, await station.recorded(c.Message(to=(to,), text=words)))
            sent += 1
    assert slowest < 1
    assert "no word from the host" in tokyo.trouble
    assert all(table.teams[team].live for team in ("washington", "seoul"))
    await control.recorded(c.Message(to=TEAMS, text="meanwhile"))
    for team in ("washington", "seoul"):
        station = table.teams[team]
        assert await station.until(lambda station=station: "meanwhile" in station.texts("message-sent")) < 1  # type: ignore[misc]
    assert table.rooms.received("tokyo") == arrived
    assert not tokyo.answered(pending)
    table.rooms.mend("tokyo")
    await tokyo.until(lambda: tokyo.live and tokyo.answered(pending))
    await tokyo.until(lambda: "meanwhile" in tokyo.texts("message-sent"))
    await control.until(lambda: "from the dark" in control.texts("message-sent"))
    assert control.texts("message-sent").count("from the dark") == 1
    assert numbers(tokyo) == list(range(1, len(numbers(tokyo)) + 1))
    assert CANARY not in tokyo.text
    assert sum(CANARY in words for words in control.texts("message-sent")) == sent


async def test_f13_others_traffic_costs_a_team_nothing(table: Table) -> None:
    """Between two others go 500 KB; what reaches Tokyo meanwhile is its heartbeat."""
    washington, tokyo = table.teams["washington"], table.teams["tokyo"]
    shown, before = len(numbers(tokyo)), table.rooms.received("tokyo")
    for number in range(50):
        await washington.recorded(c.Message(to=("seoul",), text=f"{CANARY} {number} " + "x" * 10_000))
    await table.teams["seoul"].until(lambda: len(table.teams["seoul"].texts("message-sent")) == 50)
    assert len(numbers(tokyo)) == shown
    assert table.rooms.received("tokyo") - before < 10_000
    assert CANARY not in tokyo.text


async def test_f12_what_goes_to_a_team_is_lost_and_what_comes_from_it_is_not(table: Table) -> None:
    """Half open: the host still hears the station, which hears nothing."""
    control, tokyo = table.control, table.teams["tokyo"]
    table.rooms.swallow("tokyo")
    number = tokyo.give(c.Message(to=("control",), text="can you hear me"))
    await control.recorded(c.Message(to=("tokyo",), text="yes"))
    assert await tokyo.until(lambda: "no word from the host" in tokyo.trouble) < 8
    await control.until(lambda: any("Tokyo" in line for line in control.says))
    assert not tokyo.answered(number)
    table.rooms.deliver("tokyo")
    await tokyo.until(lambda: tokyo.live and tokyo.answered(number))
    await tokyo.until(lambda: "yes" in tokyo.texts("message-sent"))
    assert control.texts("message-sent").count("can you hear me") == 1
    assert numbers(tokyo) == list(range(1, len(numbers(tokyo)) + 1))


SNIFFER = """
import socket, sys
line = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
line.bind(("bridge", 0))
with open(sys.argv[1], "wb", buffering=0) as out:
    print("listening", flush=True)
    while True:
        out.write(line.recv(65536))
"""


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[tuple[Rooms, Path]]:
    """Somebody who hears every packet between the host and the teams."""
    with rooms(*TEAMS) as made:
        heard = tmp_path / "heard"
        sniffer = subprocess.Popen(
            [*made.inside("hub"), sys.executable, "-c", SNIFFER, str(heard)], stdout=subprocess.PIPE
        )
        assert sniffer.stdout is not None
        if sniffer.stdout.readline() != b"listening\n":
            pytest.skip("this machine lets nobody listen to a network (AF_PACKET)")
        yield made, heard
        sniffer.kill()
        sniffer.wait()
        sniffer.stdout.close()


@pytest.mark.parametrize("plain", [False, True], ids=["encrypted", "plain"])
async def test_b19_who_listens_to_the_network_reads_nothing_unless_it_is_plain(
    listener: tuple[Rooms, Path], tmp_path: Path, plain: bool
) -> None:
    made, heard = listener
    with ExitStack() as stack:
        host = stack.enter_context(hosted(made, tmp_path, plain=plain))
        table = await seated(stack, made, host, plain=plain)
        tokyo = table.teams["tokyo"]
        await tokyo.recorded(c.Message(to=("seoul",), text=CANARY))
        seoul = table.teams["seoul"]
        await seoul.until(lambda: CANARY in seoul.texts("message-sent"))
        code = host.code("washington").encode()
    traffic = heard.read_bytes()
    assert len(traffic) > 10_000
    if plain:  # the listener does hear
        assert b"websocket" in traffic.lower()
        assert b"navigational-warning desk" in traffic or b"exercise-started" in traffic
    else:
        for words in (CANARY.encode(), code, b"token", b"sakishima", b"exercise-started", b"websocket"):
            assert words not in traffic.lower(), words
