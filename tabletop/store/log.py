"""What a log of events is, whatever keeps it, and the ways in which it can fail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Protocol

from tabletop.errors import InputError, TabletopError
from tabletop.exercise.events import Record

GENESIS: Final = "0" * 64
"""The hash that the first event follows."""

Head = tuple[int, str]
"""Number and hash of the last event; `(0, GENESIS)` when there is none."""


class LogFailed(TabletopError):  # noqa: N818 - reads as what happened: `except LogFailed`
    """The log can no longer record. What was recorded before is kept; nothing else was acknowledged."""


class LogCorrupt(InputError):  # noqa: N818
    """A log does not hold what was written to it."""

    def __init__(self, message: str, *, seq: int | None = None) -> None:
        super().__init__(message)
        self.seq = seq
        """The first bad event, where one can be named."""


class LogNewer(InputError):  # noqa: N818
    """A log was written by a version of the program that came after this one."""


class LogInUse(InputError):  # noqa: N818
    """Another process holds the log."""


class LogReader(Protocol):
    """A log that can be read."""

    @property
    def head(self) -> Head:
        """Number and hash of the last event; `(0, GENESIS)` when there is none."""

    def read(self, after: int = 0) -> Iterator[Record]:
        """Yield the records after number `after`, in order, each proved to be what was written.

        Raises `LogCorrupt` at the first that is not, `LogNewer` at one this version cannot read.
        """

    def close(self) -> None:
        """Let go of the log; a second call does nothing."""


class EventLog(LogReader, Protocol):
    """An append-only log with one writer.

    After any failure of `append` or `check` the log refuses everything until `reopen` succeeds. Whether the
    records of a failed append are in the log is then known from `head`: all of them or none.
    """

    def append(self, records: Sequence[Record]) -> None:
        """Record all of these or none; they are durable when this returns. Raises `LogFailed`."""

    def check(self) -> None:
        """Raise `LogFailed` if the log can no longer record. Cheap: it may be called every second."""

    def reopen(self, known: Sequence[Record] = ()) -> None:
        """Begin anew after a failure, from what is really kept. Raises `LogFailed` if it still fails.

        `known` is everything that was recorded, from which a log that is gone is written again.
        """


def check_order(records: Sequence[Record], last: int) -> None:
    """Raise `LogFailed` unless the records are numbered on from `last` without a gap."""
    for expected, record in enumerate(records, last + 1):
        if record.seq != expected:
            raise LogFailed(f"event {record.seq} cannot be recorded: the next event is number {expected}")
