"""The host on the network: Starlette and uvicorn around a hub, in the session's own event loop."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp

from tabletop.errors import InputError
from tabletop.host.certificate import HostCertificate, server_context
from tabletop.host.clock import TimeSource
from tabletop.host.entrance import PATH
from tabletop.host.framing import MAX_FRAME
from tabletop.host.gate import Gate
from tabletop.host.hub import Hub
from tabletop.host.protocols import HttpProtocol, SocketProtocol
from tabletop.host.stations import Stations

TICK: Final = 0.25
"""Seconds between calls of `tick`."""

MAX_HEADERS: Final = 16 * 1024
BACKLOG: Final = 1_024
USER_TIMEOUT_MS: Final = 10_000


class _Uvicorn(uvicorn.Server):
    """A server that leaves Ctrl+C to the program it is part of."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class HostServer:
    """Lets stations reach a hub over the network. `tick` is called a few times a second."""

    def __init__(
        self,
        hub: Hub,
        time: TimeSource,
        *,
        tick: Callable[[], None],
        fault: Callable[[Exception], None],
        certificate: HostCertificate | None = None,
    ) -> None:
        """`fault` hears of errors that nobody foresaw; each ends one connection at most."""
        self._hub = hub
        self._tick = tick
        self._fault = fault
        self._stations = Stations(hub, time, fault)
        self._certificate = certificate
        self._server: _Uvicorn | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self, address: str, port: int, listener: socket.socket | None = None) -> int:
        """Listen, unless a socket that listens there is given; returns the port. Raises `InputError`."""
        listener = listener or listen(address, port)
        port = int(listener.getsockname()[1])
        routes = [Route("/", _hello), WebSocketRoute(PATH, self._stations)]
        tls = self._certificate
        gate = Gate(Starlette(routes=routes), hosts=hosts(address, port), secure=tls is not None)
        config = settings(gate, server_context(tls) if tls is not None else None)
        self._server = _Uvicorn(config)
        self._tasks = [
            asyncio.create_task(self._server.serve(sockets=[listener])),
            asyncio.create_task(self._pulse()),
        ]
        while not self._server.started and not self._tasks[0].done():
            await asyncio.sleep(0.01)
        return port

    async def wait(self) -> None:
        """Until the server ends or something in it fails."""
        done, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()

    async def stop(self, reason: str = "the host was closed") -> None:
        """Say goodbye to everyone and listen no longer."""
        self._hub.shut(reason)
        await asyncio.sleep(0.05)
        if self._server is not None:
            self._server.should_exit = True
            await asyncio.wait(self._tasks[:1], timeout=5)
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task

    async def _pulse(self) -> None:
        told = ""
        while True:
            try:
                self._tick()
                told = ""
            except Exception as error:  # whatever it is, the others go on
                if repr(error) != told:  # once, not four times a second
                    told = repr(error)
                    self._fault(error)
            await asyncio.sleep(TICK)


def settings(app: ASGIApp, tls: ssl.SSLContext | None = None) -> uvicorn.Config:
    """How the network is spoken to: limits, no compression, nothing printed, nothing told of the program."""
    return uvicorn.Config(
        app,
        http=HttpProtocol,
        ws=SocketProtocol,
        ws_max_size=MAX_FRAME,
        ws_per_message_deflate=False,
        ws_ping_interval=None,  # stations ping us, and say how far they have come
        h11_max_incomplete_event_size=MAX_HEADERS,
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
        ssl_context_factory=(lambda *_: tls) if tls is not None else None,
    )


async def _hello(_: Request) -> PlainTextResponse:
    return PlainTextResponse(
        "This is a host of tabletop. Join it from a terminal: tabletop join ADDRESS\n",
        headers={"connection": "close", "cache-control": "no-store"},
    )


def hosts(address: str, port: int) -> frozenset[str]:
    """What stations may call a host that listens there."""
    names = {"127.0.0.1", "localhost"} if address in ("127.0.0.1", "localhost") else {address}
    return frozenset(f"[{name}]:{port}" if ":" in name else f"{name}:{port}" for name in names)


def listen(address: str, port: int) -> socket.socket:
    """A listening socket. Raises `InputError` in plain words."""
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
