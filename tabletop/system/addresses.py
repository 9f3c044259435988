"""Find the addresses at which other computers reach this one, without sending anything."""

from __future__ import annotations

import ipaddress
import socket
import struct
import sys
from contextlib import suppress
from typing import Final

_ELSEWHERE: Final = "192.0.2.1"
"""An address reserved for documentation: only the route to it is looked up."""

_SIOCGIFADDR: Final = 0x8915
"""Linux ioctl: get the IPv4 address of an interface."""


def own_addresses() -> tuple[str, ...]:
    """Return this computer's IPv4 addresses except loopback, the one on the default route first."""
    found = dict.fromkeys([*_towards_others(), *_of_interfaces(), *_of_name()])
    return tuple(address for address in found if _reachable(address))


def where_found(listening: str, port: int) -> tuple[str, ...]:
    """Return the addresses of a host listening there: that one first, then this computer's others."""
    return tuple(
        f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
        for address in dict.fromkeys([listening, *own_addresses()])
    )


def _reachable(address: str) -> bool:
    known = ipaddress.ip_address(address)
    return not (known.is_loopback or known.is_link_local or known.is_unspecified)


def _towards_others() -> list[str]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect((_ELSEWHERE, 9))
        return [str(probe.getsockname()[0])]
    return []


def _of_interfaces() -> list[str]:
    """Return one address per interface, on Linux."""
    if sys.platform != "linux":
        return []
    import fcntl  # noqa: PLC0415 - not available on Windows

    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            with suppress(OSError):  # an interface without an address
                answer = fcntl.ioctl(probe.fileno(), _SIOCGIFADDR, struct.pack("256s", name.encode()[:15]))
                found.append(socket.inet_ntoa(answer[20:24]))
    return found


def _of_name() -> list[str]:
    with suppress(OSError):
        return [str(entry[4][0]) for entry in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    return []


NETWORK_BITS: Final = 64
"""Network part of an IPv6 address in bits: one computer may use any address below it."""


def origin(address: str) -> str:
    """Return the key under which limits count an address: an IPv4 address, or an IPv6 address's /64."""
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if known.version == 4 or known.is_loopback:
        return str(known)
    assert isinstance(known, ipaddress.IPv6Address)  # noqa: S101 - for the type alone
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return str(ipaddress.ip_network((known, NETWORK_BITS), strict=False))
