"""Parse the address of a host as people type it."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from tabletop.errors import InputError
from tabletop.protocol.endpoint import PATH, PORT


@dataclass(frozen=True, slots=True)
class HostAddress:
    """Name or IP address of a host, its port, and whether the connection is encrypted."""

    host: str
    port: int
    secure: bool

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """The value of the Origin header that the host expects."""
        return f"{'https' if self.secure else 'http'}://{str(self).lower()}"

    @property
    def uri(self) -> str:
        """The URI of the host's WebSocket."""
        return f"{'wss' if self.secure else 'ws'}://{self}{PATH}"


def is_loopback(host: str) -> bool:
    """Return whether that is this machine, so that nothing goes over a network."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def parse_address(text: str, *, plain: bool = False) -> HostAddress:
    """Parse `10.0.0.5`, `10.0.0.5:7788` or `[fd00::5]:7788`. Raises `InputError`."""
    text = text.strip()
    host, colon, port = text.rpartition(":")
    if not colon or text.endswith("]") or (":" in host and not host.endswith("]")):
        host, port = text, str(PORT)
    host = host.removeprefix("[").removesuffix("]")
    if not host or not port.isascii() or not port.isdigit() or not 0 < int(port[:9]) < 65536 or "/" in host:
        raise InputError(
            f"'{text[:80]}' is not the address of a host: type one like 10.0.0.5 or 10.0.0.5:{PORT}"
        )
    return HostAddress(host, int(port), secure=not (plain or is_loopback(host)))
