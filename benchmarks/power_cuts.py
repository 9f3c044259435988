"""Simulate 10,000 power cuts: ``python benchmarks/power_cuts.py [COUNT]``.

A log with its head and its second copy is recorded and closed three times. Everything that this asks of the
disk is kept in one order. Then the disk is put together as it may be after a power cut at each place, with
any part of what was not synced, and the log on it is opened. Not time but losses are counted; beside it
stands the same run without the syncs of the -wal file, where losses must be found.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.store.played import Outcome, cut_everywhere, record_run
from tests.store.power import Operation

COUNT = 10_000
PART = 250
"""Power cuts per task of a worker process."""


def cut(recorded: Sequence[Operation], count: int) -> Outcome:
    """Simulate the power cuts on all processors."""
    whole = Outcome()
    parts = [min(PART, count - start) for start in range(0, count, PART)]
    with ProcessPoolExecutor() as pool:
        for part in pool.map(cut_everywhere, [recorded] * len(parts), parts, range(len(parts))):
            whole.images += part.images
            whole.lost += part.lost
            whole.unreadable += part.unreadable
    return whole


def main() -> int:
    """Print a table; return 1 if anything acknowledged was lost or unreadable."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    with tempfile.TemporaryDirectory() as folder:
        recorded = record_run(Path(folder))
    careless = [
        operation for operation in recorded if (operation.kind, operation.file) != ("sync", "log.db-wal")
    ]
    print(f"{len(recorded)} operations on the disk\n")
    print(f"{'':<32}{'images':>10}{'lost':>10}{'unreadable':>12}{'seconds':>10}")
    outcomes = []
    for what, run, cuts in (
        ("as it is", recorded, count),
        ("without syncs of the -wal file", careless, max(PART, count // 20)),
    ):
        start = time.perf_counter()
        outcome = cut(run, cuts)
        seconds = time.perf_counter() - start
        lost, unreadable = len(outcome.lost), len(outcome.unreadable)
        print(f"{what:<32}{outcome.images:>10,}{lost:>10}{unreadable:>12}{seconds:>10.0f}")
        outcomes.append(outcome)
    good, bad = outcomes
    print(*good.lost[:5], *good.unreadable[:5], sep="\n")
    return int(bool(good.lost or good.unreadable or not (bad.lost or bad.unreadable)))


if __name__ == "__main__":
    sys.exit(main())
