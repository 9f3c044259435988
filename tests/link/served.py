"""A host that listens on loopback, network thread and all, and stations of the same program around it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from tabletop.host.access import Access
from tabletop.host.consoles import ControlLease
from tabletop.host.floods import Floods
from tabletop.host.hub import Hub
from tabletop.host.server import HostServer
from tabletop.host.session import Session
from tabletop.link.address import HostAddress
from tabletop.link.credentials import Credentials
from tabletop.link.network import NetworkLink
from tabletop.link.outbox import Outbox
from tabletop.store.memory import MemoryLog
from tabletop.system.certificate import HostCertificate
from tabletop.system.clock import SYSTEM_TIME
from tests.builders import tiny_scenario
from tests.link.world import FakeAdmission


class Room:
    """A host that listens, and the stations that were opened at it."""

    def __init__(self) -> None:
        self.log = MemoryLog()
        self.admission = FakeAdmission("washington", "tokyo", "seoul", "facilitator-1", "facilitator-2")
        self.chair = ControlLease()
        self.faults: list[Exception] = []
        self.links: list[NetworkLink] = []
        self.session = Session.begin(self.log, tiny_scenario(), name="Spring", seed=3, time=SYSTEM_TIME)
        self.port = 0

    async def start(self, certificate: HostCertificate | None = None, access: Access | None = None) -> None:
        self.hub = Hub(self.session, self.admission, SYSTEM_TIME, rejoin="tabletop join x", lease=self.chair)

        def tick() -> None:
            self.session.tick()
            self.hub.tick()

        self.floods = Floods(SYSTEM_TIME, self.hub.alarm)
        self.server = HostServer(
            self.hub,
            SYSTEM_TIME,
            tick=tick,
            fault=self.faults.append,
            certificate=certificate,
            access=access,
            floods=self.floods,
        )
        self.port = await self.server.start("127.0.0.1", self.port)

    async def restart(self) -> None:
        await self.server.stop()
        self.session = Session.resume(self.log, SYSTEM_TIME)
        await self.start()

    async def link(self, seat: str, outbox: Outbox | None = None, token: str | None = None) -> NetworkLink:
        address = HostAddress("127.0.0.1", self.port, secure=False)
        outbox = Outbox() if outbox is None else outbox
        link = NetworkLink(address, Credentials(token=token or seat), outbox, SYSTEM_TIME)
        await link.open()
        self.links.append(link)
        return link

    async def newcomer(self, seat: str) -> NetworkLink:
        self.admission.known |= FakeAdmission(seat).known
        return await self.link(seat)

    async def until(self, true: Callable[[], bool], within: float = 5) -> None:
        async with asyncio.timeout(within):
            while not true():
                await asyncio.sleep(0.01)

    async def stop(self) -> None:
        for link in self.links:
            await link.close()
        await self.server.stop()
        assert self.faults == []
