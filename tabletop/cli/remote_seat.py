"""Connect to a host and open a seat there, for every verb that takes an ADDRESS."""

from __future__ import annotations

import shlex
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import click

from tabletop.cli.joining import JoinQuestions, SeatRequest
from tabletop.cli.output import say
from tabletop.errors import InputError
from tabletop.plaintext import one_line

if TYPE_CHECKING:
    from tabletop.cli.faults import Recovery
    from tabletop.link.address import HostAddress
    from tabletop.link.host_keys import HostKeys, KnownSeat
    from tabletop.link.network import NetworkLink

C = TypeVar("C", bound=Callable[..., object])

RED_BANNER = "NOT ENCRYPTED: everybody on this network can read along and pose as the host."


def host_argument(command: C) -> C:
    """Add the ADDRESS argument and the options of a verb that connects to a host."""
    plain = click.option("--plain", is_flag=True, help="The host was started with --plain.")
    fresh = click.option(
        "--new-host", is_flag=True, help="The exercise moved to another computer: compare its words again."
    )
    return click.argument("address")(plain(fresh(command)))


@asynccontextmanager
async def open_seat(
    typed: str,
    kinds: Callable[[str], bool],
    *,
    plain: bool,
    new_host: bool,
    questions: JoinQuestions = JoinQuestions("Code, from the facilitator"),  # noqa: B008 - it is frozen
    lines: bool = False,
) -> AsyncIterator[NetworkLink]:
    """Open a link from a seat of one of the `kinds` while the block runs.

    `questions` is what to ask for a new seat; `lines` means that there is no screen. If the host does not
    know the seat any more, the user is asked for a new code. Raises `InputError`, and for an internal error
    in the block `FaultError` with the command that returns to the seat.
    """
    from tabletop.cli.faults import CLOSED_SCREEN, ENDED, fault_page

    words = [*(["--lines"] if lines else []), typed, *(["--plain"] if plain else [])]
    connection = _connection(typed, words, plain=plain, new_host=new_host)
    known = _chosen([one for one in connection.keys.seats() if kinds(one.seat.acts_as)])
    newcomer = SeatRequest(connection.place, connection.tls, connection.keys, questions)
    lost, link = None, None
    while link is None:
        new = known is None
        seat = known or await newcomer.seat(lost)
        if not kinds(seat.seat.acts_as):
            raise InputError(
                f"that code is for another kind of seat ({seat.seat.acts_as}), which is yours now: "
                f"`{connection.command(seat)}` opens it"
            )
        page = CLOSED_SCREEN if not lines else ENDED
        try:
            with fault_page(partial(_recovery, seat, connection), what=page):
                async with connection.opened(seat) as link:
                    yield link
        except _NoSeatHereError as none:
            if new:
                raise
            say(f"{one_line(none.message[:1].upper() + none.message[1:])}.", err=True)
            known, lost = None, seat
    if link.unknown:
        connection.keys.forget(seat.seat.id)
        say(one_line(f"{link.trouble() or ''}."), err=True)


@dataclass(frozen=True, slots=True)
class _Connection:
    """A host to connect to, and the command line used."""

    place: HostAddress
    keys: HostKeys
    others: tuple[str, ...]
    """Other addresses of that host."""
    tls: ssl.SSLContext | None
    words: list[str]
    """Arguments after the verb that connect to it again."""

    def command(self, known: KnownSeat) -> str:
        """Return the command line that opens that seat."""
        return shlex.join(["tabletop", _verb(known.seat.acts_as), *self.words])

    @asynccontextmanager
    async def opened(self, known: KnownSeat) -> AsyncIterator[NetworkLink]:
        """Open a link from that seat, locked while the block runs. Raises `InputError`."""
        from tabletop.link.credentials import Credentials
        from tabletop.link.network import NetworkLink
        from tabletop.link.outbox import outbox_on_disk
        from tabletop.link.seat_lock import lock_seat
        from tabletop.system.clock import SYSTEM_TIME
        from tabletop.system.disk_queue import DiskThread

        path = self.keys.outbox(known.seat.id)
        with lock_seat(path):
            outbox = outbox_on_disk(path)
            outbox.disk_queue.runner = DiskThread()
            link = NetworkLink(
                self.place,
                Credentials(token=known.token, exercise=known.exercise),
                outbox,
                SYSTEM_TIME,
                tls=self.tls,
                others=self.others,
                rejoin_command=self.command(known),
            )
            link.on_addresses(self._keep)
            try:
                await link.open()
            except InputError as error:
                if link.unknown:
                    self.keys.forget(known.seat.id)
                    raise _NoSeatHereError(error.message) from None
                if link.other_exercise:
                    raise _NoSeatHereError(f"{error.message}. Your seat in yours is kept") from None
                raise
            try:
                yield link
            finally:
                await link.close()

    def _keep(self, addresses: tuple[str, ...]) -> None:
        with suppress(InputError):  # the host sends them again next time
            self.keys.remember_addresses(addresses)


def _connection(typed: str, words: list[str], *, plain: bool, new_host: bool) -> _Connection:
    """Find the host that was typed, as far as it is known; say so if the connection is not encrypted."""
    from tabletop.cli.host_identity import resolve_host, tls_context_for
    from tabletop.link.address import is_loopback
    from tabletop.link.keyring import Keyring

    place, keyring = resolve_host(typed, plain=plain), Keyring()
    if not place.secure and not is_loopback(place.host):
        say(RED_BANNER, fg="white", bg="red", err=True)
    tls = tls_context_for(place, keyring, new_host=new_host)
    return _Connection(place, keyring.of(place), keyring.addresses(place), tls, words)


class _NoSeatHereError(InputError):
    """The host does not know the seat, or runs another exercise."""


def _recovery(known: KnownSeat, connection: _Connection) -> Recovery:
    """Return what the user at that seat is told after an internal error."""
    from tabletop.cli.faults import Recovery
    from tabletop.exercise.commands import OBSERVER, WALL

    verb = _verb(known.seat.acts_as)
    safe = "The exercise goes on at its host, where everything that was recorded is safe."
    if known.seat.acts_as not in {OBSERVER, WALL}:
        safe += "\nWhat was on its way there is kept here and is sent again."
    listed = [one.seat.id for one in connection.keys.seats() if _verb(one.seat.acts_as) == verb]
    answer = ""
    if known.seat.id in listed:  # it may have been forgotten meanwhile
        number = listed.index(known.seat.id) + 1
        answer = f"It asks for your seat: type {number} and press Enter."
    return Recovery(safe, "To come back to this seat, type", connection.command(known), answer)


def _chosen(known: list[KnownSeat]) -> KnownSeat | None:
    """Ask which known seat to use; None for a new one."""
    if not known:
        return None
    exercises = len({one.exercise for one in known})
    for number, one in enumerate(known, 1):
        who = f" ({one_line(one.seat.name)})" if one.seat.name else ""
        title = f" in {one_line(one.title)}" if one.title and exercises > 1 else ""
        say(f"  {number}  {one_line(one.seat.acts_as)}{who}{title}", err=True)
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
