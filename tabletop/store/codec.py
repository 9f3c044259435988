"""Encode records as stored rows, and decode them.

The body is the event as JSON: keys in the order of its model, no spaces, UTF-8. The order of a scenario's
teams and objectives is significant and is kept. A lone surrogate, which a terminal may deliver for a broken
byte, is not valid in UTF-8; it is encoded in three bytes (WTF-8), so that text comes back exactly as typed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final, get_args

from pydantic import ValidationError

from tabletop.exercise.events import EVENT, Event, Record
from tabletop.store.log import GENESIS, LogCorrupt, LogNewer
from tabletop.store.row import ENCODING, LONE_SURROGATES, StoredRow, row_hash

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]

VERSIONS: Final[Mapping[str, int]] = {
    kind.model_fields["type"].default: kind.model_fields["v"].default for kind in get_args(get_args(Event)[0])
}
"""The schema version that this program writes, by event type."""

UPCASTERS: Final[Mapping[tuple[str, int], Upcaster]] = {}
"""By type and version: converts a body to the next version. No type has a second version yet."""


def encode(record: Record, prev_hash: str = GENESIS) -> StoredRow:
    """Encode a record as the row that follows the row with the hash `prev_hash`."""
    event = record.event
    body = json.dumps(
        event.model_dump(mode="json"),
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    ).encode(ENCODING, LONE_SURROGATES)
    row = StoredRow(
        seq=record.seq,
        at=record.at,
        wall=record.wall,
        seat=record.seat,
        key=record.key,
        digest=record.digest,
        type=event.type,
        v=event.v,
        body=body,
        prev_hash=prev_hash,
        hash="",
    )
    return row._replace(hash=row_hash(row))


def decode(row: StoredRow) -> Record:
    """Decode the record in a row, without checking hashes; see `check_row`.

    Raises `LogNewer` for an event that only a later version of the program can read, `LogCorrupt` for one
    that cannot be read.
    """
    current = VERSIONS.get(row.type)
    if current is None or row.v > current:
        what = "version" if current is not None else "kind"
        raise LogNewer(
            f"event {row.seq} ('{row.type[:40]}', version {row.v}) is of a {what} that this program does not "
            "know: it was written by a newer version of tabletop. Update tabletop to read it."
        )
    try:
        event = _event(row, current)
        if event.type != row.type:
            raise LogCorrupt(f"event {row.seq} is marked '{row.type}' but is '{event.type}'", seq=row.seq)
        return Record(
            seq=row.seq,
            at=row.at,
            wall=row.wall,
            seat=row.seat,
            key=row.key,
            digest=row.digest,
            event=event,
        )
    except (ValueError, RecursionError) as error:  # ValidationError and UnicodeError are ValueErrors
        raise LogCorrupt(
            f"event {row.seq} ('{row.type}') cannot be read: {_first_problem(error)}", seq=row.seq
        ) from error


def _event(row: StoredRow, current: int) -> Event:
    if row.v == current:
        try:
            return EVENT.validate_json(row.body)
        except ValidationError:
            if _is_plain(row.body):
                raise
    # An older version, or text with lone surrogates, which pydantic's JSON parser refuses.
    data = json.loads(row.body.decode(ENCODING, LONE_SURROGATES))
    for version in range(row.v, current):
        data = UPCASTERS[row.type, version](data)
    return EVENT.validate_python(data)


def _is_plain(body: bytes) -> bool:
    try:
        body.decode(ENCODING)
    except UnicodeDecodeError:
        return False
    return True


def _first_problem(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        return f"{place}: {first['msg']}" if place else first["msg"]
    return str(error) or "it is nested too deeply"
