"""Verify that a log is intact."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tabletop.exercise.apply import apply, create
from tabletop.exercise.consent import consent_sentence
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise
from tabletop.store.codec import decode
from tabletop.store.log import GENESIS, LogCorrupt
from tabletop.store.reading import ReadLog, read_only
from tabletop.store.row import StoredRow, check_row

Rescore = Callable[[Sequence[Record]], object]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of verifying a log."""

    path: Path
    good: int
    """Number of intact events from the first on."""
    head: str
    """Hash of the last intact event."""
    problem: str | None = None
    """What is wrong, for users; None if the log is intact."""
    seq: int | None = None
    """The first bad event, where one can be named."""
    score: object = None
    """Result of `rescore` for an intact log."""
    consent: str = ""
    """Who initialled the rules and objectives of an intact log; empty if they were not shown."""
    doubt: str = ""
    """What could not be verified of a log that seems intact."""

    @property
    def whole(self) -> bool:
        """Whether the log is intact."""
        return self.problem is None


def verify(path: Path, rescore: Rescore | None = None) -> Verdict:
    """Verify hash chain, numbering, types and end of a log, replay it, and score it with `rescore` if given.

    Changes nothing. Raises `LogInUse`, `LogNewer`, `LogFailed` or `InputError` if the log cannot be verified;
    damage is reported in the verdict.
    """
    verifier = LogVerifier()
    try:
        with read_only(path, incomplete=True) as log:
            for _ in verifier.good_rows(log):
                pass
        with read_only(path) as log:  # a copy without its -wal may have only intact events, but not all
            loss = log.loss
    except LogCorrupt as error:
        return Verdict(path, verifier.good, verifier.head, problem=error.message, seq=error.seq)
    if loss is not None and not loss.tolerated:
        return Verdict(path, verifier.good, verifier.head, problem=loss.message, seq=loss.held + 1)
    score, doubt = None, "" if loss is None else loss.message
    if rescore is not None and verifier.records:
        try:
            score = rescore(verifier.records)
        except Exception as error:
            problem = f"it cannot be scored again: {_summary(error)}"
            return Verdict(path, verifier.good, verifier.head, problem=problem)
    return Verdict(path, verifier.good, verifier.head, score=score, consent=verifier.consent, doubt=doubt)


class LogVerifier:
    """Verifies rows one by one: hashes, types, and that each event can be applied."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.head = GENESIS
        self._state: Exercise | None = None

    @property
    def good(self) -> int:
        return len(self.records)

    @property
    def consent(self) -> str:
        """Who initialled the rules and objectives; empty if they were not shown."""
        return consent_sentence(self._state) if self._state is not None else ""

    def good_rows(self, log: ReadLog) -> Iterator[StoredRow]:
        """Yield the intact rows. Raises `LogCorrupt` at the first bad one."""
        for row in log.rows():
            self.add(row)
            yield row
        log.check_end((self.good, self.head))

    def add(self, row: StoredRow) -> None:
        """Add the next row. Raises `LogCorrupt` if it is damaged or does not follow the last one."""
        check_row(row, self.good, self.head)
        record = decode(row)
        self._state = _apply_record(self._state, record)
        self.records.append(record)
        self.head = row.hash


def _apply_record(state: Exercise | None, record: Record) -> Exercise:
    """Return the state after the record. Raises `LogCorrupt` if it cannot follow the events before it."""
    try:
        return create(record) if state is None else apply(state, record)
    except Exception as error:  # `apply` never refuses: an error means that the log is not the program's own
        what = f"event {record.seq} ('{record.event.type}')"
        raise LogCorrupt(
            f"{what} cannot follow the events before it: {_summary(error)}", seq=record.seq
        ) from error


def _summary(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"unknown reference {error}"
    return str(error) or type(error).__name__
