"""uvicorn's protocols with the time limits that it leaves out, and a short way for a station's frames."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Final

from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

HEADERS_WITHIN: Final = 5.0
"""Seconds from connecting to the end of the request's headers."""

CLOSED_WITHIN: Final = 3.0
"""Seconds after its end in which a connection has to take what was still written to it."""

EXTENSION: Final = "tabletop.socket"
"""Under this name an application finds the `SocketProtocol` among the extensions of its scope."""


class HttpProtocol(H11Protocol):
    """Drops whoever connects and does not ask for anything, or dribbles out headers."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the clock."""
        super().connection_made(transport)
        self.loop.call_later(HEADERS_WITHIN, self._too_late)

    def _too_late(self) -> None:
        # uvicorn sets the scope once it has read all headers, and never for a connection without any.
        if self.scope is None:
            self.transport.abort()


class SocketProtocol(WebSocketsSansIOProtocol):
    """Hands frames over as they come, and does not wait for a stopped station to read.

    An application that asks for frames by ASGI waits for a task to be woken for each. With five hundred
    stations that is most of the work, so the application may have them handed over instead.
    """

    _take: Callable[[str | None], None] | None = None
    _ready: Callable[[], None] | None = None

    def hand_over(self, take: Callable[[str | None], None], ready: Callable[[], None]) -> None:
        """From now on call `take` with the text of every message, or with None for one that is not text.

        `ready` is called when a station that did not read, reads again.
        """
        self._take, self._ready = take, ready

    @property
    def reads(self) -> bool:
        """Whether the station takes in what is written to it, and may be written to at all."""
        return self.writable.is_set() and not self.close_sent and not self.transport.is_closing()

    def write(self, texts: Iterable[str]) -> None:
        """Write messages, whether the station reads or not."""
        for text in texts:
            self.conn.send_text(text.encode())
        self.transport.write(b"".join(self.conn.data_to_send()))

    def let_go(self) -> None:
        """Tell the application that the connection is over, as if the station had ended it."""
        self.queue.put_nowait({"type": "websocket.disconnect", "code": 1000})

    # What uvicorn calls ---------------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        """Take in bytes; a handshake that cannot be read is refused, which uvicorn leaves undone."""
        super().data_received(data)
        if not self.handshake_initiated and self.conn.handshake_exc is not None:
            self.transport.write(b"".join(self.conn.data_to_send()))
            self.transport.close()

    def handle_connect(self, event: Request) -> None:
        """Let the application find this protocol."""
        super().handle_connect(event)
        if not self.handshake_complete:  # else it was refused at once
            self.scope["extensions"] = {EXTENSION: {"socket": self}}

    def send_receive_event_to_app(self) -> None:
        """Hand a message over, or queue it if nobody takes it."""
        if self._take is None or self.close_sent:
            super().send_receive_event_to_app()
            return
        if self.curr_msg_data_type != "text":
            self.frames = []
            self._take(None)
            return
        try:
            text = b"".join(self.frames).decode()
        except UnicodeDecodeError:
            super().send_receive_event_to_app()  # ends the connection, as it should be ended
            return
        self.frames = []
        self._take(text)

    def resume_writing(self) -> None:
        """The station reads again."""
        super().resume_writing()
        if self._ready is not None:
            self._ready()

    async def run_asgi(self) -> None:
        """Serve the connection, and see that it ends."""
        await super().run_asgi()
        self._take = self._ready = None
        self.loop.call_later(CLOSED_WITHIN, self.transport.abort)
