"""A simulated disk that fills up or fails, and keeps every acknowledged write when its program is killed."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from enum import Enum
from random import Random
from typing import Protocol

from tabletop.errors import InputError
from tabletop.exercise.events import Record
from tabletop.store.codec import decode, encode
from tabletop.store.log import GENESIS, Head, LogFailed, check_order
from tabletop.store.row import StoredRow, check_row
from tests.simulation.agenda import Action, Killed, Program


class Fault(Enum):
    """A failure mode of a disk."""

    FULL = errno.ENOSPC
    """Nothing is written."""
    FAILING = errno.EIO
    """It says that nothing was written; rows of a log may have been, all of them or none."""


class Disk:
    """What survives of a machine when its programs die. Each write is one step, as after a sync."""

    def __init__(self, random: Random, program: Program) -> None:
        self._random = random
        self._program = program
        self.files: dict[str, object] = {}
        self.rows: list[StoredRow] = []
        self.fault: Fault | None = None
        self.doom: int | None = None
        """After so many more writes the program is killed in the middle of one."""
        self.takes = 0.01
        """Seconds, at most, until it does what it is asked, and again until it has said so."""

    def keep(self, name: str, content: object) -> None:
        """Replace a small file, as `write_private` does. Raises `InputError`; it is then as it was."""
        try:
            self.perform(lambda: self.files.__setitem__(name, content), torn=False)
        except OSError as error:
            raise InputError(f"{name} cannot be written: {(error.strerror or '').lower()}") from error

    def perform(self, change: Action, *, torn: bool = True) -> None:
        """Change what is kept, durably. Raises OSError; if `torn`, the change may have been made then."""
        if self.fault is not None:
            if self.fault is Fault.FAILING and torn and self._random.random() < 0.5:
                change()
            raise OSError(self.fault.value, os.strerror(self.fault.value))
        if self.doom is not None:
            self.doom -= 1
            if self.doom < 0:
                self.doom = None
                if self._random.random() < 0.5:
                    change()
                raise Killed(self._program)
        change()


class DiskLog:
    """An event log on such a disk; it refuses everything after a failure until it was reopened."""

    def __init__(self, disk: Disk, landed: Callable[[Sequence[Record]], None]) -> None:
        """`landed` is called with records as soon as they are on disk, whatever happens to the program."""
        self._disk = disk
        self._landed = landed
        self._failure: str | None = None
        self._head: Head = self._end()

    @property
    def head(self) -> Head:
        """Number and hash of the last event."""
        return self._head

    def append(self, records: Sequence[Record]) -> None:
        """Record all of these or none. Raises `LogFailed`."""
        self.check()
        seq, prev_hash = self._head
        check_order(records, seq)
        rows: list[StoredRow] = []
        for record in records:
            rows.append(encode(record, prev_hash))
            prev_hash = rows[-1].hash

        def land() -> None:
            self._disk.rows += rows
            self._landed(records)

        try:
            self._disk.perform(land)
        except OSError as error:
            self._failure = (error.strerror or "").lower()
            raise LogFailed(self._failure) from error
        self._head = self._end()

    def read(self, after: int = 0) -> Iterator[Record]:
        """Yield the records after number `after`, checked."""
        prev_hash = self._disk.rows[after - 1].hash if after else GENESIS
        for index in range(after, len(self._disk.rows)):
            row = self._disk.rows[index]
            check_row(row, index, prev_hash)
            prev_hash = row.hash
            yield decode(row)

    def check(self) -> None:
        """Raise `LogFailed` after a failure."""
        if self._failure is not None:
            raise LogFailed(self._failure)

    def reopen(self, known: Sequence[Record] = ()) -> None:
        """Reopen the log from disk. Raises `LogFailed` while the disk still fails."""
        if self._disk.fault is not None:
            raise LogFailed(os.strerror(self._disk.fault.value).lower())
        self._failure, self._head = None, self._end()

    def close(self) -> None:
        """Refuse all later calls."""
        self._failure = "the log is closed"

    def _end(self) -> Head:
        rows = self._disk.rows
        return (rows[-1].seq, rows[-1].hash) if rows else (0, GENESIS)


class Computer(Protocol):
    """The machine on which a program runs."""

    def run_after(self, seconds: float, action: Action) -> None:
        """Have this run of the program, and no later one, do something when it is scheduled."""


class SlowDisk:
    """Run disk jobs of a host outside its program's turn.

    Anything can happen to the program between the request and the job, and between the job and its
    notification.
    """

    def __init__(self, disk: Disk, computer: Computer, random: Random) -> None:
        self._disk = disk
        self._computer = computer
        self._random = random

    def __call__(self, job: Callable[[], object], done: Action) -> Future[object]:
        """Start a job."""
        future: Future[object] = Future()

        def work() -> None:
            try:
                future.set_result(job())
            except Exception as error:
                future.set_exception(error)
            self._later(done)

        self._later(work)
        return future

    def _later(self, action: Action) -> None:
        self._computer.run_after(self._random.random() * self._disk.takes, action)
