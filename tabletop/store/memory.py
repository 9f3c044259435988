"""A log in memory, for tests and for exercises that are not kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tabletop.exercise.events import Record
from tabletop.store.codec import decode, encode
from tabletop.store.log import GENESIS, Head, LogFailed, check_order
from tabletop.store.row import StoredRow


class MemoryLog:
    """Stores encoded rows, so that records go through the same codec as in a real log."""

    def __init__(self) -> None:
        self._rows: list[StoredRow] = []
        self._closed = False

    @property
    def head(self) -> Head:
        """Number and hash of the last event; `(0, GENESIS)` if there is none."""
        return (self._rows[-1].seq, self._rows[-1].hash) if self._rows else (0, GENESIS)

    def append(self, records: Sequence[Record]) -> None:
        """Record all of these or none. Raises `LogFailed` after `close` and for a gap."""
        self.check()
        seq, prev_hash = self.head
        check_order(records, seq)
        rows = []
        for record in records:
            rows.append(encode(record, prev_hash))
            prev_hash = rows[-1].hash
        self._rows += rows

    def read(self, after: int = 0) -> Iterator[Record]:
        """Yield the records after number `after`, including those appended meanwhile."""
        self.check()
        index = max(after, 0)
        while index < len(self._rows):
            yield decode(self._rows[index])
            index += 1

    def check(self) -> None:
        """Raise `LogFailed` after `close`."""
        if self._closed:
            raise LogFailed("the log is closed")

    def reopen(self, known: Sequence[Record] = ()) -> None:
        """Reopen, also after `close`; it never fails."""
        self._closed = False

    def close(self) -> None:
        """Close the log; a second call does nothing."""
        self._closed = True
