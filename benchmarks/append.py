"""Compare recording one event with a bare fsync: ``python benchmarks/append.py``.

Both are done in turn, on the same disk, in the same process. The second part times the reading of a long log.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tabletop.exercise.apply import apply, create
from tabletop.exercise.events import Event, ExerciseStarted, MessageSent, Record, StatementMade
from tabletop.store.codec import encode
from tabletop.store.second_copy import SecondCopy
from tabletop.store.sqlite import SqliteLog, read_only
from tests.builders import created, records_of

FRAME = 4096 + 24
"""Minimum bytes per commit: one SQLite page and its header."""

APPEND = "append one event to the log"
COPIED = "the same, with a second copy"
TEXT = "Heat signature at the western site, heading south. Confidence moderate. 西側の発射場で熱源を探知。"


def story(length: int) -> list[Record]:
    """Return the records of an exercise with that many events."""
    events: list[Event] = [created(), ExerciseStarted(phase="launch")]
    for number in range(3, length + 1):
        if number % 10:
            events.append(MessageSent(by="tokyo", to=("seoul",), text=f"{number} {TEXT}"))
        else:
            events.append(StatementMade(by="seoul", text=f"{number} {TEXT}", label="missile"))
    return records_of(events)


def timed(work: Callable[[], object]) -> float:
    """Time a call in microseconds."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e6


def append_times(folder: Path, records: list[Record]) -> dict[str, list[float]]:
    """Return the times of each way to make one event durable, a bare fsync of a page first."""
    row = encode(records[-1])
    sizes = {
        "write one page and fsync": FRAME,
        "write the event alone and fsync": sum(len(str(part)) for part in row),
    }
    times: dict[str, list[float]] = {name: [] for name in (*sizes, APPEND, COPIED)}
    plain = {name: os.open(folder / name, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600) for name in sizes}

    def write(name: str) -> None:
        os.write(plain[name], b"x" * sizes[name])
        os.fsync(plain[name])

    copy = SecondCopy(folder / "copy.jsonl", time.monotonic)
    with SqliteLog.create(folder / "log.db") as log, SqliteLog.create(folder / "copied.db") as copied:
        log.append(records[:2])
        copied.append(records[:2])
        copied.copy_to(copy)
        for record in records[2:]:
            for name in sizes:
                times[name].append(timed(partial(write, name)))
            times[APPEND].append(timed(partial(log.append, [record])))
            times[COPIED].append(timed(partial(copied.append, [record])))
    copy.close()
    for descriptor in plain.values():
        os.close(descriptor)
    return times


def fold_times(folder: Path, length: int) -> dict[str, float]:
    """Return the seconds of each step of reading a log of that length."""
    path = folder / "long.db"
    records = story(length)
    found = {}
    with SqliteLog.create(path) as log:

        def append_all() -> None:
            for at in range(0, length, 100):
                log.append(records[at : at + 100])

        found["append in batches of 100"] = timed(append_all)
    found["open for writing (chain checked)"] = timed(lambda: SqliteLog.open(path).close())
    with read_only(path) as reader:
        found["read and decode (chain checked)"] = timed(lambda: sum(1 for _ in reader.read()))

    def fold() -> None:
        with read_only(path) as reader:
            remaining = reader.read()
            state = create(next(remaining))
            for record in remaining:
                state = apply(state, record)

    found["read, decode and fold"] = timed(fold)
    return {label: microseconds / 1e6 for label, microseconds in found.items()}


def main() -> None:
    """Measure and print two tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--appends", type=int, default=3000)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, help="where to write; else a temporary folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        times = append_times(folder, story(options.appends + 2))
        seconds = fold_times(folder, options.events)
    base = statistics.median(next(iter(times.values())))
    print(f"{f'{options.appends:,} times each, in turn':32} {'median':>10} {'p99':>11} {'to a page':>12}")
    for label, values in times.items():
        median, p99 = statistics.median(values), statistics.quantiles(values, n=100)[98]
        print(f"{label:32} {median:7.0f} µs {p99:8.0f} µs {median / base:12.2f} x")
    print(f"\n{options.events:,} events")
    for label, value in seconds.items():
        print(f"{label:32} {value:7.2f} s")


if __name__ == "__main__":
    main()
