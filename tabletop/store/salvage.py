"""Compare a log with its second copy, and salvage the intact events of both into a new log."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tabletop.errors import InputError
from tabletop.store import contents
from tabletop.store import database as db
from tabletop.store.filesystem import check_log_file
from tabletop.store.jsonl import read_copy
from tabletop.store.log import GENESIS, LogCorrupt
from tabletop.store.reading import read_only
from tabletop.store.row import StoredRow, check_row
from tabletop.store.sqlite import SqliteLog
from tabletop.store.verify import LogVerifier

_CHUNK: Final = 1000
_SQLITE: Final = b"SQLite format 3\0"

Rows = dict[int, StoredRow]
"""Rows of a file by number, unchecked."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Result of comparing a second copy with its log."""

    copy: Path
    log: int
    """Number of intact events in the log."""
    held: int
    """Number of intact events in the copy."""
    differs_from: int | None = None
    """The first event that differs between the two."""
    problem: str | None = None
    """What is wrong with the copy itself."""

    @property
    def same(self) -> bool:
        """Whether both have the same events."""
        return self.differs_from is None and self.problem is None and self.log == self.held

    @property
    def words(self) -> str:
        """The result, in one sentence."""
        if self.differs_from is not None:
            what = f"differs from the log from event {self.differs_from} on"
        elif self.problem is not None:
            what = f"is damaged in {self.problem}; {self.held:,} events in it are intact"
        elif self.held < self.log:
            what = f"lacks the last {self.log - self.held:,} of {self.log:,} events"
        elif self.held > self.log:
            what = f"holds {self.held:,} events, {self.held - self.log:,} more than the log"
        else:
            what = f"holds the same {self.held:,} events"
        return f"The second copy {self.copy} {what}."


@dataclass(frozen=True, slots=True)
class Saved:
    """What was written to a new log."""

    events: int
    sources: tuple[tuple[Path, int], ...]
    """Number of events from each file, in the order in which the files were given."""
    left: int
    """Number of events in the files that do not follow the saved ones."""


def compare(path: Path, copy: Path) -> Comparison:
    """Compare the intact events of a log with those of a second copy.

    Raises `InputError` for a file that is not a second copy, and what `read_only` raises.
    """
    copied, hashes = read_copy(copy), _good_hashes(path)
    both = zip(hashes, (row.hash for row in copied.rows), strict=False)
    differs_from = next((seq for seq, (mine, other) in enumerate(both, 1) if mine != other), None)
    return Comparison(copy, len(hashes), len(copied.rows), differs_from, copied.problem)


def salvage(paths: Iterable[Path], out: Path) -> Saved:
    """Write a new log with the longest run of intact events found in damaged logs and copies together.

    Where files differ, the first one counts. The files are not changed. Raises `InputError` if there is no
    intact event or `out` exists, `LogNewer`, `LogInUse`, `LogFailed`.
    """
    sources = [(path, rows) for path in paths for rows in _sources(path)]
    verifier, saved = LogVerifier(), list[StoredRow]()
    taken = dict.fromkeys((path for path, _ in sources), 0)
    while (found := _next(verifier, sources)) is not None:
        path, row = found
        saved.append(row)
        taken[path] += 1
    if not saved:
        raise InputError("nothing can be salvaged: no event is intact")
    log = SqliteLog.create(out)
    try:
        with log:
            for start in range(0, len(saved), _CHUNK):
                log.append_rows(saved[start : start + _CHUNK])
    except BaseException:
        log.path.unlink(missing_ok=True)  # half a copy would look like a whole one
        raise
    left = max(len(rows.keys() - range(len(saved) + 1)) for _, rows in sources)
    return Saved(len(saved), tuple(taken.items()), left)


def _next(verifier: LogVerifier, sources: list[tuple[Path, Rows]]) -> tuple[Path, StoredRow] | None:
    """Find the next intact row in any source, add it to `verifier` and return it."""
    for path, rows in sources:
        row = rows.get(verifier.good + 1)
        if row is not None:
            with suppress(LogCorrupt):
                verifier.add(row)
                return path, row
    return None


def _sources(path: Path) -> Iterator[Rows]:
    """Yield the rows of a log or a second copy; of a log also without its -wal, which may be damaged."""
    check_log_file(path)
    if not _is_database(path):
        yield {row.seq: row for row in read_copy(path).rows}
        return
    with suppress(LogCorrupt), read_only(path, incomplete=True) as log:
        yield _rows(log.rows())
    with suppress(sqlite3.Error), closing(db.connect(path, "ro&immutable=1")) as alone:
        yield _rows(contents.rows_in_order(alone))


def _rows(rows: Iterable[StoredRow]) -> Rows:
    """Collect rows up to where the file cannot be read further."""
    found: Rows = {}
    with suppress(LogCorrupt, sqlite3.Error, UnicodeError):
        for row in rows:
            found[row.seq] = row
    return found


def _is_database(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError as error:
        raise InputError(f"{path} cannot be read: {(error.strerror or str(error)).lower()}") from error


def _good_hashes(path: Path) -> list[str]:
    """Return the hash of each intact row from the first on."""
    hashes: list[str] = []
    with suppress(LogCorrupt), read_only(path, incomplete=True) as log:
        for row in log.rows():
            check_row(row, len(hashes), hashes[-1] if hashes else GENESIS)
            hashes.append(row.hash)
    return hashes
