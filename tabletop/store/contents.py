"""Read and check the tables of a log: its event rows, and its head row."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from tabletop.store.database import connect
from tabletop.store.log import GENESIS, Head, LogCorrupt
from tabletop.store.row import ENCODING, LONE_SURROGATES, StoredRow, check_row, row_hash

ROWS: Final = "SELECT seq, at, wall, seat, key, digest, type, v, body, prev_hash, hash FROM event"
# Bytes cast to text keep lone surrogates, which sqlite3 refuses in a str.
INSERT: Final = (
    "INSERT INTO event VALUES (?, ?, CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), "
    "?, ?, ?, ?, ?)"
)


class HeadRow(NamedTuple):
    """The head row: where the log stood when it was written."""

    seq: int
    hash: str
    open: bool


def insert_parameters(row: StoredRow) -> tuple[object, ...]:
    """Return the row as the parameters of `INSERT`."""
    return (
        *row[:2],
        *(text.encode(ENCODING, LONE_SURROGATES) for text in row[2:6]),
        *row[6:],
    )


def read_head(connection: sqlite3.Connection, path: Path) -> HeadRow:
    """Return the log's head row. Raises `LogCorrupt` if it is missing or invalid."""
    match connection.execute("SELECT seq, hash, open FROM head").fetchall():
        case [(int(seq), str(last), 0 | 1 as is_open)]:
            return HeadRow(seq, last, bool(is_open))
    raise LogCorrupt(f"{path} is damaged: its record of the last event is unreadable")


def check_companion(connection: sqlite3.Connection, path: Path) -> None:
    """Raise `LogCorrupt` unless the -wal file continues where the log file itself ends."""
    alone = connect(path, "ro&immutable=1")  # ignores the -wal file
    try:
        last = last_row(alone)
        if last is None or row_hash(last) != last.hash:
            return
    except (sqlite3.Error, UnicodeError, AttributeError, TypeError):
        # A crash during a checkpoint leaves the file torn; only both files together are then consistent.
        return
    finally:
        alone.close()
    found = connection.execute("SELECT hash FROM event WHERE seq = ?", (last.seq,)).fetchone()
    if found != (last.hash,):
        raise LogCorrupt(
            f"{path} is not complete: the {path.name}-wal beside it belongs to another log. Replace it with "
            "the right one, or remove it"
        )


def last_row(connection: sqlite3.Connection) -> StoredRow | None:
    """Return the row with the highest number, unchecked; None if there is none."""
    found = connection.execute(f"{ROWS} ORDER BY seq DESC LIMIT 1").fetchone()
    return None if found is None else StoredRow._make(found)


def rows_in_order(connection: sqlite3.Connection) -> Iterator[StoredRow]:
    """Yield all rows by number, unchecked, including invalid ones."""
    return map(StoredRow._make, connection.execute(f"{ROWS} ORDER BY seq"))


def check_chain(connection: sqlite3.Connection, path: Path, known: Head = (0, GENESIS)) -> Head:
    """Verify the hash chain of all rows and return the head; `known` must be in the chain.

    Raises `LogCorrupt` naming the first bad event.
    """
    seq, prev_hash = 0, GENESIS
    reached = known == (seq, prev_hash)
    for row in rows_in_order(connection):
        check_row(row, seq, prev_hash)
        seq, prev_hash = row.seq, row.hash
        reached = reached or known == (seq, prev_hash)
    check_end(connection, path, (seq, prev_hash))
    if not reached:
        raise LogCorrupt(f"event {known[0]} was recorded and is now missing", seq=known[0])
    return seq, prev_hash


def check_end(connection: sqlite3.Connection, path: Path, end: Head) -> None:
    """Raise `LogCorrupt` unless a log that ends with event `end` agrees with its head row.

    While a process records, the head row says where the log stood when that process opened it.
    """
    claimed, (seq, last_hash) = read_head(connection, path), end
    if claimed.seq > seq:
        first, last = seq + 1, claimed.seq
        which = f"event {first} is" if first == last else f"events {first} to {last} are"
        raise LogCorrupt(f"{which} missing from the end", seq=first)
    if claimed.seq < seq:
        if not claimed.open:
            raise LogCorrupt(f"event {claimed.seq + 1} was not added by tabletop", seq=claimed.seq + 1)
        query = "SELECT prev_hash FROM event WHERE seq = ?"
        (last_hash,) = connection.execute(query, (claimed.seq + 1,)).fetchone()
    if claimed.hash != last_hash:
        raise LogCorrupt(
            f"the log's record of event {claimed.seq} does not match it", seq=max(claimed.seq, 1)
        )
