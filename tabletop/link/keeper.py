"""Keeps a station connected: one connection after the other, for as long as there is use in it."""

from __future__ import annotations

import asyncio
import os
import ssl
from typing import Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus, WebSocketException
from websockets.typing import Origin

from tabletop.errors import InputError
from tabletop.host.clock import TimeSource
from tabletop.host.framing import MAX_FRAME
from tabletop.link.address import Address
from tabletop.link.client import Client

TICK: Final = 0.25
CONNECT_WITHIN: Final = 5.0


class Keeper:
    """Carries a client's frames over WebSockets."""

    def __init__(
        self, address: Address, client: Client, time: TimeSource, tls: ssl.SSLContext | None
    ) -> None:
        self._address = address
        self._client = client
        self._time = time
        self._tls = tls
        self.ready = asyncio.Event()
        """To be set when the client has something to send."""
        self.changed = asyncio.Event()
        """Set when something was heard, and when a connection ended."""
        self.lost_at = ""
        """Time of day at which the host was lost."""
        self.why = ""
        """Why there is no connection; empty while there is one."""

    async def run(self) -> None:
        """Connect, and connect again, until the host says that there is no use in it."""
        client = self._client
        try:
            while True:
                try:
                    await self._once()
                except InputError as error:  # another certificate than the one that was compared
                    self.why = error.message
                except InvalidStatus as error:
                    self.why = f"{self._address} refuses stations (answer {error.response.status_code})"
                except (OSError, WebSocketException, TimeoutError) as error:
                    self.why = f"nobody answers at {self._address}: {_plain(error)}"
                self._lost(self.why)
                if client.finished:
                    return
                await asyncio.sleep(client.back_off())
        finally:
            self.changed.set()

    def _lost(self, why: str) -> None:
        """There is no connection. Known at once, not only when the system has closed it."""
        self.why = why
        self.lost_at = self.lost_at or f"{self._time.wall()[11:16]} UTC"
        self._client.disconnected()
        self.changed.set()

    async def _once(self) -> None:
        """One connection, from hello to its end."""
        async with connect(
            self._address.uri,
            origin=Origin(self._address.origin),
            ssl=self._tls,
            compression=None,
            max_size=MAX_FRAME,
            ping_interval=None,  # the protocol has its own heartbeat
            open_timeout=CONNECT_WITHIN,
            close_timeout=1,
            user_agent_header=None,
            proxy=None,
        ) as socket:
            self._client.connected(self._time.monotonic())
            tasks = [asyncio.create_task(work(socket)) for work in (self._read, self._write, self._pulse)]
            try:
                done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
                self._lost(self._client.broken)
                if self.why:  # nobody is there to answer a goodbye
                    socket.transport.abort()
            for task in done:
                task.result()

    async def _read(self, socket: ClientConnection) -> None:
        async for text in socket:
            if not isinstance(text, str):
                self._client.broken = "the host sends what is not of this protocol"
                return
            self._client.receive(text, self._time.monotonic())
            if self._client.live:
                self.lost_at = self.why = ""
            self.ready.set()
            self.changed.set()
            if self._client.broken:
                return

    async def _write(self, socket: ClientConnection) -> None:
        while True:
            self.ready.clear()
            while (text := self._client.next_frame()) is not None:
                await socket.send(text)
            await self.ready.wait()

    async def _pulse(self, _: ClientConnection) -> None:
        while not self._client.broken:
            await asyncio.sleep(TICK)
            self._client.tick(self._time.monotonic())
            self.ready.set()


def _plain(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "it takes too long"
    number = getattr(error, "errno", None)
    return os.strerror(number).lower() if number else "it closed the connection"
