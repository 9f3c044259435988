"""How every verb that goes to a host elsewhere gets its seat there."""

from __future__ import annotations

import shlex
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeVar

import click

from tabletop.errors import InputError
from tabletop.plaintext import one_line

if TYPE_CHECKING:
    from tabletop.cli.faults import Recovery
    from tabletop.link.address import Address
    from tabletop.link.keyring import Keyring, KnownSeat
    from tabletop.link.network import NetworkLink

C = TypeVar("C", bound=Callable[..., object])

RED_BANNER = "NOT ENCRYPTED: everybody on this network can read along and pose as the host."


def reaching(command: C) -> C:
    """The argument and options of a verb that goes to a host."""
    plain = click.option("--plain", is_flag=True, help="The host was started with --plain.")
    fresh = click.option(
        "--new-host", is_flag=True, help="The exercise moved to another computer: compare its words anew."
    )
    return click.argument("address")(plain(fresh(command)))


@asynccontextmanager
async def seated(
    typed: str,
    kinds: Callable[[str], bool],
    *,
    plain: bool,
    new_host: bool,
    asks: str = "Code, from the facilitator",
    named: bool = True,
    lines: bool = False,
) -> AsyncIterator[NetworkLink]:
    """An open link from a seat of the right kind, until the block ends; `named` if a person sits there.

    `asks` is the prompt for what lets a new seat in; `lines` says that there is no screen. Raises
    `InputError`, and for a fault within the block `FaultError` with the command that comes back to the seat.
    """
    from tabletop.cli.faults import CLOSED_SCREEN, ENDED, fault_page
    from tabletop.cli.joining import joined
    from tabletop.link.address import is_loopback, parse_address
    from tabletop.link.keyring import Keyring

    place, keyring = parse_address(typed, plain=plain), Keyring()
    if not place.secure and not is_loopback(place.host):
        click.secho(RED_BANNER, fg="white", bg="red", err=True)
    tls = _tls(place, keyring, new_host=new_host)
    known = _chosen([one for one in keyring.seats(str(place)) if kinds(one.seat.acts_as)])
    if known is None:
        known = await joined(place, tls, keyring, asks=asks, named=named)
        if not kinds(known.seat.acts_as):
            raise InputError(
                f"that code is for another kind of seat ({known.seat.acts_as}), which is yours now: "
                f"`tabletop {_verb(known.seat.acts_as)} {typed}` opens it"
            )
    words = [*(["--lines"] if lines else []), typed, *(["--plain"] if plain else [])]
    with fault_page(lambda: _recovery(known, words, keyring, place), what=ENDED if lines else CLOSED_SCREEN):
        async with _open_link(place, keyring, known, tls) as link:
            yield link


@asynccontextmanager
async def _open_link(
    place: Address, keyring: Keyring, known: KnownSeat, tls: ssl.SSLContext | None
) -> AsyncIterator[NetworkLink]:
    """An open link from that seat, which is held until the block ends. Raises `InputError`."""
    from tabletop.host.clock import SYSTEM_TIME
    from tabletop.host.turns import DiskThread
    from tabletop.link.credentials import Credentials
    from tabletop.link.hold import hold
    from tabletop.link.network import NetworkLink
    from tabletop.link.outbox import outbox_on_disk

    path = keyring.outbox(str(place), known.seat.id)
    with hold(path):
        outbox = outbox_on_disk(path)
        outbox.turns.beside = DiskThread()
        link = NetworkLink(place, Credentials(token=known.token), outbox, SYSTEM_TIME, tls=tls)
        try:
            await link.open()
        except InputError:
            if link.unknown:
                keyring.forget(str(place), known.seat.id)
            raise
        try:
            yield link
        finally:
            await link.close()


def _recovery(known: KnownSeat, words: list[str], keyring: Keyring, place: Address) -> Recovery:
    """What people at that seat are told after a fault: how they come back to it."""
    from tabletop.cli.faults import Recovery
    from tabletop.exercise.commands import OBSERVER, WALL

    verb = _verb(known.seat.acts_as)
    safe = "The exercise goes on at its host, where everything that was recorded is safe."
    if known.seat.acts_as not in {OBSERVER, WALL}:
        safe += "\nWhat was on its way there is kept here and is sent again."
    listed = [one.seat.id for one in keyring.seats(str(place)) if _verb(one.seat.acts_as) == verb]
    answer = ""
    if known.seat.id in listed:  # it may have been forgotten meanwhile
        number = listed.index(known.seat.id) + 1
        answer = f"It asks for your seat: type {number} and press Enter."
    return Recovery(
        safe,
        "To come back to this seat, type",
        shlex.join(["tabletop", verb, *words]),
        answer,
    )


def compared_words(typed: str, *, plain: bool) -> tuple[str, ...]:
    """The words of the host's certificate that were compared here; none where nothing is encrypted."""
    from tabletop.host.certificate import words_of
    from tabletop.link.address import parse_address
    from tabletop.link.keyring import Keyring

    place = parse_address(typed, plain=plain)
    pinned = Keyring().pinned(str(place)) if place.secure else None
    return words_of(pinned) if pinned else ()


def _tls(place: Address, keyring: Keyring, *, new_host: bool) -> ssl.SSLContext | None:
    """How to speak to the host and to no other; asks once whether it is the one."""
    if not place.secure:
        return None
    from tabletop.host.certificate import fingerprint_words
    from tabletop.link.pinning import pinned_context, shown_certificate

    pinned = keyring.pinned(str(place))
    if pinned is None or new_host:
        der = shown_certificate(place.host, place.port)
        words = "  ".join(fingerprint_words(der))
        click.echo(f"The host at {place} shows these words:\n\n  {words}\n", err=True)
        if not click.confirm("Are they the words on the facilitator's screen?", err=True):
            raise InputError("then it is another computer, and nothing was sent to it; tell the facilitator")
        keyring.trust(str(place), der)
        pinned = keyring.pinned(str(place))
    return pinned_context(pinned or "")


def _chosen(known: list[KnownSeat]) -> KnownSeat | None:
    """The seat to go back to, if there is one and the user wants it."""
    if not known:
        return None
    for number, one in enumerate(known, 1):
        who = f" ({one_line(one.seat.name)})" if one.seat.name else ""
        click.echo(f"  {number}  {one_line(one.seat.acts_as)}{who}", err=True)
    number = click.prompt(
        "Your seat, or 0 for a new code",
        type=click.IntRange(0, len(known)),
        default=1,
        err=True,
    )
    return known[number - 1] if number else None


def _verb(acts_as: str) -> str:
    from tabletop.host.presence import VERBS

    return VERBS.get(acts_as, "join")
