"""uvicorn's protocols with additional limits, and a fast path for station frames."""

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
"""Seconds from connecting, or from the end of a TLS handshake, to the end of a response or an upgrade."""

CLOSED_WITHIN: Final = 3.0
"""Seconds after its end within which a connection has to read what was already written."""

EXTENSION: Final = "tabletop.socket"
"""Name of the scope extension that holds the `SocketProtocol`."""


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
        """Start the timeout."""
        super().connection_made(transport)
        self.loop.call_later(ASKED_WITHIN, self._too_late)

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """Become a WebSocket."""
        self._upgraded = True
        super().handle_websocket_upgrade(event)

    def connection_lost(self, exc: Exception | None) -> None:
        """Release the connection's place within the limits of its address."""
        super().connection_lost(exc)
        self._ticket.over()

    def _too_late(self) -> None:
        if not self._upgraded:
            self.transport.abort()


class SocketProtocol(WebSocketsSansIOProtocol):
    """Pass frames on as they arrive, and never wait for a station that stopped reading.

    An application that receives frames by ASGI waits for a task to be woken for each. With five hundred
    stations that is most of the work, so the application may have frames passed to a callback instead.
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
        """From now on call `take` with the text of every message, or None if it is not text.

        `flow_changed` is called when the station stops or resumes reading.
        """
        self._take, self._flow_changed = take, flow_changed

    def hello_said(self) -> None:
        """Switch to the limits that apply after the hello."""
        self._meter.hello_said(self.loop.time())

    @property
    def reads(self) -> bool:
        """Whether the station can be written to and reads what is written."""
        return self.writable.is_set() and self._open

    @property
    def _open(self) -> bool:
        return self.conn.state is State.OPEN and not self.close_sent and not self.transport.is_closing()

    def write(self, texts: Iterable[str]) -> None:
        """Write messages, whether the station reads or not; none if the connection is closing."""
        if not self._open:
            return
        for text in texts:
            self.conn.send_text(text.encode())
        self.transport.write(b"".join(self.conn.data_to_send()))

    def let_go(self) -> None:
        """Tell the application that the connection is closed."""
        self.queue.put_nowait({"type": "websocket.disconnect", "code": 1000})

    def hold_up(self) -> None:
        """Pause reading from the station."""
        self.transport.pause_reading()

    def read_on(self) -> None:
        """Resume reading."""
        if not self.transport.is_closing():
            self.transport.resume_reading()

    # Called by uvicorn ----------------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        """Process bytes, unless they exceed the limits: then drop the connection unread.

        A malformed handshake is rejected, which uvicorn leaves undone.
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
        """Make this protocol available to the application."""
        super().handle_connect(event)
        if not self.handshake_complete:  # else it was rejected
            self.scope["extensions"] = {EXTENSION: {"socket": self}}

    def send_receive_event_to_app(self) -> None:
        """Pass a message to the callback, or queue it if there is none."""
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
            super().send_receive_event_to_app()  # ends the connection properly
            return
        self.frames = []
        self._take(text)

    def pause_writing(self) -> None:
        """Note that the station does not read."""
        super().pause_writing()
        if self._flow_changed is not None:
            self._flow_changed()

    def resume_writing(self) -> None:
        """Note that the station reads again."""
        super().resume_writing()
        if self._flow_changed is not None:
            self._flow_changed()

    def connection_lost(self, exc: Exception | None) -> None:
        """Release the connection's place within the limits of its address."""
        super().connection_lost(exc)
        self._ticket.over()

    async def run_asgi(self) -> None:
        """Serve the connection, and make sure that it closes."""
        await super().run_asgi()
        self._take = self._flow_changed = None
        self.loop.call_later(CLOSED_WITHIN, self.transport.abort)
