"""Tokens of seats that were requested and not confirmed yet.

A station chooses its token and keeps it here before it sends its code. If the answer is lost, the code may be
used up, but the token still opens the seat, so that no seat is orphaned.
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
from tabletop.link.seat_lock import lock_seat
from tabletop.system.clock import random_bytes
from tabletop.system.private_file import read_private, write_private

TOKEN_BYTES = 32


class _JoinFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)

    format: Literal[1] = 1
    token: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", repr=False)]


@dataclass(slots=True)
class PendingJoin:
    """One pending attempt to get a seat, locked by one program until `close`."""

    token: str = field(repr=False)
    _path: Path
    _held: IO[bytes]

    def done(self) -> None:
        """End the attempt: the seat is kept elsewhere, or the host has refused it."""
        with suppress(OSError):  # an attempt that stays is repeated, and answered the same way
            self._path.unlink(missing_ok=True)
            self._path.with_name(f"{self._path.name}.lock").unlink(missing_ok=True)

    def close(self) -> None:
        """Release the attempt to other programs."""
        self._held.close()


class PendingJoins:
    """The pending attempts at one host, kept in its folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def begin(self) -> PendingJoin:
        """Create a token and keep it on disk before it is sent. Raises `InputError`."""
        token = random_bytes(TOKEN_BYTES).hex()
        path = self._folder / f"joining-{hashlib.sha256(token.encode('ascii')).hexdigest()[:16]}.json"
        held = lock_seat(path)
        try:
            write_private(path, json.dumps(_JoinFile(token=token).model_dump()).encode("ascii"))
        except InputError:
            held.close()
            raise
        return PendingJoin(token, path, held)

    def unfinished(self) -> list[PendingJoin]:
        """Return the attempts that no other program holds; damaged files are skipped."""
        found: list[PendingJoin] = []
        for path in sorted(self._folder.glob("joining-*.json")):
            with suppress(InputError, ValueError):
                data, held = read_private(path), lock_seat(path)
                try:
                    found.append(
                        PendingJoin(_JoinFile.model_validate(json.loads(data or b"")).token, path, held)
                    )
                except ValueError:
                    held.close()
                    raise
        return found
