"""The network thread of a host: accepting, TLS, HTTP, WebSocket frames and their limits."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp

from tabletop.host.acceptor import Acceptor, Ticket
from tabletop.host.access import Access
from tabletop.host.connection_limits import ConnectionLimits
from tabletop.host.floods import FloodTally
from tabletop.host.line import FromNetwork
from tabletop.host.loop_bridge import BoundedCrossing
from tabletop.host.origin_guard import OriginGuard
from tabletop.host.station_endpoint import StationEndpoint
from tabletop.host.uvicorn_protocols import HttpProtocol, SocketProtocol
from tabletop.protocol.endpoint import PATH
from tabletop.protocol.framing import MAX_FRAME

MAX_HEADERS: Final = 16 * 1024


class Network:
    """The network's side of a host. `serve` runs in the network's thread, all else in the session's."""

    def __init__(
        self,
        listener: socket.socket,
        access: Access,
        hosts: frozenset[str],
        tls: ssl.SSLContext | None,
        *,
        fault: Callable[[Exception], None],
    ) -> None:
        """`fault` is called in the network's thread."""
        self._listener = listener
        self._limits = ConnectionLimits(access.connections)
        self._hosts = hosts
        self._tls = tls
        self._fault = fault
        self._loop: asyncio.AbstractEventLoop | None = None
        self._arrivals: StationEndpoint | None = None
        self._server: Server | None = None
        self.tally = FloodTally()
        """Connections that were dropped or rejected, by address."""

    def room(self) -> None:
        """Resume reading messages: the session has room for them."""
        if self._loop is not None and self._arrivals is not None:
            with suppress(RuntimeError):  # the loop is closed
                self._loop.call_soon_threadsafe(self._arrivals.room)

    def block(self, addresses: frozenset[str]) -> None:
        """Accept nothing from these addresses; replaces the previous ones."""
        self._limits.blocked = addresses

    def stop(self) -> None:
        """Make `serve` return soon."""
        if self._server is not None:
            self._server.should_exit = True

    async def serve(self, inward: BoundedCrossing[FromNetwork], ready: Future[None]) -> None:
        """Serve stations until `stop` is called; `ready` is set once connections are accepted."""
        loop = self._loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._uncaught)
        arrivals = self._arrivals = StationEndpoint(inward, loop, self._fault)
        routes = [Route("/", _hello), WebSocketRoute(PATH, arrivals)]
        gate = OriginGuard(Starlette(routes=routes), hosts=self._hosts, secure=self._tls is not None)
        self._server = Server(settings(gate), self._acceptor, ready)
        await self._server.serve()

    def _acceptor(self, protocol: Callable[[Ticket], asyncio.Protocol]) -> Acceptor:
        return Acceptor(self._listener, protocol, self._limits, self.tally, self._tls)

    def _uncaught(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception) and not isinstance(error, OSError):
            self._fault(error)
        # OSErrors are about single connections, which stations reopen.


class Server(uvicorn.Server):
    """uvicorn with a custom acceptor, which leaves signals to the rest of the program."""

    def __init__(
        self,
        config: uvicorn.Config,
        acceptor: Callable[[Callable[[Ticket], asyncio.Protocol]], Acceptor],
        ready: Future[None],
    ) -> None:
        super().__init__(config)
        self._make_acceptor = acceptor
        self._acceptor: Acceptor | None = None
        self._ready = ready

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Install no signal handlers."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start accepting connections."""
        await self.lifespan.startup()
        self.servers = []
        self._acceptor = self._make_acceptor(self._protocol)
        self._acceptor.start()
        self.started = True
        self._ready.set_result(None)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop accepting, and close the open connections."""
        if self._acceptor is not None:
            self._acceptor.close()
        await super().shutdown(sockets)

    def _protocol(self, ticket: Ticket) -> asyncio.Protocol:
        return HttpProtocol(self.config, self.server_state, self.lifespan.state, ticket=ticket)


def settings(app: ASGIApp) -> uvicorn.Config:
    """Return uvicorn's configuration: limits, no compression, no log output, no server header."""
    return uvicorn.Config(
        app,
        http=HttpProtocol,
        ws=SocketProtocol,
        ws_max_size=MAX_FRAME,
        ws_per_message_deflate=False,
        ws_ping_interval=None,  # the protocol has its own heartbeat
        h11_max_incomplete_event_size=MAX_HEADERS,
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
    )


async def _hello(_: Request) -> PlainTextResponse:
    return PlainTextResponse(
        "This is a host of tabletop. Join it from a terminal: tabletop join ADDRESS\n",
        headers={"cache-control": "no-store"},
    )
