"""The files of a keyring: what each holds, how older ones are read on, what they are called."""

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
"""How many addresses of a host are kept."""


class KeyFile(BaseModel):
    """What all of them have in common: `host` says whose it is."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)

    @property
    def host(self) -> str:
        """An address, or the fingerprint of a certificate."""
        raise NotImplementedError


class PinFile(KeyFile):
    """The certificate that people compared at an address."""

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
    """The fingerprint of the host's certificate; the address of a host that shows none."""
    id: Annotated[str, Field(max_length=200)]
    acts_as: str
    name: str
    role: str
    exercise: str
    title: str = ""
    """Of the exercise, for people."""
    token: Annotated[str, Field(max_length=128, repr=False)]

    @property
    def host(self) -> str:
        """Whose seat it is."""
        return self.of


class AddressesFile(KeyFile):
    """Where a host said that it may be found."""

    format: Literal[1] = 1
    certificate_sha256: str
    addresses: Annotated[tuple[str, ...], Field(strict=False, max_length=ADDRESSES)]

    @property
    def host(self) -> str:
        """The fingerprint of its certificate."""
        return self.certificate_sha256


Kind = TypeVar("Kind", bound=KeyFile)


def plain_address(address: str) -> str:
    """An address however it was typed."""
    return address.strip().lower()


def folder_of_address(folder: Path, address: str) -> Path:
    """Where is kept what is known by an address."""
    return folder / f"host-{quote(plain_address(address), safe='')}"


def short(seat_id: str) -> str:
    """A name for a file: ids come from hosts, which may be anybody's."""
    return hashlib.sha256(seat_id.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def read_key_file(path: Path, kind: type[Kind], host: str) -> Kind | None:
    """What the file holds; None if there is none. Raises `InputError` unless it is that host's."""
    data = read_private(path)
    if data is None:
        return None
    try:
        content = kind.model_validate(_upcast(json.loads(data)))
        if content.host != host:
            raise ValueError("it is another host's")
    except (ValueError, RecursionError):
        # Without its cause, which may quote the token.
        raise InputError(
            f"{path} is damaged. Remove it, ask the facilitator for a new code and join again"
        ) from None
    return content


def write_key_file(path: Path, content: KeyFile) -> None:
    """Replace the file, for this user alone. Raises `InputError`."""
    write_private(path, json.dumps(content.model_dump(), indent=1).encode("ascii") + b"\n")


def remove_key_file(path: Path) -> None:
    """Remove a file that may be there. Raises `InputError`."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{path} cannot be removed: {(error.strerror or '').lower()}") from error


def _upcast(data: object) -> object:
    """A seat of format 1, which was known by the address of its host alone, in the present format."""
    if isinstance(data, dict) and data.get("format") == 1 and "token" in data and "address" in data:
        rest = {name: value for name, value in data.items() if name not in ("format", "address")}
        return {**rest, "format": 2, "of": data["address"]}
    return data
