"""A host with terminals at which people sit: what every live screen shows, and what a lost one leaves."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.link.processes import Site
from tests.link.terminals import Terminal, joined

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals")]

CTRL_E = "\x05"
CTRL_D = "\x04"
RUNNING = r"T\+\d+:(0[1-9]|[1-5]\d)"
"""The clock of a station, after STARTEX."""


class Room(Site):
    """A site with terminals."""

    terminals: list[Terminal]

    def open(self, verb: str, name: str, size: tuple[int, int] = (100, 30)) -> Terminal:
        """A terminal on a computer of that name."""
        terminal = Terminal([verb, f"127.0.0.1:{self.port}"], self.home / name, size)
        self.terminals.append(terminal)
        return terminal

    async def seat(self, kind: str, size: tuple[int, int] = (100, 30)) -> Terminal:
        """Somebody sits down there for the first time."""
        if kind == "facilitator":
            return await joined(self.open("console", kind, size), self.host.secret, "Sato")
        return await joined(self.open("join", kind, size), self.host.code(kind), f"Head of {kind}")


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    room = Room(tmp_path)
    room.terminals = []
    try:
        yield room
    finally:
        for terminal in room.terminals:
            terminal.close()
        await room.close()
    for terminal in room.terminals:
        assert "Traceback" not in terminal.text()


async def test_g14_pausex_and_the_emergency_reach_every_live_screen(room: Room) -> None:
    """The bound is generous; `benchmarks/stop.py` measures how long it takes."""
    console, *stations = await asyncio.gather(
        *(room.seat(kind) for kind in ("facilitator", "washington", "tokyo", "seoul"))
    )
    console.type("s")
    await asyncio.gather(*(one.until(RUNNING) for one in stations))
    marks = [one.mark for one in stations]
    console.type("p")
    await asyncio.gather(
        *(one.until("PAUSEX", since=mark) for one, mark in zip(stations, marks, strict=True))
    )
    await console.until("Play is paused")
    marks = [one.mark for one in stations]
    before = console.mark
    console.type(CTRL_E)
    await console.until("STOP PLAY", since=before)
    assert not any("EMERGENCY" in one.text(mark) for one, mark in zip(stations, marks, strict=True))
    console.type(CTRL_E)
    await asyncio.gather(
        console.until("Every station says so", since=before),
        *(
            one.until("REAL-WORLD EMERGENCY", "REAL WORLD", since=mark)
            for one, mark in zip(stations, marks, strict=True)
        ),
    )


async def test_f22_resized_to_20_by_5_and_back_nothing_is_lost(room: Room) -> None:
    console, tokyo = await asyncio.gather(room.seat("facilitator"), room.seat("tokyo"))
    console.type("s")
    await tokyo.until(RUNNING)
    marks = console.mark, tokyo.mark
    for terminal in (console, tokyo):
        terminal.resize((20, 5))
    await console.until("EXERCISE", since=marks[0])
    await tokyo.until("EXERCISE", since=marks[1])
    mark = tokyo.mark
    console.type("p")  # what happens meanwhile is not lost either
    await tokyo.until("PAUSEX", "paused", since=mark)
    mark = tokyo.mark
    console.type(CTRL_E + CTRL_E)
    await tokyo.until("REAL-WORLD EMERGENCY", since=mark)
    await console.until(r"Ctrl\+D", since=marks[0])
    mark = tokyo.mark
    console.type(CTRL_D)
    await console.until("Is the", since=marks[0])
    console.type("y")
    await tokyo.until("PAUSEX", since=mark)
    marks = console.mark, tokyo.mark
    for terminal in (console, tokyo):
        terminal.resize((120, 40))
    await console.until("EXERCISE EXERCISE EXERCISE", "Play is paused.", "MSEL", since=marks[0])
    await tokyo.until("EXERCISE EXERCISE EXERCISE", "PAUSEX", "Play is paused and the clock", since=marks[1])
    assert console.running
    assert tokyo.running


@pytest.mark.parametrize("how", ["window closed", "line cut"])
async def test_f22_a_terminal_that_is_gone_is_opened_again_where_it_was(room: Room, how: str) -> None:
    """The exercise stands on the host: neither the clock nor another station notices."""
    kinds = ("facilitator", "tokyo", "seoul")
    console, tokyo, seoul = await asyncio.gather(*(room.seat(kind) for kind in kinds))
    console.type("s")
    await asyncio.gather(tokyo.until(RUNNING), seoul.until(RUNNING))
    for gone in (console, tokyo):
        if how == "line cut":
            gone.hang_up()
        else:
            gone.signal(signal.SIGHUP)
    await asyncio.gather(console.ended(), tokyo.ended())
    mark = seoul.mark
    back = room.open("console", "facilitator"), room.open("join", "tokyo")
    for terminal in back:
        await terminal.until("Your seat, or 0 for a new code")
        terminal.type("\r")
    await back[0].until("RUNNING")
    await back[1].until(RUNNING)
    assert "PAUSEX" not in seoul.text(mark)
    mark = seoul.mark
    back[0].type("p")
    await asyncio.gather(back[1].until("PAUSEX"), seoul.until("PAUSEX", since=mark))
    assert not list(room.home.rglob("*fault*"))
