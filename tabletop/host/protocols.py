"""uvicorn's protocols with the time limits that it leaves out."""

from __future__ import annotations

import asyncio
from typing import Final

from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

HEADERS_WITHIN: Final = 5.0
"""Seconds from connecting to the end of the request's headers."""

CLOSED_WITHIN: Final = 3.0
"""Seconds after its end in which a connection has to take what was still written to it."""


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
    """Does not wait for a stopped station to read before its connection is let go."""

    async def run_asgi(self) -> None:
        """Serve the connection, and see that it ends."""
        await super().run_asgi()
        self.loop.call_later(CLOSED_WITHIN, self.transport.abort)
