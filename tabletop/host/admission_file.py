"""The roster on disk, beside the log: seats, pens and hashes of tokens; no token and no code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

from immutables import Map
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from tabletop.errors import InputError
from tabletop.protocol.roster import Roster, Seated, SeatInfo
from tabletop.system.private_file import read_private, write_private


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)


class _Seat(_Model):
    id: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    acts_as: Annotated[str, Field(min_length=1, max_length=80)]
    name: Annotated[str, Field(max_length=80)]
    role: Annotated[str, Field(max_length=80)]
    token_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class _SeatsFile(_Model):
    format: Literal[1]
    seats: list[_Seat]
    pens: dict[str, str | None]

    @model_validator(mode="after")
    def _consistent(self) -> _SeatsFile:
        by_id = {seat.id: seat for seat in self.seats}
        if len(by_id) != len(self.seats) or len({one.token_sha256 for one in self.seats}) != len(by_id):
            raise ValueError("a seat is listed twice")
        for team, holder in self.pens.items():
            if holder is not None and (holder not in by_id or by_id[holder].acts_as != team):
                raise ValueError("a pen is held by a seat that is not of its team")
        return self


def seats_path(log: Path) -> Path:
    """Return the path of an exercise's roster."""
    return log.with_name(f"{log.name}-seats.json")


def roster_saver(path: Path) -> Callable[[Roster], None]:
    """Return a function that saves a roster to that path."""

    def keep(roster: Roster) -> None:
        write_roster(path, roster)

    return keep


def write_roster(path: Path, roster: Roster) -> None:
    """Replace the file durably, readable by this user alone. Raises `InputError`."""
    seats = [
        _Seat(
            id=one.info.id,
            acts_as=one.info.acts_as,
            name=one.info.name,
            role=one.info.role,
            token_sha256=one.proof.hex(),
        )
        for one in roster.seated
    ]
    content = _SeatsFile(format=1, seats=seats, pens=dict(roster.pens))
    write_private(path, json.dumps(content.model_dump(), indent=1).encode("ascii") + b"\n")


def read_roster(path: Path) -> Roster:
    """Read the file; return an empty roster if it does not exist. Raises `InputError` in plain words."""
    data = read_private(path)
    if data is None:
        return Roster()
    try:
        content = _SeatsFile.model_validate(json.loads(data, object_pairs_hook=_once))
    except (ValueError, RecursionError) as error:  # ValidationError and UnicodeError are ValueErrors
        raise InputError(
            f"{path} holds the list of seats and is damaged ({_first_problem(error)}). Move it away and "
            "start again: the exercise goes on, and every station joins with a new code"
        ) from error
    return Roster(
        seated=tuple(
            Seated(SeatInfo(one.id, one.acts_as, one.name, one.role), bytes.fromhex(one.token_sha256))
            for one in content.seats
        ),
        pens=Map(content.pens),
    )


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    return found


def _first_problem(error: Exception) -> str:
    """Describe the error without quoting the file."""
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(str(part) for part in first["loc"] if isinstance(part, int) or part.isidentifier())
        return f"{place[:80]}: {first['msg'].lower()}" if place else first["msg"].lower()
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}, column {error.colno}"
    return "it is not text that tabletop wrote"
