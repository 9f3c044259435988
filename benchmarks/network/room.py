"""One exercise with its host, its console, three screens and many lightweight stations."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import table
from crowd import Crowd
from hosted import CONSOLE, TEAMS, Hosted, token
from screens import Screens

from tabletop.exercise import commands as c
from tabletop.link.address import HostAddress
from tabletop.link.credentials import Credentials
from tabletop.link.network import NetworkLink
from tabletop.link.outbox import Outbox
from tabletop.link.pinning import pinned_context
from tabletop.protocol.submission import Receipt
from tabletop.system.certificate import fingerprint, host_certificate
from tabletop.system.clock import SYSTEM_TIME

RELEASES = 24
PACE = 0.5
"""Seconds between two releases."""

TEXT = "x" * 250
SEATS = 500
STOPPED = 20


@dataclass
class Room:
    """The connected stations, and the release time of each inject."""

    folder: Path
    ends: ExitStack
    secure: bool = False
    host: Hosted = field(init=False)
    console: NetworkLink = field(init=False)
    screens: Screens = field(default_factory=Screens)
    crowds: list[Crowd] = field(default_factory=list)
    released: dict[str, float] = field(default_factory=dict)

    async def open(self) -> None:
        """Start the host and the clock, and release the first inject."""
        self.ends.callback(self.screens.close)
        self.host = Hosted(self.folder, SEATS, self.secure)
        self.host.start()
        self.ends.callback(self.host.kill)
        place = HostAddress("127.0.0.1", self.host.port, self.secure)
        tls = pinned_context(self.fingerprint) if self.secure else None
        self.console = NetworkLink(place, Credentials(token=token(CONSOLE)), Outbox(), SYSTEM_TIME, tls=tls)
        await self.console.open()
        assert isinstance(await self.console.submit(c.Startex()), Receipt)
        await self.release()

    @property
    def fingerprint(self) -> str:
        """Fingerprint of the host's certificate, if any."""
        if not self.secure:
            return ""
        return fingerprint(host_certificate(self.folder, ["127.0.0.1"], SYSTEM_TIME).der)

    @property
    def stations(self) -> int:
        """Number of stations."""
        return len(self.screens.all) + sum(crowd.count for crowd in self.crowds)

    async def sit_down(self) -> list[float]:
        """Join at three screens in turn; return the milliseconds until each shows the first inject."""
        waited = []
        for code in self.host.codes:
            screen = self.screens.open(self.host.port, code)
            mark = next(iter(self.released))
            drawn = await asyncio.to_thread(self.screens.wait, mark)
            waited.append((drawn[-1] - screen.began) * 1000)
        return waited

    async def come(self, count: int) -> list[float]:
        """Add stations up to that number; return the milliseconds of each join."""
        crowd = Crowd(self.host.port, self.stations, count - self.stations, self.fingerprint)
        self.crowds.append(crowd)
        self.ends.callback(crowd.close)
        joined: list[float] = await asyncio.to_thread(crowd.ask)
        return joined

    async def release(self) -> float:
        """Release an inject to all; return the milliseconds until the console has its receipt."""
        mark = f"mark{len(self.released):05}"
        fields = {"title": mark, "from": "f", "to": list(TEAMS), "text": f"{mark} {TEXT}"}
        command = c.AdHoc.model_validate(fields)
        self.screens.expect(mark)
        began = self.released[mark] = time.perf_counter()
        answer = await self.console.submit(command)
        assert isinstance(answer, Receipt), answer
        return (time.perf_counter() - began) * 1000

    async def measure(self, name: str, goal: str, crowds: list[Crowd]) -> None:
        """Release injects, and record when they are drawn on the screens and received by the links."""
        recorded = []
        first = len(self.released)
        for _ in range(RELEASES):
            recorded.append(await self.release())
            await asyncio.sleep(PACE / 2)
            self.screens.look_up()
            await asyncio.sleep(PACE / 2)
        marks = list(self.released)[first:]
        drawn = [
            (when - self.released[mark]) * 1000
            for mark in marks
            for when in await asyncio.to_thread(self.screens.wait, mark)
        ]
        table.times(f"release to drawn, {name}", drawn, goal, "on 3 real screens")
        shown = [one for crowd in crowds for one in await self.shown(crowd, marks)]
        if shown:
            count = sum(crowd.count for crowd in crowds)
            table.times(f"release to shown, {name}", shown, goal, f"by {count} light stations")
        table.times(f"submit to Recorded, {name}", recorded, "p99 ≤ 100 ms")

    async def shown(self, crowd: Crowd, marks: list[str]) -> list[float]:
        """Return the milliseconds from each of those releases to every station of a crowd."""
        told = await asyncio.to_thread(crowd.ask, "shown")
        for mark in marks:
            assert len(told.get(mark, ())) == crowd.count, (mark, crowd.count, len(told.get(mark, ())))
        return [(when - self.released[mark]) * 1000 for mark in marks for when in told[mark]]

    async def stall(self) -> None:
        """Suspend the last crowd while the others are measured; afterwards it has to catch up."""
        *others, stopped = self.crowds
        await self.shown(stopped, [])
        first = len(self.released)
        os.kill(stopped.process.pid, signal.SIGSTOP)
        await self.measure(f"{self.stations} stations, {stopped.count} of them stopped", "p99 ≤ 1 s", others)
        os.kill(stopped.process.pid, signal.SIGCONT)
        began = time.perf_counter()
        await asyncio.sleep(3)
        missed = await self.shown(stopped, list(self.released)[first:])
        assert min(missed) > (time.perf_counter() - began - 3) * 1000

    async def storm(self, name: str, goal: str) -> None:
        """Kill and restart the host, and measure when the last station is live; no event may be missing."""
        for crowd in self.crowds:
            await asyncio.to_thread(crowd.ask, "storm")
        began = time.perf_counter()
        self.host.kill()
        await asyncio.to_thread(self.host.start)
        listens = time.perf_counter() - began
        live = [await asyncio.to_thread(crowd.ask) - began for crowd in self.crowds]
        while not self.console.live:
            await asyncio.sleep(0.01)
        assert isinstance(await self.console.submit(c.Resume()), Receipt)
        self.screens.look_up()
        await self.release()
        latest = list(self.released)[-1]
        await asyncio.to_thread(self.screens.wait, latest)
        await asyncio.sleep(2)
        for crowd in self.crowds:
            await self.shown(crowd, [latest])
        note = f"from kill -9; the host listened again after {listens:.1f} s"
        table.figure(f"{self.stations} stations live again, {name}", f"{max(live):.1f} s", goal, note)

    async def close(self) -> None:
        """Stop everything."""
        await self.console.close()
