"""The disk under a host that teams play at is full (F03). `test_slow_disk.py` has one that is slow."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.refusal import Refusal
from tabletop.link.network import NetworkLink
from tabletop.protocol.submission import HIDDEN_TROUBLE, Receipt
from tests.link.processes import Site, site_at
from tests.link.terminals import Terminal, joined

if sys.platform == "linux":
    import resource

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="prlimit and mount")]

BAND = "NOTHING CAN BE RECORDED"
FILLER = "x" * 8_000
F5 = "\x1b[15~"


class Disk(Protocol):
    """What holds the log, and can be full."""

    folder: Path

    def fill(self, site: Site) -> None:
        """Leave no room."""

    def free(self, site: Site) -> None:
        """Make room again."""


class SmallDisk:
    """A disk of 3 MB."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def fill(self, site: Site) -> None:
        with suppress(OSError), self._ballast.open("wb", buffering=0) as file:
            while True:
                file.write(b"x" * 4_096)

    def free(self, site: Site) -> None:
        self._ballast.unlink()


class Quota:
    """Files of the host may not grow beyond what the largest of them is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, site: Site) -> None:
        largest = max(path.stat().st_size for path in self.folder.glob("game.db*"))
        self._limit(site, largest)

    def free(self, site: Site) -> None:
        self._limit(site, resource.RLIM_INFINITY)

    def _limit(self, site: Site, size: int) -> None:
        _, hard = resource.prlimit(site.host.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(site.host.process.pid, resource.RLIMIT_FSIZE, (size, hard))


@pytest.fixture(params=["a small disk", "a quota"])
def disk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Disk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    if request.param == "a quota":
        yield Quota(folder)
        return
    mount = shutil.which("mount")
    command = [str(mount), "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no disk may be mounted here")
    yield SmallDisk(folder)
    subprocess.run([str(shutil.which("umount")), str(folder)], check=True)


async def fill_until_trouble(site: Site, link: NetworkLink) -> tuple[int, asyncio.Task[Receipt | Refusal]]:
    """Send until the host cannot record: how many were recorded, and the one of which nobody knows."""
    for number in range(500):
        message = c.Message(to=("control",), text=f"{number} {FILLER}")
        given = asyncio.create_task(link.submit(message))
        await site.until(lambda given=given: given.done() or bool(link.trouble()))  # type: ignore[misc]
        if not given.done():
            return number, given
        assert isinstance(given.result(), Receipt)
    raise AssertionError("the disk never filled up")


async def screens(site: Site) -> tuple[Terminal, Terminal]:
    """A console and Tokyo's station, at which play runs."""
    console = Terminal(["console", f"127.0.0.1:{site.port}"], site.home / "console")
    tokyo = Terminal(["join", f"127.0.0.1:{site.port}"], site.home / "tokyo")
    await joined(console, site.host.secret, "Sato")
    await joined(tokyo, site.host.code("tokyo"), "Tanaka")
    console.type("s")
    await tokyo.until(r"T\+\d+:(0[1-9]|[1-5]\d)")
    return console, tokyo


async def test_f03_a_full_disk_is_shown_at_every_screen_and_play_goes_on_once_there_is_room(
    tmp_path: Path, disk: Disk
) -> None:
    async with site_at(tmp_path, log=disk.folder / "game.db") as site:
        console, tokyo = await screens(site)
        try:
            seoul = await site.join("seoul")
            marks = console.mark, tokyo.mark
            disk.fill(site)
            recorded, doubtful = await fill_until_trouble(site, seoul)
            known_at = time.perf_counter()  # noqa: TID251 - between programs
            shown = await asyncio.gather(
                console.until(BAND, "Press F5", since=marks[0]),
                tokyo.until(BAND, since=marks[1]),
            )
            assert max(shown) - known_at < 5  # at once, and not only at some later heartbeat
            refused = await seoul.submit(c.Message(to=("control",), text="not now"))
            assert isinstance(refused, Refusal)
            assert refused.message == HIDDEN_TROUBLE
            stood = seoul.now()
            assert str(tmp_path) not in tokyo.text()  # where the log is, is none of theirs
            console.type(F5)
            await console.until("still does not work")
            assert seoul.now() == pytest.approx(stood, abs=1)
            disk.free(site)
            marks = console.mark, tokyo.mark
            console.type(F5)
            await console.until("Play is paused", since=marks[0])
            await tokyo.until("PAUSEX", since=marks[1])
            await asyncio.wait_for(doubtful, 15)
            console.type("p")
            await console.until("RUNNING", since=marks[0])
            assert isinstance(await seoul.submit(c.Message(to=("control",), text="room")), Receipt)
        finally:
            console.close()
            tokyo.close()
        assert "Traceback" not in console.text() + tokyo.text()
        site.host.interrupt()
        texts = [record.event.text for record in site.records() if isinstance(record.event, e.MessageSent)]
        numbers = [str(number) for number in range(recorded)]
        if isinstance(doubtful.result(), Receipt):
            numbers.append(str(recorded))
        assert [text.split()[0] for text in texts] == [*numbers, "room"]
