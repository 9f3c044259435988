"""Two hours of an exercise through what goes wrong in a room: nothing entered is lost or doubled."""

from __future__ import annotations

import asyncio
import shutil
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from tabletop.cli.main import main
from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.link.network import NetworkLink
from tabletop.protocol.submission import Answer, Receipt
from tests.link.processes import Site, site_at
from tests.link.rawsocket import PING, frame, request

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="LD_PRELOAD, 127.0.0.11")]

TEAMS = ("washington", "tokyo", "seoul")
STEP, STEPS = 5, 24
"""Minutes from one round to the next, and rounds."""

SLOW_COPY = """
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* A sync of a second copy takes half a second, as on a stick. */
int fsync(int file) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length > 6 && strncmp(path + length - 6, ".jsonl", 6) == 0) {
    struct timespec t = {0, 500000000};
    nanosleep(&t, 0);
  }
  return syscall(SYS_fsync, file);
}
"""


@asynccontextmanager
async def flood(port: int) -> AsyncIterator[None]:
    """Pings without a hello from another address for as long as the block lasts, again after each cut."""

    async def attack() -> None:
        while True:
            with suppress(OSError):
                channel = socket.socket()
                channel.setblocking(False)
                channel.bind(("127.0.0.11", 0))
                loop = asyncio.get_running_loop()
                with channel:
                    await loop.sock_connect(channel, ("127.0.0.1", port))
                    await loop.sock_sendall(channel, request(port))
                    while True:
                        await loop.sock_sendall(channel, frame(PING) * 200)
            await asyncio.sleep(0.05)

    task = asyncio.create_task(attack())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


class Room:
    """Everybody who has joined, by seat, and what they gave that was recorded."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.tokens: dict[str, str] = {}
        self.links: dict[str, NetworkLink] = {}
        self.recorded: Counter[str] = Counter()

    async def fill(self) -> None:
        for seat in ("facilitator", *TEAMS, "evaluator", "wall", "second console"):
            kind = "facilitator" if seat == "second console" else seat
            secret = self.site.host.secret if kind == "facilitator" else self.site.host.code(kind)
            self.tokens[seat] = await self.site.redeem(secret)
        await self.sit()

    async def sit(self) -> None:
        """Take every seat at the host's present port."""
        for seat, token in self.tokens.items():
            self.links[seat] = await self.site.link(token)
        await self.take_chair()

    async def take_chair(self) -> None:
        control = self.links["facilitator"]
        control.take_over()
        await self.site.until(lambda: control.chair is not None and control.chair.yours)

    async def give(self, seat: str, command: c.Command) -> None:
        """Give a command that is recorded in the end, whatever becomes of the host meanwhile."""
        answer: Answer = await asyncio.wait_for(self.links[seat].submit(command), 60)
        assert isinstance(answer, Receipt), (seat, command, answer)

    async def write(self, seat: str, text: str) -> None:
        match seat:
            case "evaluator":
                await self.give(seat, c.Observe(text=text))
            case "facilitator":
                await self.give(seat, c.Note(text=text))
            case _:
                await self.give(seat, c.Message(to=("control",), text=text))
        self.recorded[text] += 1


async def test_a_session_with_kills_a_new_port_a_flood_and_a_slow_copy_loses_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        pytest.skip("no C compiler, with which syncs are slowed")
    source, library = tmp_path / "slow.c", tmp_path / "slow.so"
    source.write_text(SLOW_COPY)
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, source], check=True)
    copy = tmp_path / "stick" / "copy.jsonl"
    home = tmp_path / "home"
    home.mkdir()
    async with site_at(
        home, surroundings={"LD_PRELOAD": str(library)}, options=("--copy", str(copy))
    ) as site:
        room = Room(site)
        await room.fill()
        await room.give("facilitator", c.Startex())
        await room.give("facilitator", c.Auto(on=True))
        async with flood(site.port):
            await play(room, range(8))
            await kill(room)
            await play(room, range(8, 16))
        await kill(room, port=free_port())
        async with flood(site.port):
            await play(room, range(16, STEPS))
        await room.give("facilitator", c.Endex())
        assert site.host.interrupt() == 0
    told = [text_of(record.event) for record in site.records()]
    assert {
        text: count for text, count in Counter(filter(None, told)).items() if text in room.recorded
    } == dict(room.recorded)
    assert len(room.recorded) == STEPS * 5
    assert site.records()[-1].at >= STEP * (STEPS - 1) * 60
    assert main(["verify", str(site.log), "--against", str(copy)]) == 0
    assert "holds the same" in capsys.readouterr().out
    assert main(["report", str(site.log), "--output", str(tmp_path / "report")]) == 0
    assert len(list((tmp_path / "report").iterdir())) == 3


async def play(room: Room, steps: range) -> None:
    """Each round: the clock moves on, and everybody writes at once."""
    for step in steps:
        if step:
            await room.give("facilitator", c.Jump.model_validate({"to": f"T+{STEP * step}"}))
        seats = (*TEAMS, "evaluator", "facilitator")
        await asyncio.gather(*(room.write(seat, f"Round {step}, {seat}") for seat in seats))


async def kill(room: Room, port: int | None = None) -> None:
    """Kill the host and start it again, perhaps at another port, to which everybody comes."""
    if port is None:
        room.site.restart()
        room.site.host.until("Facilitator's secret")
        await room.site.until(lambda: all(link.live for link in room.links.values()))
        await room.take_chair()
    else:
        for link in room.links.values():
            await link.close()
        room.site.links.clear()
        room.site.port = port
        room.site.restart()
        room.site.host.until("Facilitator's secret")
        await room.sit()
    await room.give("facilitator", c.Resume())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def text_of(event: e.Event) -> str:
    """What somebody wrote; nothing for any other event."""
    match event:
        case e.NoteTaken() | e.ObservationMade() | e.MessageSent():
            return event.text
    return ""
