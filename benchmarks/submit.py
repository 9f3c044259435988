"""One command, from asked for to seen by every seat, beside a bare fsync: ``python benchmarks/submit.py``.

A command is decided, recorded durably, folded into the state and the scores, and shown to exercise
control and three teams, each through its own view. A bare write and fsync of as many bytes is timed in
turn on the same disk. The bound to hold is a ratio of 3.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tabletop.exercise.commands import Auto, Command, Message, Startex, State
from tabletop.host.local_link import LocalLink
from tabletop.host.session import Session
from tabletop.protocol.link import Sight
from tabletop.protocol.submission import Receipt
from tabletop.store.sqlite import SqliteLog
from tabletop.system.clock import SYSTEM_TIME
from tests.builders import TEAMS, tiny_scenario

PAGE = 4096 + 24
"""Minimum bytes per commit: one SQLite page and its header."""

TEXT = "Heat signature at the western site, heading south. Confidence moderate."


def commands(count: int) -> list[tuple[str, Command]]:
    """Return alternating messages and public statements of the teams."""
    said: list[tuple[str, Command]] = []
    for number in range(count):
        text = f"{number} {TEXT}"
        if number % 5:
            said.append((TEAMS[number % 3], Message(to=(TEAMS[(number + 1) % 3],), text=text)))
        else:
            said.append((TEAMS[number % 3], State(text=text, label="missile")))
    return said


def measure(folder: Path, count: int) -> tuple[list[float], list[float]]:
    """Return the microseconds of alternating fsyncs and commands."""
    log = SqliteLog.create(folder / "log.db")
    session = Session.begin(log, tiny_scenario(), name="Benchmark", seed=1, time=SYSTEM_TIME)
    seen: list[Sight] = []
    for seat in ("facilitator", *TEAMS):
        LocalLink(session, seat).watch(seen.append)
    for command in (Startex(), Auto(on=True)):
        assert isinstance(session.submit("facilitator", command), Receipt)
    plain = os.open(folder / "plain", os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    syncs, submits = [], []
    for seat, command in commands(count):
        start = time.perf_counter()
        os.write(plain, b"x" * PAGE)
        os.fsync(plain)
        between = time.perf_counter()
        answer = session.submit(seat, command)
        end = time.perf_counter()
        assert isinstance(answer, Receipt)
        syncs.append((between - start) * 1e6)
        submits.append((end - between) * 1e6)
    os.close(plain)
    session.close()
    assert len(seen) > count
    return syncs, submits


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--commands", type=int, default=3000)
    parser.add_argument("--folder", type=Path, help="where to write; else a temporary folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        syncs, submits = measure(Path(name), options.commands)
    base = statistics.median(syncs)
    print(f"{f'{options.commands:,} times each, in turn':44} {'median':>10} {'p99':>11} {'ratio':>9}")
    rows = (("write one page and fsync", syncs), ("command decided, recorded, scored and shown", submits))
    for label, values in rows:
        median, p99 = statistics.median(values), statistics.quantiles(values, n=100)[98]
        print(f"{label:44} {median:7.0f} µs {p99:8.0f} µs {median / base:7.2f} x")


if __name__ == "__main__":
    main()
