"""The files of a keyring: their models, their names, and upcasting of older formats."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Annotated, Final, Literal, TypeVar
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field

from tabletop.errors import InputError
from tabletop.system.private_file import read_private, write_private

ADDRESSES: Final = 16
"""Addresses that are kept of a host."""


class KeyFile(BaseModel):
    """Base model: `host` names the host a file belongs to."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)

    @property
    def host(self) -> str:
        """An address, or the fingerprint of a certificate."""
        raise NotImplementedError


class PinFile(KeyFile):
    """The certificate that was compared at an address."""

    format: Literal[1] = 1
    address: str
    certificate_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

    @property
    def host(self) -> str:
        """The address."""
        return self.address


class SeatFile(KeyFile):
    """A seat and its token."""

    format: Literal[2] = 2
    of: str
    """The fingerprint of the host's certificate, or the address of a host that has none."""
    id: Annotated[str, Field(max_length=200)]
    acts_as: str
    name: str
    role: str
    exercise: str
    title: str = ""
    """Title of the exercise, for people."""
    token: Annotated[str, Field(max_length=128, repr=False)]

    @property
    def host(self) -> str:
        """The host whose seat it is."""
        return self.of


class AddressesFile(KeyFile):
    """The addresses that a host announced."""

    format: Literal[1] = 1
    certificate_sha256: str
    addresses: Annotated[tuple[str, ...], Field(strict=False, max_length=ADDRESSES)]

    @property
    def host(self) -> str:
        """The fingerprint of its certificate."""
        return self.certificate_sha256


Kind = TypeVar("Kind", bound=KeyFile)


def plain_address(address: str) -> str:
    """Normalise a typed address."""
    return address.strip().lower()


def folder_of_address(folder: Path, address: str) -> Path:
    """Return the folder for a host that is known by its address."""
    return folder / f"host-{quote(plain_address(address), safe='')}"


def short(seat_id: str) -> str:
    """Return a file name for a seat id: ids come from hosts that may not be trusted."""
    return hashlib.sha256(seat_id.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def read_key_file(path: Path, kind: type[Kind], host: str) -> Kind | None:
    """Read a key file; None if it does not exist. Raises `InputError` unless it is that host's."""
    data = read_private(path)
    if data is None:
        return None
    try:
        content = kind.model_validate(_upcast(json.loads(data)))
        if content.host != host:
            raise ValueError("it is another host's")
    except (ValueError, RecursionError):
        # Without the cause, which may quote the token.
        raise InputError(
            f"{path} is damaged. Remove it, ask the facilitator for a new code and join again"
        ) from None
    return content


def write_key_file(path: Path, content: KeyFile) -> None:
    """Replace the file, readable by this user alone. Raises `InputError`."""
    write_private(path, json.dumps(content.model_dump(), indent=1).encode("ascii") + b"\n")


def remove_key_file(path: Path) -> None:
    """Remove a file if it exists. Raises `InputError`."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{path} cannot be removed: {(error.strerror or '').lower()}") from error


def _upcast(data: object) -> object:
    """Upgrade a seat of format 1, which was known by its host's address, to the current format."""
    if isinstance(data, dict) and data.get("format") == 1 and "token" in data and "address" in data:
        rest = {name: value for name, value in data.items() if name not in ("format", "address")}
        return {**rest, "format": 2, "of": data["address"]}
    return data
