"""The token of a seat that was asked for and not confirmed yet.

A station chooses the token by which it wants to be known and keeps it here before it sends its code. If the
answer is lost, the code may be spent; but the token opens the seat, so that no seat is left to nobody.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from tabletop.errors import InputError
from tabletop.link.hold import hold
from tabletop.system.clock import random_bytes
from tabletop.system.private_file import read_private, write_private

TOKEN_BYTES = 32


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)

    format: Literal[1] = 1
    token: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", repr=False)]


@dataclass(slots=True)
class Joining:
    """One try to get a seat. One program works on it, until `close`."""

    token: str = field(repr=False)
    _path: Path
    _held: IO[bytes]

    def done(self) -> None:
        """It came to an end: the seat is kept elsewhere, or the host has refused it."""
        with suppress(OSError):  # what cannot be removed is asked of the host again, and answered again
            self._path.unlink(missing_ok=True)
            self._path.with_name(f"{self._path.name}.lock").unlink(missing_ok=True)

    def close(self) -> None:
        """Leave it to others."""
        self._held.close()


class Joinings:
    """The tries at one host that did not come to an end, kept in its folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def begin(self) -> Joining:
        """A new token, kept on disk before anybody is told of it. Raises `InputError`."""
        token = random_bytes(TOKEN_BYTES).hex()
        path = self._folder / f"joining-{hashlib.sha256(token.encode('ascii')).hexdigest()[:16]}.json"
        held = hold(path)
        try:
            write_private(path, json.dumps(_File(token=token).model_dump()).encode("ascii"))
        except InputError:
            held.close()
            raise
        return Joining(token, path, held)

    def unfinished(self) -> list[Joining]:
        """Those that no other program works on. One that is damaged is of no use to anybody, and left out."""
        found: list[Joining] = []
        for path in sorted(self._folder.glob("joining-*.json")):
            with suppress(InputError, ValueError):
                data, held = read_private(path), hold(path)
                try:
                    found.append(Joining(_File.model_validate(json.loads(data or b"")).token, path, held))
                except ValueError:
                    held.close()
                    raise
        return found
