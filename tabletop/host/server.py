"""Serve a hub over the network: uvicorn in its own thread, the hub in the session's event loop."""

from __future__ import annotations

import asyncio
import socket
import ssl
import sys
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Final

from tabletop.errors import InputError
from tabletop.host.access import Access
from tabletop.host.floods import Floods
from tabletop.host.hub import Hub
from tabletop.host.line import FromNetwork
from tabletop.host.loop_bridge import BoundedCrossing
from tabletop.host.network import Network
from tabletop.host.stations import Stations
from tabletop.system.certificate import HostCertificate, server_context
from tabletop.system.clock import TimeSource
from tabletop.system.descriptors import raise_limit
from tabletop.system.loop_thread import LoopThread

TICK: Final = 0.25
"""Seconds between calls of `tick`."""

WAITING: Final = 1_024
"""Messages that may be queued for the session; then reading pauses until half of them are processed."""

SWITCH_WITHIN: Final = 0.001
"""Thread switch interval in seconds.

Python's default of 5 ms would delay every answer, because it waits for the network's thread to send it.
"""

BACKLOG: Final = 1_024
USER_TIMEOUT_MS: Final = 10_000


class HostServer:
    """Let stations reach a hub over the network. `tick` is called a few times a second."""

    def __init__(
        self,
        hub: Hub,
        time: TimeSource,
        *,
        tick: Callable[[], None],
        fault: Callable[[Exception], None],
        certificate: HostCertificate | None = None,
        access: Access | None = None,
        floods: Floods | None = None,
    ) -> None:
        """`fault` is called with unexpected errors; each ends at most one connection."""
        self._hub = hub
        self._time = time
        self._tick = tick
        self._fault = fault
        self._certificate = certificate
        self._access = access or Access()
        self._floods = floods or Floods(time, hub.alarm)
        self._network: Network | None = None
        self._inward: BoundedCrossing[FromNetwork] | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self, address: str, port: int, listener: socket.socket | None = None) -> int:
        """Listen, unless a listening socket is given; return the port. Raises `InputError`."""
        raise_limit()
        sys.setswitchinterval(SWITCH_WITHIN)
        listener = listener or listen(address, port)
        port = int(listener.getsockname()[1])
        tls = _context(self._certificate, listener)
        loop = asyncio.get_running_loop()
        self._hub.beat.later = loop.call_later
        stations = Stations(self._hub, self._time, self._fault, loop.call_soon)
        network = Network(
            listener,
            self._access,
            self._access.hosts(address, port),
            tls,
            fault=self._faulted_elsewhere(loop),
        )
        inward = BoundedCrossing(loop, stations.take, most=WAITING, room=network.room)
        ready: Future[None] = Future()
        thread = LoopThread("network", lambda: network.serve(inward, ready))
        thread.start()
        self._network, self._inward = network, inward
        self._floods.on_block = network.block
        network.block(self._floods.blocked)
        self._tasks = [asyncio.create_task(thread.wait()), asyncio.create_task(self._pulse())]
        await asyncio.wait([asyncio.wrap_future(ready), self._tasks[0]], return_when=asyncio.FIRST_COMPLETED)
        return port

    async def wait(self) -> None:
        """Wait until the server ends, or raise the error that ended it."""
        done, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()

    async def stop(self, reason: str = "the host was closed") -> None:
        """Send everyone a goodbye and stop listening."""
        self._hub.shut(reason)
        await asyncio.sleep(0.05)
        if self._network is not None:
            self._network.stop()
            await asyncio.wait(self._tasks[:1], timeout=5)
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task
        if self._inward is not None:
            self._inward.finish()

    async def _pulse(self) -> None:
        told = ""
        while True:
            try:
                if self._network is not None:
                    self._floods.saw(self._network.tally.take())
                self._tick()
                told = ""
            except Exception as error:  # must not end the server
                if repr(error) != told:  # report it once, not four times a second
                    told = repr(error)
                    self._fault(error)
            await asyncio.sleep(TICK)

    def _faulted_elsewhere(self, loop: asyncio.AbstractEventLoop) -> Callable[[Exception], None]:
        """Return a callback for faults in the network's thread, which reports them in the session's."""

        def tell(error: Exception) -> None:
            with suppress(RuntimeError):  # the loop is closed
                loop.call_soon_threadsafe(self._fault, error)

        return tell


def _context(certificate: HostCertificate | None, listener: socket.socket) -> ssl.SSLContext | None:
    try:
        return server_context(certificate) if certificate is not None else None
    except InputError:
        listener.close()
        raise


def listen(address: str, port: int) -> socket.socket:
    """Return a listening socket. Raises `InputError` in plain words."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if hasattr(socket, "TCP_USER_TIMEOUT"):  # inherited by every connection; Linux only
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, USER_TIMEOUT_MS)
        listener.bind((address, port))
        listener.listen(BACKLOG)
        listener.setblocking(False)
    except (OSError, OverflowError) as error:
        listener.close()
        why = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"the host cannot listen at {address}, port {port}: {why.lower()}. Choose another --port, "
            "or give the address of this machine"
        ) from error
    return listener
