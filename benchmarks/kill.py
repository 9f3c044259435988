"""Kill a recording process repeatedly and check for lost events: ``python benchmarks/kill.py``.

A child opens a log, appends small batches and tells after each that it is recorded; now and then it closes
the log and opens it again. It is killed (SIGKILL) at a random instant. Every event that it told of must then
be there, nothing twice, no gap, and at most the one batch besides that it was recording.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import select
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tabletop.exercise.events import NoteTaken, Record
from tabletop.store.log import LogCorrupt
from tabletop.store.sqlite import SqliteLog, read_only

LONGEST_LOG = 5000
"""Events after which the next round begins a new log."""


@dataclass
class Tally:
    """Totals over all rounds."""

    rounds: int = 0
    events: int = 0
    unacknowledged: int = 0
    """Rounds in which the child was killed between recording a batch and reporting it."""
    unborn: int = 0
    """Rounds in which the child was killed before the log was created."""


def record(seq: int) -> Record:
    """Return the record number `seq`, the same in every process."""
    event = NoteTaken(text=f"Nr {seq} " + "x" * (seq % 700))
    return Record(seq=seq, at=seq, wall="", seat="facilitator", key=f"key-{seq}", digest="", event=event)


def child(path: Path, told: int, chance: random.Random) -> None:
    """Record until killed, reporting every batch before (`-`) and after (`+`) it is recorded."""
    while True:
        log = SqliteLog.open(path) if path.exists() else SqliteLog.create(path)
        os.write(told, b"+%d\n" % log.head[0])
        for _ in range(chance.randint(0, 60)):
            first = log.head[0] + 1
            batch = [record(seq) for seq in range(first, first + chance.randint(1, 3))]
            os.write(told, b"-%d\n" % batch[-1].seq)
            log.append(batch)
            os.write(told, b"+%d\n" % batch[-1].seq)
        log.close()


def killed(path: Path, chance: random.Random) -> tuple[int, int]:
    """Run a child and kill it at a random instant; return the last events it had recorded and begun."""
    reader, writer = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reader)
        with contextlib.suppress(BaseException):
            child(path, writer, random.Random(chance.random()))  # noqa: S311 - nothing here is secret
        os._exit(1)  # only a child that failed comes here
    os.close(writer)
    # From before the log is open to some hundred appends later; the time is from the child's first sign.
    if chance.random() < 0.9:
        select.select([reader], [], [], 10)
    time.sleep(chance.random() ** 2 * 0.05)
    os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    with os.fdopen(reader, "rb") as lines:
        told = lines.read().splitlines()
    if os.WIFEXITED(status):
        raise AssertionError(f"the child failed after {told[-1:]}; run it alone to see how")
    last = {
        sign: max((int(line[1:]) for line in told if line[:1] == sign), default=0) for sign in (b"+", b"-")
    }
    return last[b"+"], max(last[b"+"], last[b"-"])


def check(path: Path, recorded: int, begun: int, *, repair: bool) -> int:
    """Return the number of the last event, having proved that the log holds what it must.

    Unless it is to `repair` the log, the next child opens the file as the crash left it.
    """
    with read_only(path) as log:
        numbers = [found.seq for found in log.read() if found == record(found.seq)]
    assert numbers == list(range(1, len(numbers) + 1)), "gap, double or foreign event"
    assert len(numbers) in (recorded, begun), f"{len(numbers)} events; {recorded} recorded, {begun} begun"
    if repair:
        with SqliteLog.open(path) as log:
            assert log.head[0] == len(numbers)
    return len(numbers)


def one_round(path: Path, before: int, chance: random.Random, tally: Tally) -> int:
    """Kill one child; return the number of events in its log, having verified them."""
    recorded, begun = killed(path, chance)
    recorded, begun = max(recorded, before), max(begun, before)
    tally.rounds += 1
    if recorded == 0 and begun == 0 and _unborn(path):
        path.unlink(missing_ok=True)
        tally.unborn += 1
        return 0
    found = check(path, recorded, begun, repair=chance.random() < 0.3)
    tally.events += found - before
    tally.unacknowledged += found > recorded
    return found


def _unborn(path: Path) -> bool:
    """Return whether the child died while creating the file, before reporting anything."""
    try:
        read_only(path).close()
    except LogCorrupt:
        return True
    except Exception:
        return not path.exists()
    return False


def main() -> None:
    """Run the rounds and print the totals."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where to record; else a temporary folder")
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311
    tally, start = Tally(), time.perf_counter()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        held, number = 0, 0
        for _ in range(options.rounds):
            if held > LONGEST_LOG or chance.random() < 0.05:
                held, number = 0, number + 1
            held = one_round(Path(folder) / f"{number}.db", held, chance, tally)
    seconds = time.perf_counter() - start
    print(
        f"{tally.rounds:,} kills, {tally.events:,} events in {number + 1} logs, {seconds:.0f} s: "
        "0 recorded events lost, 0 doubles, 0 gaps"
    )
    print(
        f"{tally.unacknowledged:,} rounds with one batch recorded that the child could not tell of any more"
    )
    print(f"{tally.unborn:,} rounds in which the log was not created yet")


if __name__ == "__main__":
    main()
