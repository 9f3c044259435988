"""A recorded run of a log with its second copy, and what a power cut in it must leave behind."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tabletop.errors import TabletopError
from tabletop.exercise import events as e
from tabletop.exercise.events import Event, Record
from tabletop.store.jsonl import read_copy
from tabletop.store.second_copy import SecondCopy
from tabletop.store.sqlite import SqliteLog
from tests.builders import created, records_of
from tests.store.power import Disk, Operation, cuts
from tests.store.recording import Recorder

LOG, COPY = "log.db", "log.jsonl"
SITTINGS = 3
"""How often the log is opened and closed in the run."""


def story() -> list[Record]:
    """Return records of an exercise with pauses and phases, after which the log is checkpointed."""
    events: list[Event] = [created(), e.ExerciseStarted(phase="launch")]
    for number in range(60):
        events.append(e.NoteTaken(text=f"Nr {number}: 異状なし. " * (1 + number % 7)))
        if number % 20 == 10:
            events += [e.PlayPaused(reason="lunch"), e.PlayResumed()]
    return records_of(events)


def batches(records: Sequence[Record]) -> Iterator[Sequence[Record]]:
    """Yield the records as commands record them: mostly one at a time, sometimes several."""
    place, size = 0, 0
    while place < len(records):
        size = size % 3 + 1 if place % 4 else 1
        yield records[place : place + size]
        place += size


def record_run(folder: Path) -> list[Operation]:
    """Play the story into a log, its head and a copy, and return what that asked of the disk."""
    recorder, records = Recorder(folder), story()
    parts = list(batches(records))
    each = len(parts) // SITTINGS + 1
    with recorder.recording():
        for start in range(0, len(parts), each):
            log = SqliteLog.open(folder / LOG) if start else SqliteLog.create(folder / LOG)
            copy = SecondCopy(folder / COPY, float)
            log.copy_to(copy)
            for part in parts[start : start + each]:
                log.append(part)
                recorder.acknowledge(part[-1].seq)
            log.close()
            copy.close()
    return recorder.operations


@dataclass(slots=True)
class Outcome:
    """What many cuts left."""

    images: int = 0
    lost: list[str] = field(default_factory=list)
    """Cuts after which acknowledged events were missing."""
    unreadable: list[str] = field(default_factory=list)


def cut_everywhere(operations: Sequence[Operation], count: int, seed: int) -> Outcome:
    """Cut the power so often in a recorded run, and open the log that each cut leaves."""
    outcome, disk, done = Outcome(), Disk(), 0
    records = story()
    for number, place in enumerate(cuts(operations, count, seed)):
        for operation in operations[done:place]:
            disk.do(operation)
        done = place
        with tempfile.TemporaryDirectory() as folder:
            disk.cut(Random(f"{seed}/{number}"), Path(folder))  # noqa: S311 - nothing here is secret
            _look(Path(folder), disk.acknowledged, records, f"cut {number} after {place} operations", outcome)
        outcome.images += 1
    return outcome


def _look(folder: Path, acknowledged: int, records: list[Record], cut: str, outcome: Outcome) -> None:
    log = folder / LOG
    if not log.exists() or log.stat().st_size == 0:
        if acknowledged:
            outcome.lost.append(f"{cut}: there is no log")
        return
    copy = folder / COPY if (folder / COPY).exists() else None
    try:
        with SqliteLog.open(log) as opened:
            held = list(opened.read())
            if copy is not None and opened.check_copy(copy) <= len(held):
                goes_on = SecondCopy(copy, float)
                opened.copy_to(goes_on)
                goes_on.close()
    except TabletopError as error:
        outcome.unreadable.append(f"{cut}: {error.message}")
        return
    if len(held) < acknowledged or held != records[: len(held)]:
        outcome.lost.append(f"{cut}: {acknowledged} were acknowledged, {len(held)} are there")
    if copy is not None and len(read_copy(copy).rows) != len(held):
        outcome.lost.append(f"{cut}: the copy cannot go on")
