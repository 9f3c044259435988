"""Measure the cost of the network: `python benchmarks/network`, two minutes.

One host, three stations with screens at pseudo-terminals, light stations up to five hundred, and a
facilitator who releases injects; then twenty stations that are stopped, and the host killed and started
again. Last, the time until a command is on disk and at the last of 10 and 100 bare sockets, beside one fsync
and one round trip of as many bytes, taken in turns with it. All run on one machine: on two processors the
light stations take more than the host does, so the figures for 500 are those of the whole room.
"""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path

import table
from bare import Floor, Ring
from hosted import Hosted
from room import SEATS, STOPPED, Room

from tabletop.cli.event_loop import run

TURNS = 100
TEXT = "x" * 250


async def three_to_five_hundred(folder: Path) -> None:
    """Measure an exercise with more and more stations, twenty stopped ones, and a reconnect storm."""
    with ExitStack() as ends:
        room = Room(folder, ends)
        await room.open()
        table.times("`tabletop join` to first inject drawn", await room.sit_down(), "", "whole program")
        await room.measure("3 stations", "", [])
        for count, goal in ((30, "p99 ≤ 250 ms"), (100, "")):
            await room.come(count)
            await room.measure(f"{count} stations", goal, room.crowds)
        before, there = room.host.memory, room.stations
        joined = await room.come(SEATS - STOPPED)
        more = (room.host.memory - before) / (room.stations - there)
        await room.come(SEATS)
        table.times("join, 25 at a time among 500", joined)
        table.figure("memory of the host, each station more", f"{more / 1024:.0f} KB", "", _whole(room.host))
        await room.measure(f"{SEATS} stations", "p99 ≤ 1 s", room.crowds)
        await room.stall()
        await room.storm("not encrypted", "≤ 2.5 s")
        await room.close()


async def storm_with_tls(folder: Path) -> None:
    """Measure the reconnect storm with TLS."""
    with ExitStack() as ends:
        room = Room(folder, ends, secure=True)
        await room.open()
        table.times("join with TLS, 25 at a time up to 500", await room.come(SEATS))
        await room.storm("TLS", "≤ 2.5 s")
        await room.close()


def beside_the_floor(folder: Path, stations: int, most: int) -> None:
    """Measure commit and fan-out to the last bare station, against one fsync and one round trip."""
    host = Hosted(folder, stations)
    host.start()
    try:
        ring, floor = Ring(host.port, stations), Floor(folder / "floor", len(TEXT) + 150)
        floors, last = [], []
        for number in range(TURNS):
            floors.append(floor.once())
            last.append(ring.release(number, TEXT)[1])
            ring.settle(0.05)
        ring.close()
        floor.close()
    finally:
        host.kill()
    table.times("floor: one fsync and one round trip", floors)
    table.times(f"commit and fan-out to the last of {stations}", last)
    ratio = sorted(last)[TURNS // 2] / sorted(floors)[TURNS // 2]
    table.figure(f"commit and fan-out ÷ floor, {stations} stations", f"{ratio:.1f} ×", f"≤ {most} ×")


def _whole(host: Hosted) -> str:
    return f"{host.memory / 2**20:.0f} MB in all"


def main() -> None:
    print(table.HEAD)
    with tempfile.TemporaryDirectory() as name:
        run(three_to_five_hundred(Path(name)))
    with tempfile.TemporaryDirectory() as name:
        run(storm_with_tls(Path(name)))
    for stations, most in ((10, 8), (100, 15)):
        with tempfile.TemporaryDirectory() as name:
            beside_the_floor(Path(name), stations, most)


if __name__ == "__main__":
    main()
