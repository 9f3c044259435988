"""The log in SQLite: one file, one writer, durable when `append` returns."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self
from weakref import finalize

from tabletop.errors import InputError
from tabletop.exercise.events import Record
from tabletop.store import contents
from tabletop.store import database as db
from tabletop.store.codec import encode
from tabletop.store.failures import reason_for, translated_errors
from tabletop.store.filesystem import (
    Identity,
    check_log_file,
    check_place,
    companion,
    create_private,
    identity,
    is_gone,
    preallocate,
    resolve_links,
    unused_path,
)
from tabletop.store.log import GENESIS, Head, LogFailed, check_order
from tabletop.store.loss import LogShorter, Loss, check_complete
from tabletop.store.reading import ReadLog, read_only, records_after
from tabletop.store.recorded_head import KIND, RecordedHead, remove_recorded_head
from tabletop.store.row import StoredRow
from tabletop.store.second_copy import SecondCopy, check_copy
from tabletop.system.private_file import sync_folder

__all__ = ["ReadLog", "SqliteLog", "read_only"]

_CHECKPOINTED: Final = frozenset({"gate-reached", "phase-began", "play-paused", "exercise-ended"})
"""Events after which there is time for a checkpoint."""


class SqliteLog:
    """The log of one exercise, locked by this process until it is closed.

    It can be used from any thread, one call at a time. After a failure the connection is never used again: an
    fsync that failed once reports success the next time although nothing is on the disk.
    """

    def __init__(self, path: Path) -> None:
        """Prepare a closed log; use `create` or `open`."""
        self._path = path
        self._head: Head = (0, GENESIS)
        self._connection: sqlite3.Connection | None = None
        self._abandon: finalize[[sqlite3.Connection, Path, RecordedHead], SqliteLog] | None = None
        self._recorded: RecordedHead | None = None
        self._files: dict[Path, Identity | None] = {}
        self.loss: Loss | None = None
        """What the log had lost, or may have, when it was opened; accepted by the caller."""
        self._copy: SecondCopy | None = None
        self._failure: str | None = f"{path} is not open"

    @classmethod
    def create(cls, path: Path) -> Self:
        """Create an empty log with mode 0600 and open it.

        Raises `InputError` if the file exists or its place is unsuitable, `LogFailed` if the disk fails.
        """
        path = path.absolute()
        _check_unused(path)
        create_private(path)
        new = companion(path, "new")  # renamed once it is a log: a power cut leaves an empty file or a log
        try:
            path = resolve_links(path)
            check_place(path.parent)
            with translated_errors(path):
                new.unlink(missing_ok=True)
                create_private(new)
                db.write_schema(new)
                new.replace(path)
                sync_folder(path.parent)
            return cls.open(path)
        except BaseException:
            beside = (companion(path, kind) for kind in ("wal", KIND))
            for file in (path, *beside, new, companion(new, "journal")):
                file.unlink(missing_ok=True)
            raise

    @classmethod
    def open(cls, path: Path, *, accept_loss: bool = False) -> Self:
        """Open a log for writing and verify every row.

        With `accept_loss` a log that has lost events is opened too: its files are first copied beside it, and
        `loss` says what is missing. Otherwise raises `LogShorter` for such a log. Raises `LogInUse` if
        another process has it open, `LogCorrupt` if it is damaged, `LogNewer` if this version cannot read it,
        `LogFailed` if the disk fails, `InputError` for a path that is not a log.
        """
        log = cls(resolve_links(path))
        if accept_loss:
            log.loss = _set_aside(log.path)
        log._hold()
        return log

    @property
    def path(self) -> Path:
        """Path of the log."""
        return self._path

    @property
    def head(self) -> Head:
        """Number and hash of the last event; `(0, GENESIS)` if there is none."""
        return self._head

    def append(self, records: Sequence[Record]) -> None:
        """Record all of these or none; they are durable on return. Raises `LogFailed`."""
        self.check()
        check_order(records, self._head[0])
        prev_hash, rows = self._head[1], []
        for record in records:
            rows.append(encode(record, prev_hash))
            prev_hash = rows[-1].hash
        self.append_rows(rows)

    def append_rows(self, rows: Sequence[StoredRow]) -> None:
        """Append rows that follow the head. Raises `LogFailed`."""
        if not rows:
            return
        connection = self._live()
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(contents.INSERT, map(contents.insert_parameters, rows))
            connection.execute("COMMIT")
            self._head = (rows[-1].seq, rows[-1].hash)
            self._note_head()
            if self._copy is not None:
                self._copy.add(rows)
            if not _CHECKPOINTED.isdisjoint(row.type for row in rows):
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        except (sqlite3.Error, OSError) as error:
            raise self._failed(reason_for(error, self._path)) from error
        except BaseException:  # Ctrl-C, perhaps in the middle of COMMIT
            self._failure = f"recording in {self._path} was interrupted"
            raise

    def copy_to(self, copy: SecondCopy) -> None:
        """Write everything recorded so far, and from now on, to a second copy as well."""
        with translated_errors(self._path):
            copy.add([row for row in contents.rows_in_order(self._live()) if row.seq > copy.given])
        self._copy = copy

    def check_copy(self, path: Path) -> int:
        """Return the number of events in a second copy, before play; 0 if there is none.

        Raises `NotACopyError` for the copy of another log.
        """
        with translated_errors(self._path):
            return check_copy(path, list(contents.rows_in_order(self._live())))

    def read(self, after: int = 0) -> Iterator[Record]:
        """Yield the records after number `after`, including those appended meanwhile."""
        with translated_errors(self._path):
            yield from records_after(self._live(), self._path, after)

    def check(self) -> None:
        """Raise `LogFailed` after a failure, or if the file was deleted or replaced meanwhile."""
        self._live()
        for file, known in self._files.items():
            if identity(file) != known:
                raise self._failed(
                    f"{file} was deleted, moved or replaced while in use. Put it back; "
                    "if it is gone, try again, and it is written from memory"
                )

    def reopen(self, known: Sequence[Record] = ()) -> None:
        """Reopen the file and verify that everything acknowledged is still there.

        If the file is gone, it is written again from `known`. Raises `LogFailed`; the log then refuses every
        call until `reopen` succeeds.
        """
        self._let_go(f"{self._path} could not be opened again")
        try:
            if known and is_gone(self._path):
                with translated_errors(self._path):
                    self._rewrite(known)
            self._hold(self._head)
            if self._copy is not None:
                self.copy_to(self._copy)
        except (LogFailed, InputError) as error:
            raise self._failed(error.message) from error

    def close(self) -> None:
        """Checkpoint everything into the one file and close it; a second call does nothing.

        Raises `LogFailed` if that fails. What was recorded is then safe as long as the -wal file stays beside
        the log.
        """
        if self._connection is None or self._failure is not None:
            self._let_go(f"{self._path} is closed")
            return
        try:
            self.check()
            connection = self._live()
            self._mark(connection, self._head, is_open=False)
            db.require(connection, self._path, "journal_mode", "delete")
            connection.close()
            if self._abandon is not None:
                self._abandon.detach()
            if self._recorded is not None:
                self._recorded.close()
            remove_recorded_head(self._path)
        except (sqlite3.Error, OSError) as error:
            raise LogFailed(
                f"{reason_for(error, self._path)}. Everything recorded is kept as long as "
                f"{companion(self._path, 'wal').name} stays beside it."
            ) from error
        finally:
            self._let_go(f"{self._path} is closed")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _live(self) -> sqlite3.Connection:
        if self._connection is None or self._failure is not None:
            raise LogFailed(self._failure or f"{self._path} is closed")
        return self._connection

    def _note_head(self) -> None:
        if self._recorded is not None:
            self._recorded.note(self._head)

    def _failed(self, why: str) -> LogFailed:
        self._failure = why
        return LogFailed(why)

    def _let_go(self, why: str) -> None:
        if self._abandon is not None:
            self._abandon()
        self._connection, self._failure = None, why

    def _rewrite(self, known: Sequence[Record]) -> None:
        """Write the log again under another name, and rename it once it is complete."""
        beside = self._path.with_name(f"{self._path.name}-anew")
        for left in (beside, companion(beside, "wal"), companion(beside, KIND)):  # from an earlier crash
            left.unlink(missing_ok=True)
        with SqliteLog.create(beside) as copy:
            copy.append(known)
            if copy.head != self._head:
                raise LogFailed(f"{self._path} is gone and cannot be written again as it was")
        wal = companion(self._path, "wal")
        if wal.exists():  # SQLite would apply it to the new file
            wal.replace(companion(self._path, "wal-before"))
        beside.rename(self._path)
        sync_folder(self._path.parent)

    def _hold(self, known: Head = (0, GENESIS)) -> None:
        """Lock the log, verify every row, and mark the file as in use."""
        path = self._path
        check_log_file(path, to_write=True)
        check_place(path.parent)
        wal = companion(path, "wal")
        had_wal = wal.exists()
        # A -wal left by a crash, or of another log, is checkpointed at the latest when a writable connection
        # is closed; so it has to be verified before there is one.
        accepted = self.loss is not None
        with read_only(path, incomplete=accepted) as reader:
            if not accepted and known == (0, GENESIS):
                self.loss = reader.loss
                if self.loss is not None and not self.loss.tolerated:
                    raise LogShorter(self.loss)
            if had_wal:
                reader.check_chain(known)
        with translated_errors(path):
            connection = db.connect(path, "rw")
            try:
                db.make_exclusive(connection, path)
                db.make_safe(connection, path)
                db.check_identity(connection, path)
                if not accepted:
                    check_complete(connection, path, had_wal=had_wal)
                head = contents.check_chain(connection, path, known)
                db.make_durable(connection, path)
                recorded = RecordedHead.create(path, head)
                # Also called when the log is garbage-collected, or the program exits without closing it.
                self._abandon = finalize(self, db.abandon, connection, path, recorded)
                self._mark(connection, head, is_open=True)
                preallocate(wal, db.WAL_BYTES)
            except BaseException:
                self._let_go(f"{path} is not open")
                db.close_quietly(connection)
                raise
        self._files = {file: identity(file) for file in (path, wal, companion(path, KIND))}
        self._connection, self._recorded = connection, recorded
        self._head, self._failure = head, None

    def _mark(self, connection: sqlite3.Connection, head: Head, *, is_open: bool) -> None:
        """Write the head row: where the log stands, and whether it is complete without its -wal.

        The -wal exists, durably, before the row says so, and everything is in the file before the row says
        otherwise; so a kill or a power cut in between leaves a log that opens.
        """
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"PRAGMA user_version = {db.FORMAT}")
        connection.execute("UPDATE head SET seq = ?, hash = ?, open = ?", (*head, int(is_open)))
        connection.execute("COMMIT")
        with suppress(FileNotFoundError):  # detected by `check`
            sync_folder(self._path.parent)
        (blocked, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if blocked:
            raise LogFailed(f"{self._path} could not be brought up to date: another program is reading it")


def _check_unused(path: Path) -> None:
    """Raise `InputError` if files of a deleted log are left: they would be taken for the new log's."""
    for kind in ("wal", KIND):
        if identity(beside := companion(path, kind)) is not None:
            raise InputError(
                f"{beside} belongs to a log that is no longer there; move it away, or give another path"
            )


def _set_aside(path: Path) -> Loss | None:
    """Copy the files of a log that has lost events, and return the loss; None if it has lost nothing.

    Raises `InputError` if they cannot be copied.
    """
    with read_only(path, incomplete=True) as reader:
        loss = reader.loss
    if loss is None or loss.tolerated:
        return None
    aside = unused_path(path.with_name(f"{path.stem}-before-loss{path.suffix}"))
    try:
        for file in (path, *(companion(path, kind) for kind in ("wal", KIND))):
            if file.exists():
                copy = aside.with_name(aside.name + file.name.removeprefix(path.name))
                create_private(copy)
                shutil.copyfile(file, copy)
    except OSError as error:
        raise InputError(f"{aside} cannot be written, to keep what is left of {path}: {error}") from error
    return loss
