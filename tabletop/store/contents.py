"""What is in the file of a log: its rows, what it says of itself, and whether the two are right."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from tabletop.store.codec import ENCODING, LONE_SURROGATES, StoredRow, check_row, row_hash
from tabletop.store.database import connect
from tabletop.store.log import GENESIS, Head, LogCorrupt

ROWS: Final = "SELECT seq, at, wall, seat, key, digest, type, v, body, prev_hash, hash FROM event"
# Bytes cast to text keep lone surrogates, which sqlite3 refuses in a str.
INSERT: Final = (
    "INSERT INTO event VALUES (?, ?, CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), "
    "?, ?, ?, ?, ?)"
)


class HeadRow(NamedTuple):
    """What a log says of itself."""

    seq: int
    hash: str
    open: bool


def encoded(row: StoredRow) -> tuple[object, ...]:
    """The row as `INSERT` takes it."""
    return (
        *row[:2],
        *(text.encode(ENCODING, LONE_SURROGATES) for text in row[2:6]),
        *row[6:],
    )


def read_head(connection: sqlite3.Connection, path: Path) -> HeadRow:
    """What the log says of itself. Raises `LogCorrupt` if it says nothing sensible."""
    match connection.execute("SELECT seq, hash, open FROM head").fetchall():
        case [(int(seq), str(last), 0 | 1 as is_open)]:
            return HeadRow(seq, last, bool(is_open))
    raise LogCorrupt(f"{path} is damaged: its note of the last event is unreadable")


def check_complete(head: HeadRow, path: Path, *, had_wal: bool) -> None:
    """Raise `LogCorrupt` for a copy of a log in use that came without its companion."""
    if head.open and not had_wal:
        raise LogCorrupt(
            f"{path} is not complete: it was copied while in use, or its companion {path.name}-wal is "
            "missing. Put that beside it, or take what there is: tabletop salvage LOG -o NEW"
        )


def check_companion(connection: sqlite3.Connection, path: Path) -> None:
    """Raise `LogCorrupt` unless what the -wal makes of the file goes on where the file itself ends."""
    alone = connect(path, "ro&immutable=1")  # as if there were no -wal
    try:
        last = last_row(alone)
        if last is None or row_hash(last) != last.hash:
            return
    except (sqlite3.Error, UnicodeError, AttributeError, TypeError):
        # A crash while events were moved into the file leaves it torn; only both together are then whole.
        return
    finally:
        alone.close()
    found = connection.execute("SELECT hash FROM event WHERE seq = ?", (last.seq,)).fetchone()
    if found != (last.hash,):
        raise LogCorrupt(
            f"{path} is not complete: the {path.name}-wal beside it belongs to another log. Put its own "
            "there, or take that one away"
        )


def last_row(connection: sqlite3.Connection) -> StoredRow | None:
    """The row with the highest number, unchecked; None when there is none."""
    found = connection.execute(f"{ROWS} ORDER BY seq DESC LIMIT 1").fetchone()
    return None if found is None else StoredRow._make(found)


def rows_in_order(connection: sqlite3.Connection) -> Iterator[StoredRow]:
    """Yield every row by number, unchecked, even one that no log should hold."""
    return map(StoredRow._make, connection.execute(f"{ROWS} ORDER BY seq"))


def check_chain(connection: sqlite3.Connection, path: Path, known: Head = (0, GENESIS)) -> Head:
    """Prove every row to be what was written and return the head; `known` must be in the chain.

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
        raise LogCorrupt(f"event {known[0]} was recorded and is no longer there", seq=known[0])
    return seq, prev_hash


def check_end(connection: sqlite3.Connection, path: Path, end: Head) -> None:
    """Raise `LogCorrupt` unless a log that ends so holds what it says of itself.

    While a process records, the log says where it stood when that process opened it.
    """
    claimed, (seq, last_hash) = read_head(connection, path), end
    if claimed.seq > seq:
        first, last = seq + 1, claimed.seq
        which = f"event {first} is" if first == last else f"events {first} to {last} are"
        raise LogCorrupt(f"{which} missing from the end", seq=first)
    if claimed.seq < seq:
        if not claimed.open:
            raise LogCorrupt(f"event {claimed.seq + 1} was added by other means", seq=claimed.seq + 1)
        query = "SELECT prev_hash FROM event WHERE seq = ?"
        (last_hash,) = connection.execute(query, (claimed.seq + 1,)).fetchone()
    if claimed.hash != last_hash:
        raise LogCorrupt(f"the log's note of event {claimed.seq} does not match it", seq=max(claimed.seq, 1))
