"""Rehearse the flagship: random plays in all processes, beside single plays that keep a log in memory.

Run by itself: `python benchmarks/rehearse.py [--plays 10000] [--balance 2000]`. The baseline is measured in
the same run: a play through a session, with its hashing and its records, from the same moves. Last comes a
rehearsal with climbs, which says whether the flagship is balanced.
"""

from __future__ import annotations

import argparse
import os
import sys
import time

from tabletop.exercise.events import Record
from tabletop.host.first_record import first_record
from tabletop.rehearsal.balance import claims
from tabletop.rehearsal.findings import Findings
from tabletop.rehearsal.game import Start
from tabletop.rehearsal.pool import rehearse
from tabletop.rehearsal.tasks import Plan, play
from tabletop.rules.scoring import score_log
from tabletop.scenario.library import find_scenario
from tabletop.scenario.linking import load_scenario
from tabletop.store.codec import encode
from tabletop.system.clock import VirtualTime

GOAL = 60.0
"""Seconds for 10,000 plays on two processors."""

WALL = VirtualTime().source().wall()


def flagship() -> Record:
    """Return the first record of a rehearsal of the flagship."""
    scenario = load_scenario(find_scenario("sakishima-dawn")).scenario
    return first_record(scenario, name="benchmark", seed=0, wall=WALL)


def logged(start: Start, plays: int) -> float:
    """Return the seconds of a play that is kept, encoded as a log would be, and scored from there."""
    began = time.perf_counter()
    for number in range(plays):
        records = [start.first]
        play(start, "random", 1, number, records.append)
        for record in records[1:]:
            encode(record)
        score_log(records)
    return (time.perf_counter() - began) / plays


def balanced(first: Record, plays: int, processes: int) -> bool:
    """Print what holds of a balanced scenario, each with its figure; return whether all of it does."""
    found = rehearse(first, Plan(plays, seed=1, climbs=4, steps=plays // 2), processes)
    print(
        f"\nWhether {found.scenario.title} is balanced, by {plays:,} random plays and {2 * plays:,} to climb:"
    )
    shown = list(claims(Findings(found)))
    for one in shown:
        print(f"{one.text:62} {one.figure:>14}  {'holds' if one.holds else 'DOES NOT HOLD'}")
    return all(one.holds for one in shown)


def main() -> int:
    """Measure, print one table, and say whether the goal is met."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--plays", type=int, default=10_000)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--balance", type=int, default=2_000, metavar="PLAYS")
    options = parser.parse_args()
    first = flagship()
    baseline = logged(Start(first), 20)
    began = time.perf_counter()
    found = rehearse(first, Plan(options.plays, seed=1), options.processes)
    took = time.perf_counter() - began
    done = found.random.plays
    print(f"{'one play, kept, encoded and scored from its records':56} {baseline * 1000:9.1f} ms")
    print(f"{f'one play of {done:,} in {options.processes} processes':56} {took / done * 1000:9.1f} ms")
    print(f"{f'{done:,} plays':56} {took:9.1f} s")
    reached = took * 10_000 / done <= GOAL
    print(f"\nGoal: 10,000 plays within {GOAL:g} s on two processors: {'met' if reached else 'MISSED'}")
    return 0 if balanced(first, options.balance, options.processes) and reached else 1


if __name__ == "__main__":
    sys.exit(main())
