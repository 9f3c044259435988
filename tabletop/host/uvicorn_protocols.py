"""uvicorn's protocols with the limits that it leaves out, and a short way for a station's frames."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Final

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.http11 import Request
from websockets.protocol import State

from tabletop.host.acceptor import Ticket
from tabletop.host.frame_meter import FrameMeter

ASKED_WITHIN: Final = 5.0
"""Seconds from connecting, or from the end of a TLS handshake, to the end of an answer or an upgrade."""

CLOSED_WITHIN: Final = 3.0
"""Seconds after its end in which a connection has to take what was still written to it."""

EXTENSION: Final = "tabletop.socket"
"""Under this name an application finds the `SocketProtocol` among the extensions of its scope."""


class HttpProtocol(H11Protocol):
    """Answer one request, or become a WebSocket; drop a client that does neither in time."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        ticket: Ticket,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._ticket = ticket
        self._upgraded = False
        self.ws_protocol_class = partial(SocketProtocol, ticket=ticket)  # type: ignore[assignment]

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the clock."""
        super().connection_made(transport)
        self.loop.call_later(ASKED_WITHIN, self._too_late)

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """Become a WebSocket."""
        self._upgraded = True
        super().handle_websocket_upgrade(event)

    def connection_lost(self, exc: Exception | None) -> None:
        """Give the place among the connections of the address back."""
        super().connection_lost(exc)
        self._ticket.over()

    def _too_late(self) -> None:
        if not self._upgraded:
            self.transport.abort()


class SocketProtocol(WebSocketsSansIOProtocol):
    """Hands frames over as they come, and does not wait for a stopped station to read.

    An application that asks for frames by ASGI waits for a task to be woken for each. With five hundred
    stations that is most of the work, so the application may have them handed over instead.
    """

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        ticket: Ticket,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._ticket = ticket
        self._meter = FrameMeter(self.loop.time())
        self._flooded = False
        self._take: Callable[[str | None], None] | None = None
        self._flow_changed: Callable[[], None] | None = None

    def hand_over(self, take: Callable[[str | None], None], flow_changed: Callable[[], None]) -> None:
        """From now on call `take` with the text of every message, or with None for one that is not text.

        `flow_changed` is called when the station stops reading, and when it reads again.
        """
        self._take, self._flow_changed = take, flow_changed

    def hello_said(self) -> None:
        """The station has said who it is: from now on its frames are counted by the second."""
        self._meter.hello_said(self.loop.time())

    @property
    def reads(self) -> bool:
        """Whether the station takes in what is written to it, and may be written to at all."""
        return self.writable.is_set() and self._open

    @property
    def _open(self) -> bool:
        return self.conn.state is State.OPEN and not self.close_sent and not self.transport.is_closing()

    def write(self, texts: Iterable[str]) -> None:
        """Write messages, whether the station reads or not; none if one side has begun to close."""
        if not self._open:
            return
        for text in texts:
            self.conn.send_text(text.encode())
        self.transport.write(b"".join(self.conn.data_to_send()))

    def let_go(self) -> None:
        """Tell the application that the connection is over, as if the station had ended it."""
        self.queue.put_nowait({"type": "websocket.disconnect", "code": 1000})

    def hold_up(self) -> None:
        """Read nothing more from the station for now."""
        self.transport.pause_reading()

    def read_on(self) -> None:
        """Read from it again."""
        if not self.transport.is_closing():
            self.transport.resume_reading()

    # What uvicorn calls ---------------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        """Take in bytes, unless they are too many: then the connection is cut off, and none is looked at.

        A handshake that cannot be read is refused, which uvicorn leaves undone.
        """
        if self._flooded:
            return
        if self.handshake_initiated and not self._meter.passes(data, self.loop.time()):
            self._flooded = True
            self._ticket.flooded()
            self.transport.abort()
            return
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

    def pause_writing(self) -> None:
        """The station does not read."""
        super().pause_writing()
        if self._flow_changed is not None:
            self._flow_changed()

    def resume_writing(self) -> None:
        """The station reads again."""
        super().resume_writing()
        if self._flow_changed is not None:
            self._flow_changed()

    def connection_lost(self, exc: Exception | None) -> None:
        """Give the place among the connections of the address back."""
        super().connection_lost(exc)
        self._ticket.over()

    async def run_asgi(self) -> None:
        """Serve the connection, and see that it ends."""
        await super().run_asgi()
        self._take = self._flow_changed = None
        self.loop.call_later(CLOSED_WITHIN, self.transport.abort)
