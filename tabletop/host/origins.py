"""Which addresses belong to one subscriber: limits and blocks go by that, not by the single address."""

from __future__ import annotations

import ipaddress
from typing import Final

NETWORK_BITS: Final = 64
"""Of an IPv6 address, how many name the network: one computer may take any of the addresses below them."""


def origin(address: str) -> str:
    """Return what limits count an address by: an IPv4 address itself, an IPv6 address's /64."""
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
