"""Whether a host is the one on the facilitator's screen: asked once, and known wherever that host is."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import click

from tabletop.cli.printing import say
from tabletop.errors import InputError

if TYPE_CHECKING:
    from tabletop.link.address import HostAddress
    from tabletop.link.keyring import Keyring


def place_of(typed: str, *, plain: bool) -> HostAddress:
    """Return where the host is, and whether it is spoken to with TLS. Raises `InputError`.

    On this computer a host is not encrypted; but a port forward from here may lead to one that is. A host
    whose certificate was compared under that address is never spoken to without it, unless with --plain.
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


def tls_to(place: HostAddress, keyring: Keyring, *, new_host: bool) -> ssl.SSLContext | None:
    """How to speak to the host and to no other; asks whether it is the one, unless that was asked before.

    None where nothing is encrypted. Raises `InputError`.
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
        raise InputError("then it is another computer, and nothing was sent to it; tell the facilitator")


def compared_words(typed: str, *, plain: bool) -> tuple[str, ...]:
    """The words of the host's certificate that were compared here; none where nothing is encrypted."""
    from tabletop.link.keyring import Keyring
    from tabletop.system.certificate import words_of

    place = place_of(typed, plain=plain)
    pinned = Keyring().pinned(str(place)) if place.secure else None
    return words_of(pinned) if pinned else ()
