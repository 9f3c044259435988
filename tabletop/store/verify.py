"""Proving that a log is whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tabletop.exercise.apply import apply, create
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise
from tabletop.store.codec import StoredRow, check_row, decode
from tabletop.store.log import GENESIS, LogCorrupt
from tabletop.store.reading import ReadLog, read_only

Rescore = Callable[[Sequence[Record]], object]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of a log once every event of it has been looked at."""

    path: Path
    good: int
    """How many events from the first on are as they were written."""
    head: str
    """Hash of the last of these."""
    problem: str | None = None
    """What is wrong, in plain words; None of a whole log."""
    seq: int | None = None
    """The first bad event, where one can be named."""
    score: object = None
    """What `rescore` made of a whole log."""
    doubt: str = ""
    """What cannot be known of a log that seems whole."""

    @property
    def whole(self) -> bool:
        """Whether the log is what was written."""
        return self.problem is None


def verify(path: Path, rescore: Rescore | None = None) -> Verdict:
    """Prove chain, numbering, types and end of a log, play it through again, and score it if asked.

    Changes nothing. Raises `LogInUse`, `LogNewer`, `LogFailed` or `InputError` when there is nothing that
    could be judged; damage is in the verdict.
    """
    examined = Examination()
    try:
        with read_only(path, incomplete=True) as log:
            for _ in examined.good_rows(log):
                pass
        with read_only(path) as log:  # a copy without its companion may hold only good events, not all
            loss = log.loss
    except LogCorrupt as error:
        return Verdict(path, examined.good, examined.head, problem=error.message, seq=error.seq)
    if loss is not None and not loss.tolerated:
        return Verdict(path, examined.good, examined.head, problem=loss.message, seq=loss.held + 1)
    score, doubt = None, "" if loss is None else loss.message
    if rescore is not None and examined.records:
        try:
            score = rescore(examined.records)
        except Exception as error:
            problem = f"it cannot be scored again: {_summary(error)}"
            return Verdict(path, examined.good, examined.head, problem=problem)
    return Verdict(path, examined.good, examined.head, score=score, doubt=doubt)


class Examination:
    """How far a log that is looked at event by event is good: its hashes, its types and its course."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.head = GENESIS
        self._state: Exercise | None = None

    @property
    def good(self) -> int:
        return len(self.records)

    def good_rows(self, log: ReadLog) -> Iterator[StoredRow]:
        """Yield each row that is good and follows good ones. Raises `LogCorrupt` at the first bad one."""
        for row in log.rows():
            self.take(row)
            yield row
        log.check_end((self.good, self.head))

    def take(self, row: StoredRow) -> None:
        """Take in a row that follows the good ones. Raises `LogCorrupt` if it does not, or is not good."""
        check_row(row, self.good, self.head)
        record = decode(row)
        self._state = _played(self._state, record)
        self.records.append(record)
        self.head = row.hash


def _played(state: Exercise | None, record: Record) -> Exercise:
    """The state after the record. Raises `LogCorrupt` if it cannot follow what came before."""
    try:
        return create(record) if state is None else apply(state, record)
    except Exception as error:  # `apply` refuses nothing: whatever it stumbles over is not a log it wrote
        what = f"event {record.seq} ('{record.event.type}')"
        raise LogCorrupt(
            f"{what} cannot follow the events before it: {_summary(error)}", seq=record.seq
        ) from error


def _summary(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"nothing is known of {error}"
    return str(error) or type(error).__name__
