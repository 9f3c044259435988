"""SQLite connections of logs: opening, locking, pragmas, schema, closing.

Never open a log's file by other means while this process holds it: on POSIX systems, closing any descriptor
of a file releases the process's locks on it.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from tabletop.store.filesystem import companion, is_gone
from tabletop.store.log import GENESIS, LogCorrupt, LogFailed, LogNewer
from tabletop.store.recorded_head import RecordedHead
from tabletop.store.row import ENCODING, LONE_SURROGATES
from tabletop.system.private_file import sync_folder

APPLICATION_ID: Final = 0x7461626C  # "tabl"
FORMAT: Final = 2
"""Version of the log files; each event also has a version of its own."""

RECORDED_HEAD_SINCE: Final = 2
"""The first format in which an open log has its recorded head beside it. The tables are those of format 1."""

SCHEMA: Final = {
    "event": (
        "CREATE TABLE event (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, wall TEXT NOT NULL, "
        "seat TEXT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL, type TEXT NOT NULL, "
        "v INTEGER NOT NULL, body BLOB NOT NULL, prev_hash TEXT NOT NULL, hash TEXT NOT NULL)"
    ),
    # Where the log stood when this row was written. `open` is 1 while a process records: the file is then
    # complete only together with its -wal file.
    "head": (
        "CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL, "
        "hash TEXT NOT NULL, open INTEGER NOT NULL)"
    ),
}

_PATIENCE: Final = 0.2
"""Seconds to wait for a lock: enough for a process that only looks at the log, not for one that records."""

_SAFE: Final = (("trusted_schema", 0), ("cell_size_check", 1), ("mmap_size", 0), ("foreign_keys", 1))
_DURABLE: Final = (
    ("synchronous", 2),
    ("fullfsync", 1),
    ("checkpoint_fullfsync", 1),
    ("wal_autocheckpoint", 16),
)
WAL_BYTES: Final = 32 + 24 * (4096 + 24)
"""Bytes preallocated for the -wal: what is recorded before SQLite checkpoints it."""


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """Open the file in `ro` or `rw` mode without reading from it. Raises sqlite3.Error."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=_PATIENCE,
        isolation_level=None,  # transactions are explicit
        check_same_thread=False,  # the host appends from different threads, one at a time
    )
    connection.text_factory = _text
    return connection


def _text(raw: bytes) -> str:
    return raw.decode(ENCODING, LONE_SURROGATES)


def make_exclusive(connection: sqlite3.Connection, path: Path) -> None:
    """Lock the file until the connection is closed, without writing.

    Call it before switching on the write-ahead log, which then needs no shared memory, and no other process
    can get in between.
    """
    require(connection, path, "locking_mode", "exclusive")
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("COMMIT")


def make_durable(connection: sqlite3.Connection, path: Path) -> None:
    """Switch on the write-ahead log, synced at every commit, with F_FULLFSYNC on macOS."""
    require(connection, path, "journal_mode", "wal")
    for name, value in _DURABLE:
        require(connection, path, name, value)


def make_safe(connection: sqlite3.Connection, path: Path) -> None:
    """Set the pragmas for opening an untrusted file."""
    for name, value in _SAFE:
        require(connection, path, name, value)


def require(connection: sqlite3.Connection, path: Path, name: str, value: str | int) -> None:
    """Set a pragma and read it back. Raises `LogFailed` if it was not accepted."""
    connection.execute(f"PRAGMA {name} = {value}").fetchall()
    found = connection.execute(f"PRAGMA {name}").fetchone()
    if found is not None and found[0] != value:  # None: this SQLite was built without it
        raise LogFailed(
            f"{path} cannot be used safely: SQLite {sqlite3.sqlite_version} on this disk gives {name} = "
            f"{found[0]} instead of {value}"
        )


def write_schema(path: Path) -> None:
    """Turn the empty file into a log, durably; it is checked when the log is opened."""
    connection = connect(path, "rw")
    try:
        make_exclusive(connection, path)
        require(connection, path, "synchronous", 3)  # EXTRA: the folder is synced with the journal
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {FORMAT}")
        for statement in SCHEMA.values():
            connection.execute(statement)
        connection.execute("INSERT INTO head VALUES (1, 0, ?, 0)", (GENESIS,))
        connection.execute("COMMIT")
    finally:
        connection.close()
    sync_folder(path.parent)


def check_identity(connection: sqlite3.Connection, path: Path) -> None:
    """Raise `LogCorrupt` unless this is a log, `LogNewer` if a later version wrote it."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    version = format_of(connection)
    if application != APPLICATION_ID:
        raise LogCorrupt(f"{path} is a database, but not a tabletop log")
    if version > FORMAT:
        raise LogNewer(
            f"{path} was written by a newer version of tabletop (log format {version}; this one reads up to "
            f"{FORMAT}). Update tabletop to use it."
        )
    found = dict(connection.execute("SELECT name, sql FROM sqlite_master"))
    if version < 1 or found != SCHEMA:
        raise LogCorrupt(f"{path} is damaged: its tables are not those of a log")


def format_of(connection: sqlite3.Connection) -> int:
    """Return the format in which a log was last opened for writing."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def abandon(connection: sqlite3.Connection, path: Path, recorded: RecordedHead) -> None:
    """Release a log without a checkpoint: after a failure, or if it was never closed."""
    recorded.close()
    close_quietly(connection)
    # SQLite may have checkpointed and removed the -wal. The head row still says that there must be one, and
    # an empty one shows that nothing is missing.
    with suppress(OSError):
        if not is_gone(path):
            companion(path, "wal").touch(mode=0o600)


def close_quietly(connection: sqlite3.Connection) -> None:
    """Close a connection in an unknown state, without a checkpoint if possible."""
    with suppress(sqlite3.Error):
        if sys.version_info >= (3, 12):
            connection.setconfig(sqlite3.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, True)
        connection.close()
