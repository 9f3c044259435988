"""Addresses as people type them."""

from __future__ import annotations

import pytest

from tabletop.errors import InputError
from tabletop.link.address import HostAddress, parse_address


@pytest.mark.parametrize(
    ("typed", "host", "port", "secure"),
    [
        ("10.0.0.5", "10.0.0.5", 7788, True),
        (" 10.0.0.5:9000 ", "10.0.0.5", 9000, True),
        ("localhost", "localhost", 7788, False),
        ("127.0.0.1:80", "127.0.0.1", 80, False),
        ("127.attacker.example", "127.attacker.example", 7788, True),
        ("[fd00::5]:9000", "fd00::5", 9000, True),
        ("[fd00::5]", "fd00::5", 7788, True),
        ("fd00::5", "fd00::5", 7788, True),
        ("::1", "::1", 7788, False),
    ],
)
def test_what_is_an_address(typed: str, host: str, port: int, secure: bool) -> None:
    assert parse_address(typed) == HostAddress(host, port, secure)


@pytest.mark.parametrize(
    "typed", ["", ":", "10.0.0.5:", "10.0.0.5:0", "a:70000", "http://a", "a:b", "[]:1", "a:²"]
)
def test_what_is_none(typed: str) -> None:
    with pytest.raises(InputError, match="is not the address of a host"):
        parse_address(typed)


def test_a_plain_host_is_reached_without_encryption_and_under_its_own_origin() -> None:
    place = parse_address("Host.Example:9000", plain=True)
    assert place.uri == "ws://Host.Example:9000/station"
    assert place.origin == "http://host.example:9000"
    assert parse_address("[fd00::5]:1").uri == "wss://[fd00::5]:1/station"
