"""The WebSocket endpoint of stations, in the network's thread: reads hellos, carries messages both ways."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from starlette.types import Receive, Scope, Send

from tabletop.host.line import (
    GOODBYE_WITHIN,
    HELLO_WITHIN,
    NOBODY,
    NOT_TEXT,
    Arrived,
    FromNetwork,
    Incoming,
    Left,
    Ready,
    read_hello,
)
from tabletop.host.loop_bridge import BoundedCrossing, LoopBridge
from tabletop.host.uvicorn_protocols import EXTENSION, SocketProtocol
from tabletop.protocol import framing, messages

ON_THE_WAY: Final = 64 * 1024
"""Characters that the session may have written to a station and the network not sent yet."""

Outward = tuple["SocketLine", list[str] | None]
"""Messages from the session for a line, or None to close it."""


class StationEndpoint:
    """The ASGI application that serves every station's socket, in the network's thread."""

    def __init__(
        self,
        inward: BoundedCrossing[FromNetwork],
        loop: asyncio.AbstractEventLoop,
        fault: Callable[[Exception], None],
    ) -> None:
        """`loop` is the network's. `fault` is called with unexpected errors; each ends one connection."""
        self._inward = inward
        self._outward: LoopBridge[Outward] = LoopBridge(loop, self._deliver)
        self._fault = fault
        self._waiting: dict[SocketLine, None] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one station until its connection is closed."""
        await receive()  # websocket.connect
        await send({"type": "websocket.accept"})
        socket: SocketProtocol = scope["extensions"][EXTENSION]["socket"]
        address = (scope.get("client") or ("",))[0]
        line = SocketLine(socket, address, self._inward, self._outward.put, self._wait)
        socket.hand_over(line.heard, line.flow_changed)
        patience = asyncio.get_running_loop().call_later(HELLO_WITHIN, line.too_late)
        try:
            # Only messages that arrived before `hand_over` come this way.
            while (message := await receive())["type"] != "websocket.disconnect":
                line.heard(message.get("text"))
        finally:
            patience.cancel()
            self._waiting.pop(line, None)
            line.over()
        with suppress(RuntimeError, TimeoutError):  # closed already, or the station does not read
            async with asyncio.timeout(GOODBYE_WITHIN):
                await send({"type": "websocket.close"})

    def _deliver(self, item: Outward) -> None:
        """Send the session's messages for a line. Raises nothing."""
        line, texts = item
        try:
            line.deliver(texts)
        except Exception as error:
            self._fault(error)
            line.deliver(None)

    def room(self) -> None:
        """Resume lines that wait for room in the session's queue."""
        waiting, self._waiting = self._waiting, {}
        for line in waiting:
            line.flush()

    def _wait(self, line: SocketLine) -> None:
        self._waiting[line] = None


class SocketLine:
    """A `StationLine`: its public half is called in the session's thread, the rest in the network's.

    The halves share counters, each written by one of them and read by the other.
    """

    def __init__(
        self,
        socket: SocketProtocol,
        address: str,
        inward: BoundedCrossing[FromNetwork],
        outward: Callable[[Outward], None],
        wait: Callable[[SocketLine], None],
    ) -> None:
        self._socket = socket
        self._address = address
        self._inward = inward
        self._outward = outward
        self._wait = wait
        self._greeted = self._finished = False
        self._kept: deque[FromNetwork] = deque()
        """Messages for which the session has no room yet; reading pauses meanwhile."""
        self._posted = self._written = 0
        self._stopped = False
        """Whether the station does not read."""
        self._starved = False
        """Whether the session waits for a `Ready`."""

    # In the session's thread ----------------------------------------------------------------------

    @property
    def takes_more(self) -> bool:
        """Whether the station keeps up with what is written; if not, a `Ready` follows once it does."""
        if self._has_room:
            return True
        self._starved = True
        return self._has_room  # again, after setting `_starved`: avoids a lost wake-up

    @property
    def _has_room(self) -> bool:
        return not self._stopped and self._posted - self._written < ON_THE_WAY

    def write(self, texts: list[str]) -> None:
        """Send messages."""
        self._posted += sum(map(len, texts))
        self._outward((self, texts))

    def close(self) -> None:
        """End the connection once everything written was sent; a `Left` follows."""
        self._outward((self, None))

    # In the network's thread ----------------------------------------------------------------------

    def heard(self, text: str | None) -> None:
        """Handle a message; None if it is not text."""
        if self._finished:
            return
        if self._greeted:
            self._put(Incoming(self, text))
            return
        hello = NOT_TEXT if text is None else read_hello(text)
        if isinstance(hello, messages.Goodbye) or text is None:
            self._send_away(hello if isinstance(hello, messages.Goodbye) else NOT_TEXT)
            return
        self._greeted = True
        self._socket.hello_said()
        self._put(Arrived(self, self._address, text))

    def too_late(self) -> None:
        """End a connection without a hello."""
        if not self._greeted and not self._finished:
            self._send_away(NOBODY)

    def flow_changed(self) -> None:
        """Handle that the station stopped or resumed reading."""
        self._stopped = not self._socket.reads
        self._tell_of_room()

    def flush(self) -> None:
        """Hand over messages that were kept, as far as there is room, then resume reading."""
        while self._kept:
            if not self._inward.try_put(self._kept[0]):
                self._wait(self)
                return
            self._kept.popleft()
        self._socket.read_on()

    def deliver(self, texts: list[str] | None) -> None:
        """Write messages, or close the connection."""
        if texts is None:
            self._finished = True
            self._socket.let_go()
            return
        if not self._finished:
            self._socket.write(texts)
        self._written += sum(map(len, texts))
        self._tell_of_room()

    def over(self) -> None:
        """Handle the end of the connection."""
        self._finished = True
        self._kept.clear()
        if self._greeted:
            self._inward.put(Left(self))

    def _put(self, event: FromNetwork) -> None:
        if self._kept or not self._inward.try_put(event):
            self._kept.append(event)
            if len(self._kept) == 1:
                self._socket.hold_up()
                self._wait(self)

    def _tell_of_room(self) -> None:
        if self._starved and self._has_room and self._greeted:
            self._starved = False
            self._inward.put(Ready(self))

    def _send_away(self, goodbye: messages.Goodbye) -> None:
        self._finished = True
        self._socket.write([framing.encode(goodbye)])
        self._socket.let_go()
