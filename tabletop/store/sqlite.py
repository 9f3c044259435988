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
from tabletop.store.codec import StoredRow, encode
from tabletop.store.failures import plain_words, reason_for
from tabletop.store.filesystem import (
    Identity,
    check_log_file,
    check_place,
    companion,
    create_private,
    identity,
    is_gone,
    make_room,
    resolved,
    unused,
)
from tabletop.store.log import GENESIS, Head, LogFailed, check_order
from tabletop.store.loss import LogShorter, Loss
from tabletop.store.reading import ReadLog, read_only, records_after
from tabletop.store.recorded_head import KIND, RecordedHead, remove_recorded_head
from tabletop.store.second_copy import SecondCopy, check_copy
from tabletop.system.private_file import sync_folder

__all__ = ["ReadLog", "SqliteLog", "read_only"]

_CHECKPOINTED: Final = frozenset({"gate-reached", "phase-began", "play-paused", "exercise-ended"})
"""Events after which nothing presses: what stands in the -wal is then moved into the file."""


class SqliteLog:
    """The log of one exercise, held by this process alone until it is closed.

    Calls come one at a time, from any thread. After a failure the connection is never used again: a sync
    that failed once reports success the next time although nothing is on the disk.
    """

    def __init__(self, path: Path) -> None:
        """For `create` and `open`; nothing is open yet."""
        self._path = path
        self._head: Head = (0, GENESIS)
        self._connection: sqlite3.Connection | None = None
        self._abandon: finalize[[sqlite3.Connection, Path, RecordedHead], SqliteLog] | None = None
        self._recorded: RecordedHead | None = None
        self._files: dict[Path, Identity | None] = {}
        self.loss: Loss | None = None
        """What the log may have lost when it was opened, and whoever opened it accepts."""
        self._copy: SecondCopy | None = None
        self._failure: str | None = f"{path} is not open"

    @classmethod
    def create(cls, path: Path) -> Self:
        """Create an empty log that only the user can read, and hold it.

        Raises `InputError` if there is such a file already or the place will not do, `LogFailed` if the disk
        fails.
        """
        path = path.absolute()
        _check_unused(path)
        create_private(path)
        new = companion(path, "new")  # put in place once it is a log: a power cut leaves an empty file or one
        try:
            path = resolved(path)
            check_place(path.parent)
            with plain_words(path):
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
        """Hold a log, every row of it checked.

        With `accept_loss` a log that has lost events is opened too: what is left of its files is kept beside
        it, and `loss` says what is missing. Raises `LogShorter` for such a log otherwise, `LogInUse` if
        another process holds it, `LogCorrupt` if it is not what was written, `LogNewer` if this version
        cannot read it, `LogFailed` if the disk fails, `InputError` for a path that is no log.
        """
        log = cls(resolved(path))
        if accept_loss:
            log.loss = _set_aside(log.path)
        log._hold()
        return log

    @property
    def path(self) -> Path:
        """Where the log is."""
        return self._path

    @property
    def head(self) -> Head:
        """Number and hash of the last event; `(0, GENESIS)` when there is none."""
        return self._head

    def append(self, records: Sequence[Record]) -> None:
        """Record all of these or none; they are durable when this returns. Raises `LogFailed`."""
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
            connection.executemany(contents.INSERT, map(contents.encoded, rows))
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
        """Have everything recorded written to a second copy as well, now and from now on."""
        with plain_words(self._path):
            copy.add([row for row in contents.rows_in_order(self._live()) if row.seq > copy.given])
        self._copy = copy

    def check_copy(self, path: Path) -> int:
        """Return how many events a second copy holds, before play; 0 if there is none.

        Raises `NotACopyError` for the copy of something else.
        """
        with plain_words(self._path):
            return check_copy(path, list(contents.rows_in_order(self._live())))

    def read(self, after: int = 0) -> Iterator[Record]:
        """Yield the records after number `after`, those appended meanwhile among them."""
        with plain_words(self._path):
            yield from records_after(self._live(), self._path, after)

    def check(self) -> None:
        """Raise `LogFailed` after a failure, or if the file was deleted or replaced meanwhile."""
        self._live()
        for file, known in self._files.items():
            if identity(file) != known:
                raise self._failed(
                    f"{file} was deleted, moved or replaced while in use. Put it back; "
                    "if it is gone, try again, and it is written anew"
                )

    def reopen(self, known: Sequence[Record] = ()) -> None:
        """Let go of the file, hold it again and prove that everything acknowledged is still there.

        Where no file is any more, one is written from what is `known` of it. Raises `LogFailed`; the log then
        refuses everything until a later call succeeds.
        """
        self._let_go(f"{self._path} could not be opened again")
        try:
            if known and is_gone(self._path):
                with plain_words(self._path):
                    self._write_anew(known)
            self._hold(self._head)
            if self._copy is not None:
                self.copy_to(self._copy)
        except (LogFailed, InputError) as error:
            raise self._failed(error.message) from error

    def close(self) -> None:
        """Put everything into the one file and let go of it; a second call does nothing.

        Raises `LogFailed` if that cannot be done. What was recorded is then safe as long as the file's
        -wal companion stays beside it.
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

    def _write_anew(self, known: Sequence[Record]) -> None:
        """Write the log again beside its place, and put it there once it is whole."""
        beside = self._path.with_name(f"{self._path.name}-anew")
        for left in (beside, companion(beside, "wal"), companion(beside, KIND)):  # by a crash in here
            left.unlink(missing_ok=True)
        with SqliteLog.create(beside) as copy:
            copy.append(known)
            if copy.head != self._head:
                raise LogFailed(f"{self._path} is gone and cannot be written again as it was")
        wal = companion(self._path, "wal")
        if wal.exists():  # SQLite would take what it holds for a part of the new file
            wal.replace(companion(self._path, "wal-before"))
        beside.rename(self._path)
        sync_folder(self._path.parent)

    def _hold(self, known: Head = (0, GENESIS)) -> None:
        """Take the lock, check every row, and make the mark that the file is in use."""
        path = self._path
        check_log_file(path, to_write=True)
        check_place(path.parent)
        wal = companion(path, "wal")
        had_wal = wal.exists()
        # A -wal of a crash, or of another log, is moved into the file at the latest when a connection that
        # may write is closed; so it has to be right before there is one.
        accepted = self.loss is not None
        with read_only(path, incomplete=accepted) as reader:
            if not accepted and known == (0, GENESIS):
                self.loss = reader.loss
                if self.loss is not None and not self.loss.tolerated:
                    raise LogShorter(self.loss)
            if had_wal:
                reader.check_chain(known)
        with plain_words(path):
            connection = db.connect(path, "rw")
            try:
                db.make_exclusive(connection, path)
                db.make_safe(connection, path)
                db.check_identity(connection, path)
                if not accepted:
                    contents.check_complete(contents.read_head(connection, path), path, had_wal=had_wal)
                head = contents.check_chain(connection, path, known)
                db.make_durable(connection, path)
                recorded = RecordedHead.create(path, head)
                # Also called when the log is forgotten, or the program ends without closing it.
                self._abandon = finalize(self, db.abandon, connection, path, recorded)
                self._mark(connection, head, is_open=True)
                make_room(wal, db.WAL_BYTES)
            except BaseException:
                self._let_go(f"{path} is not open")
                db.close_quietly(connection)
                raise
        self._files = {file: identity(file) for file in (path, wal, companion(path, KIND))}
        self._connection, self._recorded = connection, recorded
        self._head, self._failure = head, None

    def _mark(self, connection: sqlite3.Connection, head: Head, *, is_open: bool) -> None:
        """Note in the file itself where the log stands and whether it is complete without its -wal.

        The -wal exists, durably, before the mark says so, and everything is in the file before the mark
        says otherwise; so a kill or a power cut between the two leaves a log that opens.
        """
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"PRAGMA user_version = {db.FORMAT}")
        connection.execute("UPDATE head SET seq = ?, hash = ?, open = ?", (*head, int(is_open)))
        connection.execute("COMMIT")
        with suppress(FileNotFoundError):  # found out by `check`
            sync_folder(self._path.parent)
        (blocked, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if blocked:
            raise LogFailed(f"{self._path} could not be brought up to date: another program is reading it")


def _check_unused(path: Path) -> None:
    """Raise `InputError` if a log that is gone has left something behind: it would be taken for ours."""
    for kind in ("wal", KIND):
        if identity(beside := companion(path, kind)) is not None:
            raise InputError(
                f"{beside} belongs to a log that is no longer there; move it away, or give another path"
            )


def _set_aside(path: Path) -> Loss | None:
    """Keep copies of a log that has lost events, and return what it has lost; None if it has lost nothing.

    Raises `InputError` where they cannot be kept.
    """
    with read_only(path, incomplete=True) as reader:
        loss = reader.loss
    if loss is None or loss.tolerated:
        return None
    aside = unused(path.with_name(f"{path.stem}-before-loss{path.suffix}"))
    try:
        for file in (path, *(companion(path, kind) for kind in ("wal", KIND))):
            if file.exists():
                copy = aside.with_name(aside.name + file.name.removeprefix(path.name))
                create_private(copy)
                shutil.copyfile(file, copy)
    except OSError as error:
        raise InputError(f"{aside} cannot be written, to keep what is left of {path}: {error}") from error
    return loss
