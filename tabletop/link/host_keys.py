"""What a user's stations remember of one host: the seats, their tokens, and where else it may be found.

One folder a host, one file a seat: several stations may run on one machine, and none writes another's file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tabletop.errors import InputError
from tabletop.link.joining import Joinings
from tabletop.link.key_files import (
    ADDRESSES,
    AddressesFile,
    SeatFile,
    read_key_file,
    remove_key_file,
    short,
    write_key_file,
)
from tabletop.protocol.roster import SeatInfo


@dataclass(frozen=True, slots=True)
class KnownSeat:
    """A seat that this user has at a host, and what proves it."""

    seat: SeatInfo
    token: str = field(repr=False)
    exercise: str = ""
    """The exercise it belongs to: one host may run several, one after the other."""
    title: str = ""
    """Of that exercise, for people."""


class HostKeys:
    """Reads and writes the folder of one host; every method may raise `InputError`."""

    def __init__(self, folder: Path, host: str) -> None:
        """`host` is the fingerprint of its certificate, or its address if it shows none."""
        self._folder = folder
        self._host = host

    def seats(self) -> tuple[KnownSeat, ...]:
        """The seats at that host, by team and name."""
        known = [read_key_file(path, SeatFile, self._host) for path in self._seat_files()]
        found = [
            KnownSeat(SeatInfo(one.id, one.acts_as, one.name, one.role), one.token, one.exercise, one.title)
            for one in known
            if one is not None
        ]
        return tuple(sorted(found, key=lambda one: (one.seat.acts_as, one.seat.name, one.seat.id)))

    def remember(self, known: KnownSeat) -> None:
        """Keep a seat, in place of what was kept of it."""
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
        """Drop a seat, because it was revoked or left for good."""
        remove_key_file(self._folder / f"seat-{short(seat_id)}.json")
        remove_key_file(self.drafts(seat_id))

    def joinings(self) -> Joinings:
        """Tries to get a seat at that host that did not come to an end."""
        return Joinings(self._folder)

    def outbox(self, seat_id: str) -> Path:
        """Where the station of that seat keeps what was not answered yet; forgetting the seat leaves it."""
        return self._folder / f"outbox-{short(seat_id)}.json"

    def drafts(self, seat_id: str) -> Path:
        """Where the terminal of that seat keeps what is typed and not sent; forgotten with the seat."""
        return self._folder / f"drafts-{short(seat_id)}.json"

    def addresses(self) -> tuple[str, ...]:
        """Where the host said that it may be found."""
        known = read_key_file(self._folder / "addresses.json", AddressesFile, self._host)
        return known.addresses if known is not None else ()

    def remember_addresses(self, addresses: Iterable[str]) -> None:
        """Keep what the host said last."""
        wanted = tuple(dict.fromkeys(addresses))[:ADDRESSES]
        if wanted != self.addresses():
            content = AddressesFile(certificate_sha256=self._host, addresses=wanted)
            write_key_file(self._folder / "addresses.json", content)

    def _seat_files(self) -> list[Path]:
        try:
            return sorted(self._folder.glob("seat-*.json"))
        except OSError as error:
            raise InputError(f"{self._folder} cannot be read: {(error.strerror or '').lower()}") from error
