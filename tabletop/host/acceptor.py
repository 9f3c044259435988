"""Accept connections, or close them at once if their address has too many or descriptors run out."""

from __future__ import annotations

import asyncio
import errno
import socket
import ssl
from collections.abc import Callable
from typing import Final

from tabletop.host.connection_limits import ConnectionLimits
from tabletop.host.floods import FloodTally
from tabletop.system.addresses import origin
from tabletop.system.descriptors import RESERVE, limit

HANDSHAKE_WITHIN: Final = 5.0
"""Timeout of a TLS handshake in seconds."""

AT_ONCE: Final = 16
"""Connections accepted before the event loop serves the open ones."""

PAUSE: Final = 0.1
"""Seconds without accepting after the system ran out of descriptors or memory."""

_NONE_LEFT: Final = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})


class Ticket:
    """A connection's place within the limits of its address."""

    def __init__(
        self, limits: ConnectionLimits, tally: FloodTally, address: str, now: Callable[[], float]
    ) -> None:
        self._limits = limits
        self._tally = tally
        self._address = address
        self._now = now
        self._over = False

    def flooded(self) -> None:
        """Record that the connection is dropped because it floods."""
        self._tally.add(self._address)
        self._limits.flooded(self._address, self._now())

    def over(self) -> None:
        """Release the place. Idempotent."""
        if not self._over:
            self._over = True
            self._limits.closed(self._address, self._now())


class Acceptor:
    """Accept connections from a listening socket in the running event loop."""

    def __init__(
        self,
        listener: socket.socket,
        protocol: Callable[[Ticket], asyncio.Protocol],
        limits: ConnectionLimits,
        tally: FloodTally,
        tls: ssl.SSLContext | None,
    ) -> None:
        """`protocol` creates the protocol of a connection, which calls `Ticket.over` at its end."""
        self._listener = listener
        self._protocol = protocol
        self._limits = limits
        self._tally = tally
        self._tls = tls
        self._loop = asyncio.get_running_loop()
        self._handshakes: set[asyncio.Task[None]] = set()
        self._closed = False

    def start(self) -> None:
        """Start accepting."""
        if not self._closed:
            self._loop.add_reader(self._listener, self._accept)

    def close(self) -> None:
        """Stop accepting and cancel handshakes."""
        self._closed = True
        self._loop.remove_reader(self._listener)
        self._listener.close()
        for task in self._handshakes:
            task.cancel()

    def _accept(self) -> None:
        for _ in range(AT_ONCE):
            try:
                connection, peer = self._listener.accept()
            except (BlockingIOError, InterruptedError):
                return
            except OSError as error:
                if error.errno in _NONE_LEFT:
                    self._loop.remove_reader(self._listener)
                    self._loop.call_later(PAUSE, self.start)
                    return
                continue  # closed before it was accepted
            if not self._begin(connection, origin(str(peer[0]))):
                connection.close()

    def _begin(self, connection: socket.socket, address: str) -> bool:
        """Start the handshake of a connection; return False if it has to be closed."""
        if address in self._limits.blocked or _runs_out(connection):
            return False
        if not self._limits.opened(address, self._loop.time()):
            self._tally.add(address)
            return False
        ticket = Ticket(self._limits, self._tally, address, self._loop.time)
        connection.setblocking(False)
        task = self._loop.create_task(self._shake_hands(connection, ticket))
        self._handshakes.add(task)
        task.add_done_callback(self._handshakes.discard)
        return True

    async def _shake_hands(self, connection: socket.socket, ticket: Ticket) -> None:
        protocol = self._protocol(ticket)
        try:
            await self._loop.connect_accepted_socket(
                lambda: protocol,
                connection,
                ssl=self._tls,
                ssl_handshake_timeout=HANDSHAKE_WITHIN if self._tls is not None else None,
            )
        except BaseException as error:
            ticket.over()
            connection.close()
            if not isinstance(error, OSError):  # a client may disconnect, or not speak TLS
                raise


def _runs_out(connection: socket.socket) -> bool:
    """Return whether too few descriptors are left. A new one is the lowest free number, so it tells."""
    most = limit()
    return most is not None and connection.fileno() >= most - RESERVE
