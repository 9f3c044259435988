"""The way between a station's socket and its connection to the hub."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from starlette.types import Receive, Scope, Send

from tabletop.host.clock import TimeSource
from tabletop.host.connection import Connection
from tabletop.host.hub import Hub
from tabletop.host.protocols import EXTENSION, SocketProtocol
from tabletop.host.rounds import Rounds

GOODBYE_WITHIN: Final = 1.0
"""Seconds in which a station has to take its goodbye."""


class Stations:
    """The ASGI application that every station's socket is served by."""

    def __init__(self, hub: Hub, time: TimeSource, fault: Callable[[Exception], None]) -> None:
        """`fault` hears of errors that nobody foresaw; each ends one connection and nothing else."""
        self._hub = hub
        self._time = time
        self._fault = fault
        self._rounds: Rounds | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one station until its connection is over."""
        rounds = self._rounds = self._rounds or Rounds(asyncio.get_running_loop().call_soon)
        await receive()  # that it connects
        await send({"type": "websocket.accept"})
        connection = self._hub.open((scope.get("client") or ("",))[0])
        socket: SocketProtocol = scope["extensions"][EXTENSION]["socket"]
        carrier = _Carrier(connection, socket, self._time, self._fault)
        connection.wake = lambda: rounds.due(carrier)
        connection.on_fault = self._fault
        socket.hand_over(carrier.take, connection.wake)
        try:
            # Messages come this way only if they were there before they could be handed over.
            while (message := await receive())["type"] != "websocket.disconnect":
                carrier.take(message.get("text"))
        finally:
            connection.wake = _nobody
            rounds.forget(carrier)
            self._hub.closed(connection)
        with suppress(RuntimeError, TimeoutError):  # it is closed already, or nobody reads
            async with asyncio.timeout(GOODBYE_WITHIN):
                await send({"type": "websocket.close"})


class _Carrier:
    """Carries frames between one socket and one connection, without waiting for either."""

    def __init__(
        self,
        connection: Connection,
        socket: SocketProtocol,
        time: TimeSource,
        fault: Callable[[Exception], None],
    ) -> None:
        self._connection = connection
        self._socket = socket
        self._time = time
        self._fault = fault

    @property
    def urgent(self) -> bool:
        return self._connection.urgent

    def take(self, text: str | None) -> None:
        """A message has come; None if it is not text."""
        connection = self._connection
        if text is None:
            connection.end("protocol", "a frame is not text")
            return
        try:
            connection.receive(text, self._time.monotonic())
        except Exception as error:
            connection.stumbled(error)

    def serve(self) -> None:
        """Write all that the connection has to send, if the station reads; to the end of it, a goodbye."""
        connection = self._connection
        try:
            while self._socket.reads and (texts := _some(connection)):
                self._socket.write(texts)
        except Exception as error:
            self._fault(error)
            self._socket.let_go()
        if connection.ended is not None:
            self._socket.let_go()


def _some(connection: Connection) -> list[str]:
    """The next frames, not more than a station takes at once."""
    texts: list[str] = []
    room = 32 * 1024
    while room > 0 and (text := connection.next_frame()) is not None:
        texts.append(text)
        room -= len(text)
    return texts


def _nobody() -> None:
    """The connection is over."""
