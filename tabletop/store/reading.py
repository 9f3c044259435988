"""Open logs for reading without changing them, even if a crash left them open."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from tabletop.store import contents
from tabletop.store import database as db
from tabletop.store.failures import primary_code, translated_errors
from tabletop.store.filesystem import check_log_file, companion, resolve_links
from tabletop.store.log import GENESIS, Head, LogFailed
from tabletop.store.loss import Loss, check_complete, find_loss
from tabletop.store.row import StoredRow, check_row

if TYPE_CHECKING:
    from tabletop.exercise.events import Record

_CHUNK: Final = 1000
_COMPANIONS: Final = ("wal", "journal")


def records_after(connection: sqlite3.Connection, path: Path, after: int) -> Iterator[Record]:
    """Yield the records after number `after`, verified. No statement stays open between chunks.

    Raises `LogCorrupt` at the first event that is damaged or missing; `LogNewer` at one that this version
    cannot read; sqlite3.Error.
    """
    from tabletop.store.codec import decode  # noqa: PLC0415 - a list of exercises needs no events

    seq, prev_hash = max(after, 0), GENESIS
    if seq:
        before = connection.execute("SELECT hash FROM event WHERE seq = ?", (seq,)).fetchone()
        if before is None:
            return
        (prev_hash,) = before
    while True:
        query = f"{contents.ROWS} WHERE seq > ? ORDER BY seq LIMIT {_CHUNK}"
        rows = connection.execute(query, (seq,)).fetchall()
        if not rows:
            break
        for row in map(StoredRow._make, rows):
            check_row(row, seq, prev_hash)
            seq, prev_hash = row.seq, row.hash
            yield decode(row)
    contents.check_end(connection, path, (seq, prev_hash))


class ReadLog:
    """A log opened by `read_only`; no process can record in it meanwhile."""

    def __init__(self, path: Path, connection: sqlite3.Connection, resources: ExitStack) -> None:
        """Take over an open connection; use `read_only`. `resources` are released by `close`."""
        self._path = path
        self._connection = connection
        self._resources = resources

    @property
    def path(self) -> Path:
        """Path of the log."""
        return self._path

    @property
    def head(self) -> Head:
        """Number and hash of the last event, unchecked. Raises `LogCorrupt`."""
        with translated_errors(self._path):
            last = contents.last_row(self._connection)
            return (0, GENESIS) if last is None else (last.seq, last.hash)

    def read(self, after: int = 0) -> Iterator[Record]:
        """Yield the records after number `after`, each verified.

        Raises `LogCorrupt` at the first that is damaged, `LogNewer` at one that this version cannot read.
        """
        with translated_errors(self._path):
            yield from records_after(self._connection, self._path, after)

    def rows(self) -> Iterator[StoredRow]:
        """Yield every row, unchecked. Raises `LogCorrupt` where SQLite cannot read on."""
        with translated_errors(self._path):
            yield from contents.rows_in_order(self._connection)

    def check_chain(self, known: Head = (0, GENESIS)) -> Head:
        """Verify the hash chain of all rows, with `known` in it. Raises `LogCorrupt`."""
        with translated_errors(self._path):
            return contents.check_chain(self._connection, self._path, known)

    def check_end(self, found: Head) -> None:
        """Raise `LogCorrupt` unless the head row agrees that the log ends with that event."""
        with translated_errors(self._path):
            contents.check_end(self._connection, self._path, found)

    @property
    def loss(self) -> Loss | None:
        """What the log has lost from its end, judged by its recorded head; None if nothing.

        Raises `LogCorrupt` if it has another event than the recorded one.
        """
        with translated_errors(self._path):
            return find_loss(self._connection, self._path)

    def ends(self) -> tuple[StoredRow, ...]:
        """Return the first and the last row, unchecked; an empty tuple for an empty log."""
        with translated_errors(self._path):
            both = (next(contents.rows_in_order(self._connection), None), contents.last_row(self._connection))
            return tuple(row for row in both if row is not None)

    def close(self) -> None:
        """Close the log; a second call does nothing."""
        self._resources.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def read_only(path: Path, *, incomplete: bool = False) -> ReadLog:
    """Open a log for reading without changing it.

    Raises `LogInUse` if a process is recording in it, `LogCorrupt` if it is not a log or, unless
    `incomplete`, lacks its -wal file; `LogNewer` if this version cannot read it; `InputError` for a path that
    is not a log; `LogFailed` if the disk fails.
    """
    path = resolve_links(path)
    check_log_file(path)
    had_wal = companion(path, "wal").exists()
    with ExitStack() as stack, translated_errors(path):
        connection = _connected(path, stack)
        if had_wal:
            contents.check_companion(connection, path)
        if not incomplete:
            check_complete(connection, path, had_wal=had_wal)
        return ReadLog(path, connection, stack.pop_all())
    raise AssertionError("unreachable: nothing above is suppressed")


def _connected(path: Path, stack: ExitStack) -> sqlite3.Connection:
    """Return a connection that can read the log, closed by the stack."""
    try:
        return _prepared(path, path, "ro", stack)
    except sqlite3.Error as error:
        # After a crash SQLite must write in order to read: beside the log, where it may lack permission, or
        # to the log itself. A copy allows that. No process is recording: that would be another error.
        if primary_code(error) not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
    return _prepared(_copied(path, stack), path, "rw", stack)


def _prepared(file: Path, path: Path, mode: str, stack: ExitStack) -> sqlite3.Connection:
    scratch = [beside for kind in ("shm", "wal") if not (beside := companion(file, kind)).exists()]
    connection = db.connect(file, mode)
    stack.callback(db.close_quietly, connection)
    db.make_safe(connection, path)
    connection.execute("BEGIN")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    # From here until the connection is closed no other process can record. Reading after a crash leaves
    # SQLite's scratch files behind; they must be removed while they can only be this connection's.
    if mode == "ro":
        stack.callback(_remove, scratch)
    db.check_identity(connection, path)
    return connection


def _remove(files: list[Path]) -> None:
    for file in files:
        with suppress(OSError):
            if file.name.endswith("-shm") or file.stat().st_size == 0:
                file.unlink()


def _copied(path: Path, stack: ExitStack) -> Path:
    try:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="tabletop-")))
        copy = folder / "log.db"
        shutil.copyfile(path, copy)
        for kind in _COMPANIONS:
            if companion(path, kind).exists():
                shutil.copyfile(companion(path, kind), companion(copy, kind))
    except OSError as error:
        raise LogFailed(f"{path} cannot be read: {(error.strerror or str(error)).lower()}") from error
    return copy
