"""Many stations in one process: `python crowd.py PORT FIRST COUNT [FINGERPRINT]`.

Each is a whole `NetworkLink`, with its own socket, heartbeat and acknowledgements, but without a screen. A
release counts as shown when the link has handed it to its watcher, where a screen would draw it. The process
is asked by lines on its input and answers with one line of JSON each.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from hosted import token

from tabletop.cli.event_loop import run
from tabletop.link.address import HostAddress
from tabletop.link.credentials import Credentials
from tabletop.link.network import NetworkLink
from tabletop.link.outbox import Outbox
from tabletop.link.pinning import pinned_context
from tabletop.protocol.link import Sight
from tabletop.system.clock import SYSTEM_TIME

AT_ONCE = 25
"""Stations that join at the same time."""


@dataclass
class Crowd:
    """Handle of such a process in the measuring process."""

    port: int
    first: int
    count: int
    fingerprint: str = ""
    process: subprocess.Popen[str] = field(init=False)

    def __post_init__(self) -> None:
        words = [str(self.port), str(self.first), str(self.count), self.fingerprint]
        self.process = subprocess.Popen(
            [sys.executable, __file__, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, question: str = "") -> Any:  # noqa: ANN401 - whatever the answer to it is
        """Send a question and return the answer; without a question, return the time of each join."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        if question:
            self.process.stdin.write(question + "\n")
            self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        """Stop the process."""
        self.process.kill()
        self.process.wait()


async def _crowd(place: HostAddress, first: int, count: int, fingerprint: str) -> None:
    shown: defaultdict[str, list[float]] = defaultdict(list)
    links: list[NetworkLink] = []
    joined: list[float] = []

    def see(sight: Sight) -> None:
        text = getattr(sight.event, "text", "")
        if text.startswith("mark"):
            shown[text.split()[0]].append(time.perf_counter())

    async def join(number: int) -> None:
        began = time.perf_counter()
        tls = pinned_context(fingerprint) if fingerprint else None
        link = NetworkLink(place, Credentials(token=token(str(number))), Outbox(), SYSTEM_TIME, tls=tls)
        await link.open()
        joined.append((time.perf_counter() - began) * 1000)
        links.append(link)
        link.watch(see)

    async def storm() -> float:
        """Return when the last station was live again; call it while they still are."""
        async with asyncio.timeout(60):
            while any(link.live for link in links):
                await asyncio.sleep(0.01)
            while not all(link.live for link in links):
                await asyncio.sleep(0.01)
        return time.perf_counter()

    for start in range(first, first + count, AT_ONCE):
        await asyncio.gather(*(join(number) for number in range(start, min(first + count, start + AT_ONCE))))
    print(json.dumps(joined), flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        if line.startswith("storm"):
            print("0", flush=True)  # ready for it
            print(json.dumps(await storm()), flush=True)
        else:
            print(json.dumps(shown), flush=True)
            shown.clear()


if __name__ == "__main__":
    port, first, count, fingerprint = sys.argv[1:5]
    run(_crowd(HostAddress("127.0.0.1", int(port), bool(fingerprint)), int(first), int(count), fingerprint))
