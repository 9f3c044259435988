"""Verify the identity of a host: its certificate is compared once and then remembered."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import click

from tabletop.cli.output import say
from tabletop.errors import InputError

if TYPE_CHECKING:
    from tabletop.link.address import HostAddress
    from tabletop.link.keyring import Keyring


def resolve_host(typed: str, *, plain: bool) -> HostAddress:
    """Return the address of the host, and whether to use TLS. Raises `InputError`.

    A host on this computer is not encrypted, but a local port forward may lead to one that is. TLS is always
    used for an address whose certificate was compared, unless with --plain.
    """
    from dataclasses import replace

    from tabletop.link.address import parse_address
    from tabletop.link.keyring import Keyring
    from tabletop.link.pinning import speaks_tls

    place = parse_address(typed, plain=plain)
    if place.secure or plain:
        return place
    known = Keyring().pinned(str(place)) is not None
    return replace(place, secure=known or speaks_tls(place.host, place.port))


def tls_context_for(place: HostAddress, keyring: Keyring, *, new_host: bool) -> ssl.SSLContext | None:
    """Return a TLS context that accepts only that host, questions the user to compare it the first time.

    Returns None without encryption. Raises `InputError`.
    """
    if not place.secure:
        return None
    from tabletop.link.pinning import pinned_context, shown_certificate

    pinned = keyring.pinned(str(place))
    if pinned is None or new_host:
        der = shown_certificate(place.host, place.port)
        if keyring.compared(der):
            say(f"{place} shows the certificate of a host that this terminal knows.", err=True)
        else:
            _compare(place, der)
        keyring.trust(str(place), der)
        pinned = keyring.pinned(str(place))
    return pinned_context(pinned or "")


def _compare(place: HostAddress, der: bytes) -> None:
    from tabletop.system.certificate import fingerprint_words

    words = "  ".join(fingerprint_words(der))
    say(f"The host at {place} shows these words:\n\n  {words}\n", err=True)
    if not click.confirm("Are they the words on the facilitator's screen?", err=True):
        raise InputError("then it is another computer; nothing was sent to it. Tell the facilitator")


def compared_words(typed: str, *, plain: bool) -> tuple[str, ...]:
    """Return the words of the host's certificate that were compared; empty without encryption."""
    from tabletop.link.keyring import Keyring
    from tabletop.system.certificate import words_of

    place = resolve_host(typed, plain=plain)
    pinned = Keyring().pinned(str(place)) if place.secure else None
    return words_of(pinned) if pinned else ()
