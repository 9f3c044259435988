"""A new seat at a host elsewhere, in exchange for a code: got once, whatever becomes of the link."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import closing
from typing import TYPE_CHECKING, Final

import click

from tabletop.errors import InputError

if TYPE_CHECKING:
    from tabletop.link.address import Address
    from tabletop.link.credentials import Credentials
    from tabletop.link.joining import Joining
    from tabletop.link.keyring import Keyring, KnownSeat

TRIES: Final = 3
BETWEEN: Final = 0.5
"""Seconds between tries, where the link broke before the host had answered."""


async def joined(
    place: Address, tls: ssl.SSLContext | None, keyring: Keyring, *, asks: str, named: bool
) -> KnownSeat:
    """The seat that the host gave this terminal before a link broke, or a new one for a code.

    `asks` is the prompt at which the code is typed: arguments are there for others to read. Raises
    `InputError`.
    """
    from tabletop.link.credentials import Credentials

    tries = keyring.joinings(str(place))
    known = await _given_before(place, tls, keyring)
    if known is not None:
        click.echo(
            "The host had given this terminal a seat before the link broke; it goes on there.", err=True
        )
        return known
    code = click.prompt(asks, err=True)
    asked = ("Your name", "Your office") if named else ()
    name, role = [click.prompt(one, default="", show_default=False, err=True) for one in asked] or ["", ""]
    with closing(tries.begin()) as joining:
        credentials = Credentials(token=joining.token, code=code[:120], name=name[:80], role=role[:80])
        for attempt in range(1, TRIES + 1):
            try:
                return await _seat(place, tls, keyring, joining, credentials)
            except _LinkBrokeError as broke:
                if attempt == TRIES:
                    raise InputError(
                        f"{broke.message}. The code may be spent by now: type the same command again, and "
                        "this terminal gets the seat that was meant for it"
                    ) from None
                await asyncio.sleep(BETWEEN)
    raise AssertionError("every try ends")


class _LinkBrokeError(InputError):
    """The host has not answered: it may have given the seat or not."""


async def _given_before(place: Address, tls: ssl.SSLContext | None, keyring: Keyring) -> KnownSeat | None:
    """The seat of an earlier try, if its answer was lost and the host knows it."""
    from tabletop.link.credentials import Credentials

    have = {one.token for one in keyring.seats(str(place))}
    for joining in keyring.joinings(str(place)).unfinished():
        with closing(joining):
            if joining.token in have:
                joining.done()
                continue
            try:
                return await _seat(place, tls, keyring, joining, Credentials(token=joining.token))
            except _LinkBrokeError:
                raise
            except InputError:  # the host does not know it: the code never reached it
                continue
    return None


async def _seat(
    place: Address, tls: ssl.SSLContext | None, keyring: Keyring, joining: Joining, credentials: Credentials
) -> KnownSeat:
    """What the host gives for these credentials, remembered.

    Raises `_LinkBrokeError` if it did not answer, else `InputError` with why it gives nothing.
    """
    from tabletop.host.clock import SYSTEM_TIME
    from tabletop.host.seating import SeatInfo
    from tabletop.link.keyring import KnownSeat
    from tabletop.link.network import NetworkLink
    from tabletop.link.outbox import Outbox

    link = NetworkLink(place, credentials, Outbox(), SYSTEM_TIME, tls=tls)
    try:
        welcome = await link.open()
    except InputError as error:
        if not link.refused:
            raise _LinkBrokeError(error.message) from None
        joining.done()
        raise
    await link.close()
    seat = SeatInfo(welcome.seat.id, welcome.seat.acts_as, welcome.seat.name, welcome.seat.role)
    known = KnownSeat(seat, joining.token, welcome.exercise)
    keyring.remember(str(place), known)
    joining.done()
    return known
