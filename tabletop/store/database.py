"""SQLite as logs use it: how it is opened, what it must promise, and its errors in plain words.

Never open a log's file by other means while this process holds it: on POSIX systems, closing any descriptor
of a file drops the process's locks on it.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

from tabletop.store.codec import ENCODING, LONE_SURROGATES, StoredRow, check_row
from tabletop.store.log import GENESIS, Head, LogCorrupt, LogFailed, LogInUse, LogNewer

APPLICATION_ID: Final = 0x7461626C  # "tabl"
FORMAT: Final = 1
"""Version of the tables below; each event has a version of its own besides."""

SCHEMA: Final = {
    "event": (
        "CREATE TABLE event (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, wall TEXT NOT NULL, "
        "seat TEXT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL, type TEXT NOT NULL, "
        "v INTEGER NOT NULL, body BLOB NOT NULL, prev_hash TEXT NOT NULL, hash TEXT NOT NULL)"
    ),
    # `open` is 1 while a process records: the file is then complete only with its -wal beside it.
    "head": (
        "CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL, "
        "hash TEXT NOT NULL, open INTEGER NOT NULL)"
    ),
}

ROWS: Final = "SELECT seq, at, wall, seat, key, digest, type, v, body, prev_hash, hash FROM event"
# Bytes cast to text keep lone surrogates, which sqlite3 refuses in a str.
INSERT: Final = (
    "INSERT INTO event VALUES (?, ?, CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), "
    "?, ?, ?, ?, ?)"
)

_SAFE: Final = (("trusted_schema", 0), ("cell_size_check", 1), ("mmap_size", 0), ("foreign_keys", 1))
_DURABLE: Final = (("synchronous", 2), ("fullfsync", 1), ("checkpoint_fullfsync", 1))


class HeadRow(NamedTuple):
    """What a log says of itself."""

    seq: int
    hash: str
    open: bool


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """Open the file in `ro` or `rw` mode; nothing is read yet. Raises sqlite3.Error."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=0,
        isolation_level=None,  # transactions begin where this package says so
        check_same_thread=False,  # the host appends from whichever thread it likes, one at a time
    )
    connection.text_factory = _text
    return connection


def _text(raw: bytes) -> str:
    return raw.decode(ENCODING, LONE_SURROGATES)


def encoded(row: StoredRow) -> tuple[object, ...]:
    """The row as `INSERT` takes it."""
    return (
        *row[:2],
        *(text.encode(ENCODING, LONE_SURROGATES) for text in row[2:6]),
        *row[6:],
    )


def make_exclusive(connection: sqlite3.Connection, path: Path) -> None:
    """Take the lock and keep it until the connection is closed; nothing is written.

    This comes before the write-ahead log is switched on, so that it needs no shared memory and no other
    process can come between.
    """
    require(connection, path, "locking_mode", "exclusive")
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("COMMIT")


def make_durable(connection: sqlite3.Connection, path: Path) -> None:
    """Switch on the write-ahead log, synced at every commit, down to the platter on macOS."""
    require(connection, path, "journal_mode", "wal")
    for name, value in _DURABLE:
        require(connection, path, name, value)


def make_safe(connection: sqlite3.Connection, path: Path) -> None:
    """Trust nothing that a file says about itself."""
    for name, value in _SAFE:
        require(connection, path, name, value)


def require(connection: sqlite3.Connection, path: Path, name: str, value: str | int) -> None:
    """Set a pragma and read it back. Raises `LogFailed` if it was not taken."""
    connection.execute(f"PRAGMA {name} = {value}").fetchall()
    found = connection.execute(f"PRAGMA {name}").fetchone()
    if found is not None and found[0] != value:  # None: left out of this SQLite when it was built
        raise LogFailed(
            f"{path} cannot be used safely: SQLite {sqlite3.sqlite_version} on this disk gives {name} = "
            f"{found[0]} instead of {value}"
        )


def check_identity(connection: sqlite3.Connection, path: Path) -> None:
    """Raise `LogCorrupt` unless this is a log, `LogNewer` if a later version made it."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        raise LogCorrupt(f"{path} is a database, but not a log of tabletop")
    if version > FORMAT:
        raise LogNewer(
            f"{path} was written by a newer version of tabletop (log format {version}; this one reads up to "
            f"{FORMAT}). Update tabletop to use it."
        )
    found = dict(connection.execute("SELECT name, sql FROM sqlite_master"))
    if version != FORMAT or found != SCHEMA:
        raise LogCorrupt(f"{path} is damaged: its tables are not those of a log")


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
            "missing. Put that beside it, or take what there is: tabletop verify LOG --salvage OUT"
        )


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
    check_head(read_head(connection, path), (seq, prev_hash))
    if not reached:
        raise LogCorrupt(f"event {known[0]} was recorded and is no longer there", seq=known[0])
    return seq, prev_hash


def check_head(claimed: HeadRow, found: Head) -> None:
    """Raise `LogCorrupt` unless the log ends where it says it does."""
    seq, last_hash = found
    if claimed.seq > seq:
        which = (
            f"event {claimed.seq} is" if claimed.seq == seq + 1 else f"events {seq + 1} to {claimed.seq} are"
        )
        raise LogCorrupt(f"{which} missing from the end", seq=seq + 1)
    if claimed.seq < seq:
        raise LogCorrupt(f"event {claimed.seq + 1} was added by other means", seq=claimed.seq + 1)
    if claimed.hash != last_hash:
        raise LogCorrupt(f"the log's note of its last event does not match event {seq}", seq=max(seq, 1))


@contextmanager
def plain_words(path: Path) -> Iterator[None]:
    """Turn what SQLite raises while a log is opened or read into `LogInUse`, `LogCorrupt` or `LogFailed`."""
    try:
        yield
    except LogCorrupt as error:
        if str(path) in error.message:
            raise
        raise LogCorrupt(f"{path}: {error.message}", seq=error.seq) from error
    except UnicodeDecodeError as error:  # seen for damaged files, whose error messages hold their bytes
        raise LogCorrupt(f"{path} is damaged: it holds bytes that are not text") from error
    except sqlite3.Error as error:
        raise _explained(error, path) from error


def _explained(error: sqlite3.Error, path: Path) -> LogInUse | LogCorrupt | LogFailed:
    match primary_code(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return LogInUse(f"another tabletop is using this log ({path}); close it there first")
        case sqlite3.SQLITE_NOTADB:
            return LogCorrupt(f"{path} is not a log of tabletop")
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN:
            return LogFailed(reason_for(error, path))
    return LogCorrupt(f"{path} is damaged: {error}")


def reason_for(error: Exception, path: Path) -> str:
    """Why the log cannot record, in plain words."""
    match primary_code(error):
        case sqlite3.SQLITE_FULL:
            return f"the disk that holds {path} is full; make room on it"
        case sqlite3.SQLITE_READONLY:
            return f"{path} cannot be written to: the file or its disk is read-only"
        case sqlite3.SQLITE_CANTOPEN:
            return f"{path} cannot be opened: check that you may read and write it and its folder"
        case sqlite3.SQLITE_IOERR:
            return f"the disk that holds {path} reports an error; it may be full, failing or unplugged"
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return f"{path} is damaged"
    return f"{path} cannot be written to: {error}"


def primary_code(error: Exception) -> int:
    """SQLite's result code without its details; 0 when the error has none."""
    code = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF if isinstance(code, int) else 0


def close_quietly(connection: sqlite3.Connection) -> None:
    """Close a connection whose state is doubtful, moving nothing into the file where that can be helped."""
    with suppress(sqlite3.Error):
        if sys.version_info >= (3, 12):
            connection.setconfig(sqlite3.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, True)
        connection.close()
