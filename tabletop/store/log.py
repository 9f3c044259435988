"""The interface of event logs, and their errors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, Protocol

from tabletop.errors import InputError, TabletopError

if TYPE_CHECKING:
    from tabletop.exercise.events import Record

GENESIS: Final = "0" * 64
"""The hash that the first event follows."""

Head = tuple[int, str]
"""Number and hash of the last event; `(0, GENESIS)` if there is none."""


class LogFailed(TabletopError):  # noqa: N818 - reads as what happened: `except LogFailed`
    """The log can no longer record. Everything acknowledged before is kept."""


class LogCorrupt(InputError):  # noqa: N818
    """A log does not contain what was written to it."""

    def __init__(self, message: str, *, seq: int | None = None) -> None:
        super().__init__(message)
        self.seq = seq
        """The first bad event, where one can be named."""


class LogNewer(InputError):  # noqa: N818
    """A log was written by a later version of the program."""


class LogInUse(InputError):  # noqa: N818
    """Another process holds the log."""


class LogReader(Protocol):
    """A log that can be read."""

    @property
    def head(self) -> Head:
        """Number and hash of the last event; `(0, GENESIS)` when there is none."""

    def read(self, after: int = 0) -> Iterator[Record]:
        """Yield the records after number `after`, in order, each verified.

        Raises `LogCorrupt` at the first that is damaged, `LogNewer` at one this version cannot read.
        """

    def close(self) -> None:
        """Close the log; a second call does nothing."""


class EventLog(LogReader, Protocol):
    """An append-only log with one writer.

    After a failure of `append` or `check` the log refuses every call until `reopen` succeeds. `head` then
    tells whether the records of a failed append are in the log: all of them or none.
    """

    def append(self, records: Sequence[Record]) -> None:
        """Record all of these or none; they are durable on return. Raises `LogFailed`."""

    def check(self) -> None:
        """Raise `LogFailed` if the log can no longer record. Cheap enough to call every second."""

    def reopen(self, known: Sequence[Record] = ()) -> None:
        """Reopen after a failure and check what is in the log. Raises `LogFailed` if it still fails.

        `known` is everything that was recorded, from which a deleted log is written again.
        """


def check_order(records: Sequence[Record], last: int) -> None:
    """Raise `LogFailed` unless the records are numbered from `last` + 1 without a gap."""
    for expected, record in enumerate(records, last + 1):
        if record.seq != expected:
            raise LogFailed(f"event {record.seq} cannot be recorded: the next event is number {expected}")
