"""Rows as they are stored: their fields, their hash, and whether one follows another.

Each row carries the hash of the row before it and its own: the SHA-256, in hexadecimal, of the ASCII line

    tabletop-log 1 PREV_HASH SEQ AT V followed by the lengths in bytes of the six fields below

ended by a newline, and then of the bytes of wall, seat, key, digest, type and body one after another.

Nothing here knows events, so that a list of exercises need not load them.
"""

from __future__ import annotations

import hashlib
from typing import Final, NamedTuple

from tabletop.store.log import LogCorrupt

ENCODING: Final = "utf-8"
LONE_SURROGATES: Final = "surrogatepass"


class StoredRow(NamedTuple):
    """A record as it is stored."""

    seq: int
    at: int
    wall: str
    seat: str
    key: str
    digest: str
    type: str
    v: int
    body: bytes
    prev_hash: str
    hash: str


_KINDS: Final = (int, int, str, str, str, str, str, int, bytes, str, str)


def row_hash(row: StoredRow) -> str:
    """Compute the hash that the row should have."""
    seq, at, wall, seat, key, digest, kind, v, body, prev_hash, _ = row
    fields = [text.encode(ENCODING, LONE_SURROGATES) for text in (wall, seat, key, digest, kind)]
    fields.append(body)
    lengths = " ".join([str(len(field)) for field in fields])
    line = f"tabletop-log 1 {prev_hash} {seq} {at} {v} {lengths}\n"
    return hashlib.sha256(b"".join((line.encode(ENCODING, LONE_SURROGATES), *fields))).hexdigest()


def check_row(row: StoredRow, last: int, prev_hash: str) -> None:
    """Raise `LogCorrupt` unless the row is intact and follows event `last`, whose hash is `prev_hash`."""
    seq = row.seq
    if not all(map(isinstance, row, _KINDS)):
        raise LogCorrupt(f"event {last + 1} is damaged: a field has the wrong type", seq=last + 1)
    if seq != last + 1:
        raise LogCorrupt(_misnumbered(seq, last), seq=last + 1)
    if row_hash(row) != row.hash:
        raise LogCorrupt(f"event {seq} is not as it was written: its hash does not match", seq=seq)
    if row.prev_hash != prev_hash:
        raise LogCorrupt(f"event {seq} does not follow the event before it: the chain is broken", seq=seq)


def _misnumbered(seq: int, last: int) -> str:
    if seq <= last:
        return f"event {last + 1} is out of place: event {seq} is in its position"
    gap = f"event {last + 1} is" if seq == last + 2 else f"events {last + 1} to {seq - 1} are"
    return f"{gap} missing: event {seq} follows event {last}" if last else f"{gap} missing"
