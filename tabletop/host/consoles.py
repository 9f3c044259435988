"""The facilitators' consoles: the control lease ("the chair"), and what only its holder may do and see."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from tabletop.errors import InputError
from tabletop.exercise.refusal import Refusal
from tabletop.host.connection import Connection
from tabletop.host.connections import Connections
from tabletop.host.notices import Notices
from tabletop.protocol import messages
from tabletop.system.disk_queue import DiskTask, disk
from tabletop.system.private_file import read_private, write_private

LOCAL_CONSOLE: Final = "here"
"""Stands for the console in the host's own process, which needs no code."""


@dataclass(slots=True)
class ControlLease:
    """The right to control the exercise, with one holder at a time and an epoch for each.

    Commands carry the epoch, so a console that missed a takeover cannot act: its commands carry the previous
    one.
    """

    epoch: int = 0
    holder: str | None = None
    """The seat that holds the lease; None before the first console."""
    keep: Callable[[ControlLease], None] | None = None
    """Called with the new lease before every change; may raise `InputError`."""

    async def claim(self, seat: str) -> None:
        """Take the lease if it is free. Raises what `take` raises."""
        if self.holder is None:
            await self.take(seat)

    async def take(self, seat: str) -> None:
        """Take the lease from its holder. Raises `InputError`, without a change, if it cannot be saved.

        Saved before it is announced: otherwise a host killed in between would issue an epoch twice.
        """
        if self.holder != seat:
            if self.keep is not None:
                await disk(partial(self.keep, ControlLease(self.epoch + 1, seat)))
            self.epoch, self.holder = self.epoch + 1, seat

    def check(self, seat: str, epoch: int) -> Refusal | None:
        """Return why a command of that seat under that epoch is refused; None if it is not."""
        if seat == self.holder and epoch == self.epoch:
            return None
        return Refusal("another console runs this exercise now; take over first to act here", "stale-epoch")


def lease_beside(log: Path) -> ControlLease:
    """Return the control lease of the exercise in that log, with the epoch it had before a restart.

    Raises `InputError` if its file is damaged.
    """
    path = log.with_name(f"{log.name}.chair")

    def keep(lease: ControlLease) -> None:
        write_private(path, json.dumps({"epoch": lease.epoch, "holder": lease.holder}).encode("ascii"))

    data = read_private(path)
    if data is None:
        return ControlLease(keep=keep)
    try:
        known = json.loads(data)
        holder = str(known["holder"])
        # A console in the previous process ended with it, and no other process knows its seat.
        return ControlLease(
            epoch=int(known["epoch"]), holder=None if holder == LOCAL_CONSOLE else holder, keep=keep
        )
    except (ValueError, TypeError, KeyError) as error:
        raise InputError(
            f"{path} is damaged; remove it, and consoles from before have to take over again"
        ) from error


class EnrolmentService(Protocol):
    """Codes and seats for the console with the chair; implemented by `tabletop.host.enrolment`."""

    def snapshot(self) -> messages.Reception:
        """Return the current state; the same object until something changes."""

    async def arrange(self, act: messages.Act, of: str) -> Refusal | None:
        """Carry out a facilitator's request."""


class Consoles:
    """Manage the control lease and tell all consoles who holds it."""

    def __init__(self, lease: ControlLease, connections: Connections, notices: Notices) -> None:
        self._lease = lease
        self._connections = connections
        self._notices = notices
        self._last_sent: tuple[Connection, messages.Reception] | None = None
        self.enrolment: EnrolmentService | None = None
        """None for a host that nobody new can join."""

    @property
    def has_holder(self) -> bool:
        """Whether a console holds the lease."""
        return bool(self._lease.holder)

    async def claim(self, seat_id: str) -> None:
        """Give the lease to a console if it is free."""
        await self._change(self._lease.claim(seat_id))

    async def take_over(self, seat_id: str) -> None:
        """Give the lease to a console and tell all consoles."""
        await self._change(self._lease.take(seat_id))
        for connection in self._connections.consoles():
            if connection.seat is not None:
                connection.retract(messages.Reception.__name__)
                connection.send(self.chair_frame(connection.seat.id))
        self._last_sent = None  # frames that were retracted have to be sent again
        self.send_enrolment()

    def chair_frame(self, seat_id: str) -> messages.Chair:
        """Return the frame that tells a console whether it may act."""
        return messages.Chair(epoch=self._lease.epoch, yours=self._lease.holder == seat_id)

    def refusal(self, seat_id: str, epoch: int) -> Refusal | None:
        """Return why that console may not act under that epoch; None if it may."""
        return self._lease.check(seat_id, epoch)

    async def arrange(self, seat_id: str, frame: messages.Arrange) -> str:
        """Carry out a console's request; return the problem, or an empty string."""
        refusal = self.refusal(seat_id, frame.epoch)
        if refusal is None and self.enrolment is not None:
            refusal = await self.enrolment.arrange(frame.act, frame.of)
        return refusal.message if refusal is not None else ""

    def send_enrolment(self) -> None:
        """Send the enrolment state, if it changed, to the holder of the lease and nobody else."""
        connection = self._connections.of_seat(self._lease.holder or "")
        if self.enrolment is None or connection is None or connection.ended is not None:
            return
        current = (connection, self.enrolment.snapshot())
        previous, self._last_sent = self._last_sent, current
        if previous is None or previous[0] is not connection or previous[1] is not current[1]:
            snapshot = current[1]
            if "floods" not in connection.understands:
                snapshot = snapshot.model_copy(update={"addresses": ()})
            connection.send(snapshot)

    async def _change(self, change: DiskTask[None]) -> None:
        try:
            await change
        except InputError as error:
            self._notices.alarm(f"no console can take over at the moment, because {error.message}")
