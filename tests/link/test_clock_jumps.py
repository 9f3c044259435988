"""F16 with real programs: the host is stopped, its computer sleeps, its clock is set."""

from __future__ import annotations

import asyncio
import mmap
import shutil
import signal
import struct
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.refusal import Refusal
from tabletop.exercise.state import Stage
from tabletop.link.network import NetworkLink
from tabletop.protocol.submission import Receipt
from tabletop.tui.overview.overview_model import OverviewModel
from tests.link.processes import Site, site_at

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="needs Linux's clocks")]

SHIM = """
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* Seconds by which the time of day is set, and which the computer has slept; the test writes them. */
static volatile int64_t *shift;

__attribute__((constructor)) static void begin(void) {
    int file = open(getenv("SHIFT_FILE"), O_RDONLY);
    shift = mmap(0, 16, PROT_READ, MAP_SHARED, file, 0);
    close(file);
}

int clock_gettime(clockid_t id, struct timespec *out) {
    int failed = syscall(SYS_clock_gettime, id, out);
    if (id == CLOCK_REALTIME) out->tv_sec += shift[0] + shift[1];
    if (id == CLOCK_BOOTTIME) out->tv_sec += shift[1];
    return failed;
}
"""


class Clocks:
    """The clocks of the host's computer, as far as the host can tell."""

    def __init__(self, folder: Path) -> None:
        compiler = shutil.which("cc") or shutil.which("gcc")
        if compiler is None:
            pytest.skip("no C compiler, with which the host's clocks are replaced")
        source, library, shift = folder / "shim.c", folder / "shim.so", folder / "shift"
        source.write_text(SHIM)
        subprocess.run([compiler, "-shared", "-fPIC", "-o", library, source], check=True)
        shift.write_bytes(bytes(16))
        with shift.open("r+b") as file:
            self._shift = mmap.mmap(file.fileno(), 16)
        self.surroundings = {"LD_PRELOAD": str(library), "SHIFT_FILE": str(shift)}

    def set(self, seconds: int) -> None:
        """Somebody sets the time of day."""
        self._shift[:8] = struct.pack("=q", struct.unpack("=q", self._shift[:8])[0] + seconds)

    def sleep(self, seconds: int) -> None:
        """The computer slept: on Linux its monotonic clock stood meanwhile."""
        self._shift[8:] = struct.pack("=q", struct.unpack("=q", self._shift[8:])[0] + seconds)


@pytest.fixture
def clocks(tmp_path: Path) -> Clocks:
    return Clocks(tmp_path)


@pytest.fixture
async def site(tmp_path: Path, clocks: Clocks) -> AsyncIterator[Site]:
    async with site_at(tmp_path, surroundings=clocks.surroundings) as site:
        yield site


class Control:
    """The facilitator's link with what a console makes of it."""

    def __init__(self, link: NetworkLink) -> None:
        self.link = link
        self.model = OverviewModel(link.seat)
        link.watch(self.model.see)

    def events(self, kind: type[e.Event]) -> list[e.Event]:
        return [sight.event for sight in self.model.sights if isinstance(sight.event, kind)]

    async def give(self, *commands: c.Command) -> None:
        for command in commands:
            assert isinstance(await self.link.submit(command), Receipt)


async def running(site: Site) -> tuple[Control, NetworkLink]:
    """Play goes on at ten times the rate of life, by itself; control and Tokyo look on."""
    control, tokyo = Control(await site.join("facilitator")), await site.join("tokyo")
    await control.give(c.Rate(rate=10), c.Startex(), c.Auto(on=True))
    await site.until(lambda: control.link.now() >= 5)
    return control, tokyo


async def test_f16_a_host_that_was_stopped_plays_nothing_of_what_it_missed(site: Site) -> None:
    control, tokyo = await running(site)
    loop = asyncio.get_running_loop()
    began, before = loop.time(), control.link.now()
    site.host.process.send_signal(signal.SIGSTOP)
    await site.pass_time(6.5)
    site.host.process.send_signal(signal.SIGCONT)
    stood = loop.time() - began
    await site.until(lambda: bool(control.events(e.PlayPaused)))
    (leap,) = control.events(e.ClockJumped)
    assert isinstance(leap, e.ClockJumped)
    assert abs(leap.missed - stood) <= 1.5
    assert leap.stepped == 0
    assert leap.unplayed == 10 * leap.missed
    (paused,) = control.events(e.PlayPaused)
    assert isinstance(paused, e.PlayPaused)
    assert paused.reason.startswith(f"the host stood still for {leap.missed} s until ")
    await site.until(lambda: control.link.live and tokyo.live)
    assert control.model.leap is not None  # the console will ask
    assert before - 10 <= control.link.now() <= before + 15  # 65 game seconds were not played
    assert tokyo.now() == pytest.approx(control.link.now(), abs=1)
    await control.give(c.Resume())


JUMPS: list[tuple[Callable[[Clocks], None], e.ClockJumped, str]] = [
    (
        lambda clocks: clocks.set(3_600),
        e.ClockJumped(stepped=3_600, unplayed=36_000),
        "the host's clock jumped forward 1 h at ",
    ),
    (
        lambda clocks: clocks.set(-3_600),
        e.ClockJumped(stepped=-3_600),
        "the host's clock jumped back 1 h at ",
    ),
    (
        lambda clocks: clocks.sleep(3_720),
        e.ClockJumped(missed=3_720, unplayed=37_200),
        "the host stood still for 1 h 2 min until ",
    ),
]


@pytest.mark.parametrize(("leap", "told", "words"), JUMPS, ids=["forward", "back", "sleep"])
async def test_f16_a_clock_that_is_set_or_slept_pauses_play_and_moves_no_game_time(
    site: Site, clocks: Clocks, leap: Callable[[Clocks], None], told: e.ClockJumped, words: str
) -> None:
    control, tokyo = await running(site)
    leap(clocks)
    await site.until(lambda: bool(control.events(e.PlayPaused)))
    assert control.events(e.ClockJumped) == [told]
    (paused,) = control.events(e.PlayPaused)
    assert isinstance(paused, e.PlayPaused)
    assert paused.reason.startswith(words)
    assert control.model.stage is Stage.PAUSED
    assert control.link.now() < 60
    refused = await tokyo.submit(c.State(text="before anybody went on"))
    assert isinstance(refused, Refusal)
    stamps = [sight.at for sight in control.model.sights]
    assert stamps == sorted(stamps)


async def test_f16_a_small_step_of_the_clock_pauses_nobody(site: Site, clocks: Clocks) -> None:
    control, _ = await running(site)
    clocks.set(2)
    clocks.set(2)
    before = control.link.now()
    await site.until(lambda: control.link.now() >= before + 20)
    assert control.events(e.ClockJumped) == []
    assert control.model.stage is Stage.RUNNING


async def test_f16_a_host_that_comes_back_after_a_reboot_goes_on_where_it_was(tmp_path: Path) -> None:
    """The monotonic clock of the new process has nothing to do with that of the old one."""
    far = ("unshare", "--time", "--monotonic", "900000", "--boottime", "900000", "--fork", "--kill-child")
    if (
        shutil.which("unshare") is None
        or subprocess.run([*far, "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("this machine lets nobody have clocks of their own (unshare --time)")
    async with site_at(tmp_path) as site:
        control, _ = await running(site)
        await asyncio.to_thread(site.restart, *far)
        await site.until(lambda: control.link.live and bool(control.events(e.PlayPaused)))
        assert control.model.state.at <= control.link.now() < 60
        await control.give(c.Resume())
        before = control.link.now()
        await site.until(lambda: control.link.now() >= before + 10)
        assert control.events(e.ClockJumped) == []
