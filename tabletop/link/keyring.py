"""What a user's stations remember of hosts: the certificate that was compared, the seats and their tokens.

One folder a host, one file a seat: several stations may run on one machine, and none writes another's file.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal, TypeVar
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field

from tabletop.errors import InputError
from tabletop.host.certificate import fingerprint
from tabletop.host.private_file import read_private, write_private
from tabletop.host.seating import SeatInfo
from tabletop.link.joining import Joinings
from tabletop.link.pinning import check_certificate, pinned_context
from tabletop.paths import state_folder

__all__ = ["Keyring", "KnownSeat", "check_certificate", "pinned_context"]


@dataclass(frozen=True, slots=True)
class KnownSeat:
    """A seat that this user has at a host, and what proves it."""

    seat: SeatInfo
    token: str = field(repr=False)
    exercise: str = ""
    """The exercise it belongs to: one host may run several, one after the other."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)


class _HostFile(_Model):
    format: Literal[1] = 1
    address: str
    certificate_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class _SeatFile(_Model):
    format: Literal[1] = 1
    address: str
    id: Annotated[str, Field(max_length=200)]
    acts_as: str
    name: str
    role: str
    exercise: str
    token: Annotated[str, Field(max_length=128, repr=False)]


_Kind = TypeVar("_Kind", _HostFile, _SeatFile)


class Keyring:
    """Reads and writes the folder; every method may raise `InputError`."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or state_folder() / "hosts"

    def pinned(self, address: str) -> str | None:
        """The fingerprint of the host's certificate; None if nobody compared its words yet."""
        known = _read(self._host(address) / "host.json", _HostFile, address)
        return known.certificate_sha256 if known else None

    def trust(self, address: str, der: bytes) -> None:
        """Remember a certificate whose words somebody has just compared.

        Seats at the host that showed another one are forgotten: their tokens are not this host's to see.
        """
        shown, known = fingerprint(der), self.pinned(address)
        if known not in (None, shown):
            for path in self._seat_files(address):
                _remove(path)
                _remove(path.with_name(path.name.replace("seat-", "drafts-", 1)))
        write_private(
            self._host(address) / "host.json",
            _text(_HostFile(address=_plain(address), certificate_sha256=shown)),
        )

    def check(self, address: str, der: bytes) -> None:
        """Raise `InputError` unless the host shows the certificate that was compared."""
        known = self.pinned(address)
        if known is None:
            raise InputError(f"nobody has compared the words of {address} with the facilitator's screen yet")
        check_certificate(address, known, der)

    def seats(self, address: str) -> tuple[KnownSeat, ...]:
        """The seats at that host, by team and name."""
        known = [_read(path, _SeatFile, address) for path in self._seat_files(address)]
        found = [
            KnownSeat(SeatInfo(one.id, one.acts_as, one.name, one.role), one.token, one.exercise)
            for one in known
            if one is not None
        ]
        return tuple(sorted(found, key=lambda one: (one.seat.acts_as, one.seat.name, one.seat.id)))

    def remember(self, address: str, known: KnownSeat) -> None:
        """Keep a seat, in place of what was kept of it."""
        seat = known.seat
        content = _SeatFile(
            address=_plain(address),
            id=seat.id,
            acts_as=seat.acts_as,
            name=seat.name,
            role=seat.role,
            exercise=known.exercise,
            token=known.token,
        )
        write_private(self._seat_file(address, seat.id), _text(content))

    def forget(self, address: str, seat_id: str) -> None:
        """Drop a seat, because it was revoked or left for good."""
        _remove(self._seat_file(address, seat_id))
        _remove(self.drafts(address, seat_id))

    def joinings(self, address: str) -> Joinings:
        """Tries to get a seat at that host that did not come to an end."""
        return Joinings(self._host(address))

    def outbox(self, address: str, seat_id: str) -> Path:
        """Where the station of that seat keeps what was not answered yet; forgetting the seat leaves it."""
        return self._host(address) / f"outbox-{_short(seat_id)}.json"

    def drafts(self, address: str, seat_id: str) -> Path:
        """Where the terminal of that seat keeps what is typed and not sent; forgotten with the seat."""
        return self._host(address) / f"drafts-{_short(seat_id)}.json"

    def _host(self, address: str) -> Path:
        return self._folder / f"host-{quote(_plain(address), safe='')}"

    def _seat_file(self, address: str, seat_id: str) -> Path:
        return self._host(address) / f"seat-{_short(seat_id)}.json"

    def _seat_files(self, address: str) -> list[Path]:
        folder = self._host(address)
        try:
            return sorted(folder.glob("seat-*.json"))
        except OSError as error:
            raise InputError(f"{folder} cannot be read: {(error.strerror or '').lower()}") from error


def _plain(address: str) -> str:
    return address.strip().lower()


def _short(seat_id: str) -> str:
    """A name for a file: ids come from hosts, which may be anybody's."""
    return hashlib.sha256(seat_id.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _text(content: BaseModel) -> bytes:
    return json.dumps(content.model_dump(), indent=1).encode("ascii") + b"\n"


def _read(path: Path, kind: type[_Kind], address: str) -> _Kind | None:
    data = read_private(path)
    if data is None:
        return None
    try:
        content = kind.model_validate(json.loads(data))
        if content.address != _plain(address):
            raise ValueError("it is another host's")
    except (ValueError, RecursionError):
        # Without its cause, which may quote the token.
        raise InputError(
            f"{path} is damaged. Remove it, ask the facilitator for a new code and join again"
        ) from None
    return content


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{path} cannot be removed: {(error.strerror or '').lower()}") from error
