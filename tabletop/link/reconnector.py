"""Keep a station connected over WebSockets, reconnecting until the host ends it for good."""

from __future__ import annotations

import asyncio
import os
import ssl
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus, WebSocketException
from websockets.typing import Origin

from tabletop.errors import InputError
from tabletop.link.address import HostAddress
from tabletop.link.client import Client
from tabletop.link.host_locator import HostLocator
from tabletop.protocol.framing import MAX_FRAME
from tabletop.system.clock import TimeSource

TICK: Final = 0.25
CONNECT_WITHIN: Final = 5.0
ELSEWHERE_WITHIN: Final = 2.0
"""Connect timeout in seconds for addresses other than the current one: most of them drop packets."""


class Reconnector:
    """Carry a client's frames over WebSockets, one connection after the other."""

    def __init__(
        self, locator: HostLocator, client: Client, time: TimeSource, tls: ssl.SSLContext | None
    ) -> None:
        self._locator = locator
        self._client = client
        self._time = time
        self._tls = tls
        self.ready = asyncio.Event()
        """To be set when the client has something to send."""
        self.changed = asyncio.Event()
        """Set when a frame arrived and when a connection ended."""
        self.disconnected_since = ""
        """UTC time of day at which the host was lost; empty while connected."""
        self.disconnect_reason = ""
        """Why there is no connection; empty while there is one."""
        self.on_addresses: Callable[[tuple[str, ...]], None] | None = None
        """Called with the host's other addresses."""
        self._disconnected_at: float | None = None
        self._welcomed = False

    async def run(self) -> None:
        """Connect, and reconnect, until the host says that reconnecting is pointless."""
        client = self._client
        try:
            while True:
                place = self._locator.next(self._offline_seconds)
                try:
                    await self._connect_once(place)
                except InputError as error:  # not the pinned certificate
                    self.disconnect_reason = error.message
                except InvalidStatus as error:
                    self.disconnect_reason = _refused(place, error.response.status_code)
                except (OSError, WebSocketException, TimeoutError) as error:
                    self.disconnect_reason = f"nobody answers at {place}: {_plain(error)}"
                    client.mark_unreachable()
                self._mark_disconnected(self.disconnect_reason)
                if client.finished:
                    return
                await asyncio.sleep(client.back_off())
        finally:
            self.changed.set()

    @property
    def _offline_seconds(self) -> float:
        """Seconds since the last connection; 0 before the first one."""
        return 0.0 if self._disconnected_at is None else self._time.monotonic() - self._disconnected_at

    def _mark_disconnected(self, reason: str) -> None:
        """Record the loss of the connection at once, not only when the system has closed it."""
        self._welcomed = False
        self.disconnect_reason = "" if self._client.retries_hello else reason
        if self._disconnected_at is None:
            self._disconnected_at = self._time.monotonic()
        self.disconnected_since = self.disconnected_since or f"{self._time.wall()[11:16]} UTC"
        self._client.disconnected()
        self.changed.set()

    def _mark_welcomed(self, place: HostAddress) -> None:
        """Record that the host at that address has sent a welcome."""
        self._welcomed, self._disconnected_at = True, None
        self.disconnected_since = self.disconnect_reason = ""
        self._locator.found(place)
        if self._client.welcome is not None and self._client.welcome.addresses:
            self._locator.learn(self._client.welcome.addresses)
            if self.on_addresses is not None:
                self.on_addresses(self._client.welcome.addresses)

    async def _connect_once(self, place: HostAddress) -> None:
        """Run one connection from hello to end."""
        async with connect(
            place.uri,
            origin=Origin(place.origin),
            ssl=self._tls,
            compression=None,
            max_size=MAX_FRAME,
            ping_interval=None,  # the protocol has its own heartbeat
            open_timeout=CONNECT_WITHIN if place == self._locator.current else ELSEWHERE_WITHIN,
            close_timeout=1,
            user_agent_header=None,
            proxy=None,
        ) as socket:
            self._client.connected(self._time.monotonic())
            work = (self._read(socket, place), self._write(socket), self._tick_loop())
            tasks = [asyncio.create_task(one) for one in work]
            try:
                done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
                self._mark_disconnected(self._client.disconnect_reason)
                if self.disconnect_reason:  # no closing handshake can be expected
                    socket.transport.abort()
            for task in done:
                task.result()

    async def _read(self, socket: ClientConnection, place: HostAddress) -> None:
        async for text in socket:
            if not isinstance(text, str):
                self._client.disconnect_reason = "the host sends data that is not of this protocol"
                return
            self._client.receive(text, self._time.monotonic())
            if self._client.live and not self._welcomed:
                self._mark_welcomed(place)
            self.ready.set()
            self.changed.set()
            if self._client.disconnect_reason:
                return

    async def _write(self, socket: ClientConnection) -> None:
        while True:
            self.ready.clear()
            while (text := self._client.next_frame()) is not None:
                await socket.send(text)
            await self.ready.wait()

    async def _tick_loop(self) -> None:
        while not self._client.disconnect_reason:
            await asyncio.sleep(TICK)
            self._client.tick(self._time.monotonic())
            self.ready.set()


def _refused(address: HostAddress, status: int) -> str:
    if status == HTTPStatus.MISDIRECTED_REQUEST:
        return f"the host at {address} does not accept that name: start it with --also-known-as {address}"
    return f"{address} refuses stations (answer {status})"


def _plain(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "it takes too long"
    number = getattr(error, "errno", None)
    return os.strerror(number).lower() if number else "it closed the connection"
