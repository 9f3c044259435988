"""A log in memory: the twin of the one in SQLite, for tests and for plays that nobody keeps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tabletop.exercise.events import Record
from tabletop.store.codec import StoredRow, decode, encode
from tabletop.store.log import GENESIS, Head, LogFailed, check_order


class MemoryLog:
    """Keeps rows, not records, so that it forgets whatever a real log would."""

    def __init__(self) -> None:
        self._rows: list[StoredRow] = []
        self._closed = False

    @property
    def head(self) -> Head:
        """Number and hash of the last event; `(0, GENESIS)` when there is none."""
        return (self._rows[-1].seq, self._rows[-1].hash) if self._rows else (0, GENESIS)

    def append(self, records: Sequence[Record]) -> None:
        """Keep all of these or none. Raises `LogFailed` after `close` and for a gap."""
        self.check()
        seq, prev_hash = self.head
        check_order(records, seq)
        rows = []
        for record in records:
            rows.append(encode(record, prev_hash))
            prev_hash = rows[-1].hash
        self._rows += rows

    def read(self, after: int = 0) -> Iterator[Record]:
        """Yield the records after number `after`, those appended meanwhile among them."""
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
        """Go on after `close`, too: memory does not fail."""
        self._closed = False

    def close(self) -> None:
        """Refuse what comes later; a second call does nothing."""
        self._closed = True
