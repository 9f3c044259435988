"""Seats, tokens and addresses that a user's stations keep of one host.

One folder per host and one file per seat: several stations may run on one machine, and none writes another's
file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tabletop.errors import InputError
from tabletop.link.key_files import (
    ADDRESSES,
    AddressesFile,
    SeatFile,
    read_key_file,
    remove_key_file,
    short,
    write_key_file,
)
from tabletop.link.pending_joins import PendingJoins
from tabletop.protocol.roster import SeatInfo


@dataclass(frozen=True, slots=True)
class KnownSeat:
    """A seat that this user has at a host, and its token."""

    seat: SeatInfo
    token: str = field(repr=False)
    exercise: str = ""
    """The exercise it belongs to: one host may run several, one after the other."""
    title: str = ""
    """Title of that exercise, for people."""


class HostKeys:
    """Read and write the folder of one host. Every method may raise `InputError`."""

    def __init__(self, folder: Path, host: str) -> None:
        """`host` is the fingerprint of its certificate, or its address if it has none."""
        self._folder = folder
        self._host = host

    def seats(self) -> tuple[KnownSeat, ...]:
        """Return the seats at that host, sorted by team and name."""
        known = [read_key_file(path, SeatFile, self._host) for path in self._seat_files()]
        found = [
            KnownSeat(SeatInfo(one.id, one.acts_as, one.name, one.role), one.token, one.exercise, one.title)
            for one in known
            if one is not None
        ]
        return tuple(sorted(found, key=lambda one: (one.seat.acts_as, one.seat.name, one.seat.id)))

    def remember(self, known: KnownSeat) -> None:
        """Keep a seat, replacing what was kept of it."""
        seat = known.seat
        content = SeatFile(
            of=self._host,
            id=seat.id,
            acts_as=seat.acts_as,
            name=seat.name,
            role=seat.role,
            exercise=known.exercise,
            title=known.title,
            token=known.token,
        )
        write_key_file(self._folder / f"seat-{short(seat.id)}.json", content)

    def forget(self, seat_id: str) -> None:
        """Remove a seat that was revoked or given up."""
        remove_key_file(self._folder / f"seat-{short(seat_id)}.json")
        remove_key_file(self.drafts(seat_id))

    def pending_joins(self) -> PendingJoins:
        """Return the pending attempts to get a seat at that host."""
        return PendingJoins(self._folder)

    def outbox(self, seat_id: str) -> Path:
        """Return the path of the seat's outbox; it stays when the seat is forgotten."""
        return self._folder / f"outbox-{short(seat_id)}.json"

    def drafts(self, seat_id: str) -> Path:
        """Return the path of the seat's drafts; it is removed with the seat."""
        return self._folder / f"drafts-{short(seat_id)}.json"

    def addresses(self) -> tuple[str, ...]:
        """Return the addresses that the host announced."""
        known = read_key_file(self._folder / "addresses.json", AddressesFile, self._host)
        return known.addresses if known is not None else ()

    def remember_addresses(self, addresses: Iterable[str]) -> None:
        """Keep the addresses that the host announced last."""
        wanted = tuple(dict.fromkeys(addresses))[:ADDRESSES]
        if wanted != self.addresses():
            content = AddressesFile(certificate_sha256=self._host, addresses=wanted)
            write_key_file(self._folder / "addresses.json", content)

    def _seat_files(self) -> list[Path]:
        try:
            return sorted(self._folder.glob("seat-*.json"))
        except OSError as error:
            raise InputError(f"{self._folder} cannot be read: {(error.strerror or '').lower()}") from error
