"""The application-level handshake: admit a station by its hello, or refuse it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from tabletop.exercise.events import Record
from tabletop.exercise.refusal import Refusal
from tabletop.host.admission import AdmissionRefused, Admitted
from tabletop.host.connection import Connection
from tabletop.host.connections import Connections
from tabletop.host.notices import Notices
from tabletop.host.older_copy import Ahead
from tabletop.host.pens import PenStore
from tabletop.host.projection import Projection
from tabletop.plaintext import one_line
from tabletop.protocol import messages
from tabletop.protocol.roster import SeatInfo

TITLE: Final = 80
"""Characters of an exercise's title that a station of another exercise is told."""

REPLACED: Final = "this seat was opened at another terminal"


class AdmissionControl(PenStore, Protocol):
    """Decides on admission; implemented by `tabletop.host.admission`."""

    async def admit(
        self, code: str, address: str, name: str, role: str, token: str | None = None
    ) -> Admitted | Refusal:
        """Exchange a one-time code for a seat, known by the station's token if it chose one."""

    def namesake(self, code: str, address: str, name: str, is_away: Callable[[str], bool]) -> SeatInfo | None:
        """Return the seat of the same name, if a station with a valid code may own it."""

    async def give_back(self, code: str, seat_id: str, token: str | None) -> Admitted | Refusal:
        """Exchange a one-time code for an existing seat, known by the new token."""

    def authenticate(self, token: str) -> SeatInfo | None:
        """Return the seat of a token, if any."""


@dataclass(frozen=True, slots=True)
class AcceptedStation:
    """A station that may be admitted."""

    seat: SeatInfo
    token: str | None
    """The token to send it, unless the station chose one itself."""


class Handshake:
    """Decide on every hello."""

    def __init__(
        self,
        first: Record,
        title: str,
        admission: AdmissionControl,
        projection: Projection,
        connections: Connections,
        notices: Notices,
    ) -> None:
        """`first` is the first record of the log, `title` the exercise's title."""
        self._title = one_line(title)[:TITLE]
        self._admission = admission
        self._projection = projection
        self._connections = connections
        self._notices = notices
        self.exercise = identity(first)

    async def receive(
        self, connection: Connection, hello: messages.Hello
    ) -> AcceptedStation | Ahead | messages.Goodbye:
        """Return the seat of a station, that it is ahead of the log, or the goodbye that refuses it."""
        if hello.version != messages.VERSION:
            return messages.apart(hello.version)
        if hello.code is None and hello.exercise not in ("", self.exercise):
            # Its seat belongs to another exercise, even if its token were known here.
            return messages.Goodbye(
                code="other-exercise",
                reason=f"the host at this address runs another exercise: “{self._title}”",
            )
        accepted = await self._authenticate(connection, hello)
        if isinstance(accepted, messages.Goodbye):
            return accepted
        seat = accepted.seat
        held = self._projection.head(seat.acts_as)
        lost = hello.last and hello.seen and not self._projection.has(seat.acts_as, hello.seen, hello.last)
        if hello.seen > held or lost:
            return Ahead(seat, hello.seen, min(held, hello.seen - 1))
        current = self._connections.of_seat(seat.id)
        if current is not None and self._connections.newer(current, than=connection):
            # This hello was delayed, and the same station has reconnected meanwhile.
            return messages.Goodbye(code="replaced", reason=REPLACED)
        return accepted

    async def _authenticate(
        self, connection: Connection, hello: messages.Hello
    ) -> AcceptedStation | messages.Goodbye:
        """Find the seat by token, else by code."""
        if hello.token is not None:
            seat = self._admission.authenticate(hello.token)
            if seat is not None:
                return AcceptedStation(seat, None)
        if hello.code is None:
            return messages.Goodbye(
                code="refused", reason="the host does not know this seat; ask the facilitator for a new code"
            )
        namesake = self._namesake(hello.code, connection, hello)
        if namesake is not None and hello.returning is None:
            return messages.Goodbye(
                code="same-name",
                reason=f"{namesake.name} has a seat here already, and its terminal is not connected",
            )
        if namesake is not None:
            answer = await self._admission.give_back(hello.code, namesake.id, hello.token)
        else:
            answer = await self._admission.admit(
                hello.code, connection.address, hello.name, hello.role, hello.token
            )
        if isinstance(answer, AdmissionRefused) and answer.alarm:
            self._notices.alarm(answer.for_facilitator)
        if isinstance(answer, Refusal):
            return messages.Goodbye(code="refused", reason=answer.message)
        return AcceptedStation(answer.seat, answer.token if hello.token is None else None)

    def _namesake(self, code: str, connection: Connection, hello: messages.Hello) -> SeatInfo | None:
        """Return the seat that may already be this person's; None also if they denied it."""
        if hello.returning is False or "same-name" not in hello.understands:
            return None
        return self._admission.namesake(code, connection.address, hello.name, self._is_away)

    def _is_away(self, seat_id: str) -> bool:
        there = self._connections.of_seat(seat_id)
        return there is None or there.ended is not None


def identity(first: Record) -> str:
    """Return the id of an exercise: unique, and revealing nothing about it."""
    return hashlib.sha256(f"tabletop {first.wall} {first.event.model_dump_json()}".encode()).hexdigest()[:32]
