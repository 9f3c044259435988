"""Exchange a code for a new seat at a host, exactly once even if the connection breaks."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import click

from tabletop.cli.output import say
from tabletop.errors import InputError
from tabletop.plaintext import one_line

if TYPE_CHECKING:
    from tabletop.link.address import HostAddress
    from tabletop.link.credentials import Credentials
    from tabletop.link.host_keys import HostKeys, KnownSeat
    from tabletop.link.pending_joins import PendingJoin

TRIES: Final = 3
BETWEEN: Final = 0.5
"""Seconds between attempts if the connection breaks before the host has answered."""

CODES: Final = 3
"""How often a code is asked for if the host does not accept it."""


@dataclass(frozen=True, slots=True)
class JoinQuestions:
    """What to ask for a new seat."""

    code: str
    """The prompt for the code. It is not an argument, which other users could see."""
    named: bool = True
    """Whether to ask for name and office."""
    shown: bool = True
    """Whether typing shows a mark for each character."""


@dataclass(frozen=True, slots=True)
class SeatRequest:
    """Gets a seat at a host for this terminal."""

    place: HostAddress
    tls: ssl.SSLContext | None
    keys: HostKeys
    questions: JoinQuestions

    async def seat(self, before: KnownSeat | None = None) -> KnownSeat:
        """Return the seat of an interrupted join, or a new one for a code. Raises `InputError`.

        `before` is a seat that was lost; its name and office are offered as defaults.
        """
        known = await self._given_before()
        if known is not None:
            say("The host gave this terminal a seat before the connection broke; using that seat.", err=True)
            return known
        name = role = None
        for attempt in range(1, CODES + 1):
            code = self._code()
            if name is None or role is None:
                name, role = self._person(before)
            try:
                return await self._exchanged(code, name, role)
            except _NotTakenError as error:
                if attempt == CODES:
                    raise
                say(f"{one_line(error.message[:1].upper() + error.message[1:])}.", err=True)
        raise AssertionError("every try ends")

    def _code(self) -> str:
        from tabletop.cli.hidden_prompt import MARK, prompt_hidden

        return prompt_hidden(self.questions.code, mark=MARK if self.questions.shown else "")

    def _person(self, before: KnownSeat | None) -> tuple[str, str]:
        if not self.questions.named:
            return "", ""
        known = ("", "") if before is None else (before.seat.name, before.seat.role)
        name, role = (
            click.prompt(ask, default=one_line(was), show_default=bool(was), err=True)
            for ask, was in zip(("Your name", "Your office"), known, strict=True)
        )
        return name, role

    async def _exchanged(self, code: str, name: str, role: str) -> KnownSeat:
        """Exchange the code for a seat. Raises `_NotTakenError` if the host does not accept the code."""
        from tabletop.link.credentials import Credentials

        with closing(self.keys.pending_joins().begin()) as joining:
            credentials = Credentials(token=joining.token, code=code[:120], name=name[:80], role=role[:80])
            for attempt in range(1, TRIES + 1):
                try:
                    return await self._admitted(joining, credentials)
                except _LinkBrokeError as broke:
                    if attempt == TRIES:
                        raise InputError(
                            f"{broke.message}. The code may be used by now: type the same command again "
                            "to get the seat it was for"
                        ) from None
                    await asyncio.sleep(BETWEEN)
        raise AssertionError("every try ends")

    async def _admitted(self, joining: PendingJoin, credentials: Credentials) -> KnownSeat:
        """Ask the host for a seat; if one of that name exists, ask the user whether it is theirs."""
        try:
            return await self._asked(joining, credentials)
        except _NamesakeError as namesake:
            say(f"{one_line(namesake.message)}.", err=True)
            name = " ".join(credentials.name.split())
            returning = click.confirm(f"Is this {one_line(name)} again?", default=True, err=True)
            return await self._asked(joining, replace(credentials, returning=returning))

    async def _given_before(self) -> KnownSeat | None:
        """Return the seat of an earlier attempt whose answer was lost, if the host knows it."""
        from tabletop.link.credentials import Credentials

        have = {one.token for one in self.keys.seats()}
        for joining in self.keys.pending_joins().unfinished():
            with closing(joining):
                if joining.token in have:
                    joining.done()
                    continue
                try:
                    return await self._asked(joining, Credentials(token=joining.token))
                except _LinkBrokeError:
                    raise
                except InputError:  # unknown to the host: the code never arrived
                    continue
        return None

    async def _asked(self, joining: PendingJoin, credentials: Credentials) -> KnownSeat:
        """Ask the host for the seat of these credentials, and store it.

        Raises `_LinkBrokeError` if the host did not answer, else `InputError` with its reason.
        """
        from tabletop.link.host_keys import KnownSeat
        from tabletop.link.network import NetworkLink
        from tabletop.link.outbox import Outbox
        from tabletop.protocol.roster import SeatInfo
        from tabletop.system.clock import SYSTEM_TIME

        link = NetworkLink(self.place, credentials, Outbox(), SYSTEM_TIME, tls=self.tls)
        try:
            welcome = await link.open()
        except InputError as error:
            if not link.refused:
                raise _LinkBrokeError(error.message) from None
            if link.has_namesake:
                raise _NamesakeError(error.message) from None
            joining.done()
            if link.unknown:
                raise _NotTakenError(error.message) from None
            raise
        await link.close()
        seat = SeatInfo(welcome.seat.id, welcome.seat.acts_as, welcome.seat.name, welcome.seat.role)
        known = KnownSeat(seat, joining.token, welcome.exercise, welcome.briefing.title)
        self.keys.remember(known)
        joining.done()
        return known


class _LinkBrokeError(InputError):
    """The host has not answered; it may or may not have given the seat."""


class _NotTakenError(InputError):
    """The host does not accept the code."""


class _NamesakeError(InputError):
    """A seat of that kind and name exists and is not connected."""
