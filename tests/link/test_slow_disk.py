"""A disk that takes its time (F17): commands wait for it, and nobody and nothing else does."""

from __future__ import annotations

import asyncio
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.typing import Origin

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.host.connection import SILENT_AFTER
from tabletop.protocol import framing, messages
from tabletop.protocol.link import Sight
from tabletop.protocol.submission import Receipt
from tabletop.store.reading import read_only
from tests.link.processes import site_at
from tests.link.terminals import Terminal, joined

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="LD_PRELOAD")]

SLOW_SYNC = """
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* No sync ends while a file of this name is there, as on a disk that has spun down or is far away. */
static void wait_first(void) {
  const char *held = getenv("SYNCS_ARE_HELD_BY");
  struct timespec t = {0, 10000000};
  while (held && access(held, F_OK) == 0) nanosleep(&t, 0);
}
int fsync(int file) { wait_first(); return syscall(SYS_fsync, file); }
int fdatasync(int file) { wait_first(); return syscall(SYS_fdatasync, file); }
"""


class SlowDisk:
    """What a program's syncs wait for."""

    def __init__(self, folder: Path) -> None:
        compiler = shutil.which("cc") or shutil.which("gcc")
        if compiler is None:
            pytest.skip("no C compiler, with which syncs are held")
        source, library = folder / "slow.c", folder / "slow.so"
        source.write_text(SLOW_SYNC)
        subprocess.run([compiler, "-shared", "-fPIC", "-o", library, source], check=True)
        self._held = folder / "held"
        self.surroundings = {"LD_PRELOAD": str(library), "SYNCS_ARE_HELD_BY": str(self._held)}

    def hold(self) -> None:
        """From now on the disk does not answer."""
        self._held.touch()

    def answer(self) -> None:
        """The disk answers again."""
        self._held.unlink()


@pytest.fixture
def disk(tmp_path: Path) -> SlowDisk:
    return SlowDisk(tmp_path)


async def heard(socket: object, kind: type[messages.FromHost]) -> messages.FromHost:
    """The next frame of that type."""
    while True:
        frame = framing.from_host(await socket.recv())  # type: ignore[attr-defined]
        if isinstance(frame, kind):
            return frame


async def test_f17_the_host_answers_while_its_disk_does_not(tmp_path: Path, disk: SlowDisk) -> None:
    async with site_at(tmp_path, surroundings=disk.surroundings) as site:
        uri, origin = f"ws://127.0.0.1:{site.port}/station", Origin(f"http://127.0.0.1:{site.port}")
        async with asyncio.timeout(30), connect(uri, origin=origin, compression=None) as socket:
            hello = messages.Hello(version=messages.VERSION, code=site.host.secret, name="Sato", role="")
            await socket.send(framing.encode(hello))
            welcome = await heard(socket, messages.Welcome)
            assert isinstance(welcome, messages.Welcome)
            assert welcome.chair is not None
            disk.hold()
            note = messages.Submit(key="k1", command=c.Note(text="held"), epoch=welcome.chair.epoch)
            await socket.send(framing.encode(note))
            for _ in range(3):
                await socket.send(framing.encode(messages.Ping(seen=0, shown=0)))
                await heard(socket, messages.Pong)
            disk.answer()
            receipt = await heard(socket, messages.Receipt)
            assert isinstance(receipt, messages.Receipt)
            assert receipt.key == "k1"


async def test_f17_a_disk_that_does_not_answer_makes_nobody_silent(tmp_path: Path, disk: SlowDisk) -> None:
    """For longer than any station may be silent, nothing can be recorded."""
    async with site_at(tmp_path, surroundings=disk.surroundings) as site:
        control = await site.join("facilitator")
        teams = [await site.join(team) for team in ("washington", "tokyo", "seoul")]
        assert isinstance(await control.submit(c.Startex()), Receipt)
        seen: list[Sight] = []
        control.watch(seen.append)
        disk.hold()
        given = [asyncio.create_task(team.submit(c.Message(to=("control",), text="hm"))) for team in teams]
        loop = asyncio.get_running_loop()
        held_at = loop.time()
        while loop.time() - held_at < SILENT_AFTER + 1.5:
            assert all(link.live for link in (control, *teams))
            await asyncio.sleep(0.05)
        assert "has not answered since" in (control.trouble() or "")
        assert all(team.trouble() for team in teams)
        assert not any("not answered" in (team.trouble() or "") for team in teams)  # none of theirs
        assert not any(answer.done() for answer in given)
        stood = control.now()
        disk.answer()
        assert all(isinstance(answer, Receipt) for answer in await asyncio.gather(*given))
        await site.until(lambda: not any(link.trouble() for link in (control, *teams)))
        assert control.now() < stood + 5
        assert control.warnings == ()
        assert not any(isinstance(sight.event, e.PlayPaused) for sight in seen)


async def test_f17_the_console_is_not_held_up_by_its_disk(tmp_path: Path, disk: SlowDisk) -> None:
    words = ["run", "sakishima-dawn", "--log", str(tmp_path / "game.db"), "--port", "0"]
    console = Terminal(words, tmp_path / "home", (120, 40), disk.surroundings)
    try:
        await console.until("STARTEX")
        console.type("s")
        await console.until("RUNNING")
        disk.hold()
        mark = console.mark
        console.type("r")
        console.type("?")
        await console.until("Keys", since=mark)
        console.type("\x1b")
        await console.until("NOTHING CAN BE RECORDED", "has not answered since", since=mark)
        mark = console.mark
        disk.answer()
        await console.until("not opened A01", since=mark)
        assert "Traceback" not in console.text()
    finally:
        console.close()


async def test_f17_a_console_elsewhere_is_not_held_up_by_its_own_disk(tmp_path: Path, disk: SlowDisk) -> None:
    async with site_at(tmp_path) as site:
        words = ["console", f"127.0.0.1:{site.port}"]
        console = Terminal(words, tmp_path / "console", (120, 40), disk.surroundings)
        try:
            await joined(console, site.host.secret, "Sato")
            happened: list[str] = []
            (await site.join("observer")).watch(lambda sight: happened.append(sight.event.type))
            console.type("s")
            await console.until("RUNNING")
            disk.hold()
            mark = console.mark
            console.type("r")
            console.type("?")
            await console.until("Keys", since=mark)
            console.type("\x1b")
            assert "inject-released" not in happened
            mark = console.mark
            disk.answer()
            await console.until("not opened A01", since=mark)
        finally:
            console.close()


async def test_f17_leaving_waits_for_the_disk_and_loses_nothing(tmp_path: Path, disk: SlowDisk) -> None:
    log = tmp_path / "game.db"
    console = Terminal(
        ["run", "sakishima-dawn", "--log", str(log), "--port", "0"],
        tmp_path / "home",
        (120, 40),
        disk.surroundings,
    )
    try:
        await console.until("STARTEX")
        console.type("s")
        await console.until("RUNNING")
        disk.hold()
        console.type("r")
        console.type("\x11")
        await console.until("Leave")
        console.type("y")
        await console.until("Waiting for the disk")
        assert console.running
        disk.answer()
        assert await console.ended() == 0
        assert "Traceback" not in console.text()
        assert not list((tmp_path / "home").rglob("faults"))
        with read_only(log) as kept:
            assert any(isinstance(record.event, e.InjectReleased) for record in kept.read())
    finally:
        console.close()


@pytest.mark.parametrize("answers", [True, False])
async def test_f17_f01_who_does_not_wait_for_the_disk_leaves_a_log_that_opens(
    tmp_path: Path, disk: SlowDisk, answers: bool
) -> None:
    async with site_at(tmp_path, surroundings=disk.surroundings) as site:
        control = await site.join("facilitator")
        assert isinstance(await control.submit(c.Startex()), Receipt)
        disk.hold()
        given = [asyncio.create_task(control.submit(c.Note(text=f"held {n}"))) for n in range(3)]
        await site.until(lambda: control.trouble() is not None)
        site.host.process.send_signal(signal.SIGINT)
        site.host.until("Waiting for the disk")
        site.host.process.send_signal(signal.SIGINT)
        if answers:
            disk.answer()
        assert await asyncio.to_thread(site.host.process.wait, 20) == 130
        if not answers:
            disk.answer()
        site.restart()
        await site.until(lambda: control.live)
        assert all(isinstance(answer, Receipt) for answer in await asyncio.gather(*given))
        site.host.kill()
        notes = [record for record in site.records() if isinstance(record.event, e.NoteTaken)]
        assert len(notes) == 3
