"""Listen where stations look for a host, before there is an exercise: a failure then leaves none behind."""

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
    """A place on the network that is this program's, and what it proves itself with there."""

    address: str
    port: int
    certificate: HostCertificate | None
    """None where nothing is encrypted."""
    socket: socket.socket


@contextmanager
def listening(address: str, port: int, access: Access, *, plain: bool) -> Iterator[Listening]:
    """Listen for as long as the block lasts, at a port of the system's choice for 0.

    The names of `access` go into a certificate that is made now. Not encrypted on this computer alone, or
    if `plain`. Raises InputError if the address, the port or the certificate cannot be used.
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
