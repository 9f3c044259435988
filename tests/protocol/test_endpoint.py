"""Where people find a host, as they are told it."""

from __future__ import annotations

import socket

import pytest

from tabletop.link.address import parse_address
from tabletop.protocol.endpoint import Endpoint
from tabletop.system.addresses import own_addresses


@pytest.mark.parametrize(
    ("entrance", "line"),
    [
        (Endpoint("10.0.0.5"), "tabletop join 10.0.0.5"),
        (Endpoint("10.0.0.5", 7801), "tabletop join 10.0.0.5:7801"),
        (Endpoint("fd00::5"), "tabletop join [fd00::5]"),
        (Endpoint("10.0.0.5", plain=True), "tabletop join 10.0.0.5 --plain"),
    ],
)
def test_what_is_read_out_leads_to_the_host(entrance: Endpoint, line: str) -> None:
    assert entrance.line("join") == line
    place = parse_address(entrance.address, plain=entrance.plain)
    assert (place.host, place.port) == (entrance.host, entrance.port)


def test_own_addresses_can_be_listened_at_and_none_is_loopback() -> None:
    for address in own_addresses():
        assert not address.startswith("127.")
        with socket.socket() as listener:
            listener.bind((address, 0))
