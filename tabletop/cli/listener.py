"""Open the host's listening socket before the exercise is created, so that a failure leaves no log behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import socket

    from tabletop.host.access import Access
    from tabletop.system.certificate import HostCertificate


@dataclass(frozen=True, slots=True)
class Listening:
    """A listening socket and the certificate used there."""

    address: str
    port: int
    certificate: HostCertificate | None
    """None without encryption."""
    socket: socket.socket


@contextmanager
def listening(address: str, port: int, access: Access, *, plain: bool) -> Iterator[Listening]:
    """Listen while the block runs; port 0 lets the system choose.

    The certificate, if one is made, includes the names of `access`. There is no encryption on the loopback
    address or if `plain`. Raises InputError if address, port or certificate cannot be used.
    """
    from tabletop.host.server import listen
    from tabletop.link.address import is_loopback
    from tabletop.paths import state_folder
    from tabletop.system.certificate import host_certificate, server_context
    from tabletop.system.clock import SYSTEM_TIME

    names = [address, *access.names()]
    own = None if plain or is_loopback(address) else host_certificate(state_folder(), names, SYSTEM_TIME)
    if own is not None:
        server_context(own)
    with closing(listen(address, port)) as listener:
        yield Listening(address, int(listener.getsockname()[1]), own, listener)
