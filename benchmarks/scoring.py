"""Times scoring against a bare fold of the same records: ``python benchmarks/scoring.py``.

First what it costs to score one more event with 100, 1,000 and 10,000 events behind it, which must not grow;
then the whole score of 10,000 events, and everything that `tabletop explain` says about the flagship. Every
figure stands beside that of the fold without rules, taken in the same run.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tabletop.exercise.apply import apply, create, fold
from tabletop.exercise.commands import COMMAND
from tabletop.exercise.events import (
    ConsultAnswered,
    ConsultRequested,
    Event,
    MessageSent,
    Record,
    StatementMade,
)
from tabletop.host.session import Session
from tabletop.playthrough.moves import read_moves
from tabletop.playthrough.play import Playthrough
from tabletop.report.explaining import explain
from tabletop.rules.alternatives import single_changes
from tabletop.rules.scoring import Scorer, score_log
from tabletop.scenario.library import find_scenario
from tabletop.scenario.linking import load_scenario
from tabletop.store.memory import MemoryLog
from tabletop.system.clock import VirtualTime
from tests.builders import TEAMS
from tests.game import Game
from tests.rules.measured import measured_scenario
from tests.rules.refolding import refold

SIZES = (100, 1_000, 10_000)
GOAL_FULL, GOAL_EXPLAIN, FLAT = 1.0, 2.0, 3.0
"""Seconds, seconds, and how much slower than with 100 events behind it one more event may be scored."""
GAMES = ("cooperative", "go-it-alone", "silent")


def story(length: int) -> list[Record]:
    """Return the records of a play that met every rule, filled up with talk to so many events."""
    game = Game(measured_scenario()).start()
    for at, seat, fields in (
        (310, "washington", {"do": "share", "card": "track", "with": ["tokyo"]}),
        (320, "tokyo", {"do": "share", "card": "track", "with": ["seoul"]}),
        (330, "washington", {"do": "decide", "decision": "push-track", "option": "both"}),
        (380, "tokyo", {"do": "decide", "decision": "alert", "option": "okinawa"}),
        (390, "seoul", {"do": "decide", "decision": "name-it", "option": "missile"}),
        (391, "tokyo", {"do": "decide", "decision": "name-it", "option": "satellite"}),
        (392, "washington", {"do": "decide", "decision": "name-it", "option": "missile"}),
    ):
        game.grant(seat, COMMAND.validate_python(fields), at=at)
    records, at = list(game.records), 400
    while len(records) < length:
        seq = len(records) + 1
        records.append(
            Record(seq=seq, at=at, wall="", seat="tokyo", key=f"{seq}", digest="", event=_talk(seq))
        )
    return records


def _talk(seq: int) -> Event:
    by, to = TEAMS[seq // 5 % 3], TEAMS[(seq // 5 + 1) % 3]
    match seq % 5:
        case 0:
            return ConsultRequested(consult=f"c-{seq}", by=by, to=(to,), text="What do you see?")
        case 1 if seq > 50:
            return ConsultAnswered(consult=f"c-{seq - 1}", by=to, to=by, text="Nothing yet.")
        case 2:
            return StatementMade(by=by, text="We are watching.", label="missile", about="name-it")
    return MessageSent(by=by, to=(to,), text="Thank you.")


def one_more(records: Sequence[Record], runs: int) -> tuple[float, float]:
    """Return the median microseconds to fold, and to fold and score, each of the last events.

    Scores are read after every event, as a console does.
    """
    bare, scored = [], []
    state = create(records[0])
    scorer = Scorer(state.script.scenario)
    scorer.see(records[0], state)
    for number, record in enumerate(records[1:], 1):
        start = time.perf_counter()
        state = apply(state, record)
        middle = time.perf_counter()
        scorer.see(record, state)
        scorer.scores()
        end = time.perf_counter()
        if number >= len(records) - runs:
            bare.append((middle - start) * 1e6)
            scored.append((end - start) * 1e6)
    return statistics.median(bare), statistics.median(scored)


def seconds(work: Callable[[], object], runs: int) -> float:
    """Return the median seconds that the work takes."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def flagship(game: str) -> list[Record]:
    """Return the records of a recorded game of the flagship."""
    path, time_ = find_scenario("sakishima-dawn"), VirtualTime()
    loaded = load_scenario(path).scenario
    session = Session.begin(MemoryLog(), loaded, name=game, seed=0, time=time_.source(), mark_every=None)
    Playthrough(session, time_, read_moves(path.parent / "games" / f"{game}.yaml")).run()
    return list(session.records)


def main() -> int:
    """Measure, print one table, and say whether the goals are met."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    print(f"{'':52} {'bare fold':>12} {'measured':>12}")
    single = []
    for size in SIZES:
        bare, scored = one_more(story(size), min(50, size // 2))
        single.append(scored)
        print(f"{f'score after one more event, {size:,} behind it':52} {bare:9.0f} µs {scored:9.0f} µs")
    records = story(SIZES[-1])
    whole = seconds(lambda: score_log(records), options.runs)
    row("full score of a 10,000-event log", seconds(lambda: fold(records), options.runs), whole)
    slowest = 0.0
    for game in GAMES:
        played = flagship(game)
        changes = len(list(single_changes(played)))
        took = seconds(lambda played=played: explain(played), options.runs)  # type: ignore[misc]
        slowest = max(slowest, took)
        bare = seconds(lambda played=played: fold(played), options.runs)  # type: ignore[misc]
        row(f"explain {game}: {len(played)} events, {changes} changes", bare, took)
    every = [change.edit for change in single_changes(played)]
    plain = seconds(lambda: [refold(played, edit) for edit in every], 1)
    row(f"folding all of {GAMES[-1]} anew for each change", bare, plain)
    met = {
        f"one more event costs the same (within {FLAT:g} x)": single[-1] <= FLAT * single[0],
        f"full score within {GOAL_FULL:g} s": whole <= GOAL_FULL,
        f"explain within {GOAL_EXPLAIN:g} s": slowest <= GOAL_EXPLAIN,
    }
    print()
    for goal, reached in met.items():
        print(f"Goal: {goal}: {'met' if reached else 'MISSED'}")
    return 0 if all(met.values()) else 1


def row(name: str, bare: float, took: float) -> None:
    """Print a line of the table, in milliseconds."""
    print(f"{name:52} {bare * 1000:9.1f} ms {took * 1000:9.1f} ms")


if __name__ == "__main__":
    sys.exit(main())
