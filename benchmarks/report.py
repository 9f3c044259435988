"""Times the after-action report of a full session: ``python benchmarks/report.py``.

The session is made up: 40 injects that put 240 decisions to three teams, with cards, consultations,
statements, messages, observations and adjustments up to 2,000 events. The baseline, in the same run, is what
it takes to write the same records as JSON, which says nothing about them. Goal: model and all three formats
within one second.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tabletop.exercise import commands as c
from tabletop.exercise.events import DecisionPresented, InjectReleased, Record
from tabletop.report.build import build_report
from tabletop.report.json import render_json
from tabletop.report.rendering import render_html, render_markdown
from tabletop.scenario.scenario import Scenario
from tests.builders import TEAMS, tiny_scenario
from tests.game import Game

INJECTS, EACH, EVENTS = 40, 2, 2000
GOAL = 1.0
MINUTES = 3
"""Between one inject and the next."""

WORDS = "A track that reaches a partner after the object has fallen is history. 西側の発射場で熱源を探知。"
GOALS = {
    f"goal-{number}": {
        "code": f"O{number}",
        "title": f"Objective number {number}",
        "time-critical": number % 3 == 1,
    }
    for number in range(1, 12)
}
RULES = [
    {"id": "one-label", "measure": "same-label", "same": {"goal-4": 2}, "differ": {"goal-4": -1}},
    {"id": "consult-first", "measure": "consulted-before", "done": {"goal-3": 1}, "undone": {"goal-3": -1}},
    {"id": "alike", "measure": "joint-choice", "joint": {"goal-8": 1}, "dissent": {"goal-8": -1}},
    {"id": "give-and-take", "measure": "reciprocity", "balanced": {"goal-2": 1}, "hoarded": {"goal-2": -2}},
]


def big_scenario() -> Scenario:
    """Return a scenario of 40 injects, each with a card and two decisions for all teams."""
    timeline = [
        {
            "id": f"inject-{number}",
            "code": f"A{number:02}",
            "at": f"T+{number * MINUTES}",
            "inject": {
                "title": f"Inject number {number}",
                "from": "Exercise control",
                "channel": "telephone",
                "to": list(TEAMS),
                "text": WORDS,
                "expected": "Tell both partners within the window.",
                "card": {
                    "id": f"card-{number}",
                    "code": f"K{number}",
                    "title": f"Card number {number}",
                    "holder": TEAMS[number % 3],
                    "window": "2 min",
                },
            },
            "decisions": [f"decision-{number}-{part}" for part in range(EACH)],
        }
        for number in range(INJECTS)
    ]
    decisions = {
        f"decision-{number}-{part}": _decision(number, part)
        for number in range(INJECTS)
        for part in range(EACH)
    }
    return tiny_scenario(
        timeline=timeline,
        decisions=decisions,
        objectives=GOALS,
        rules=RULES,
        late={"objective": "goal-1", "points": -1},
        capital={"start": 60},
        backlash=None,
        length=f"{INJECTS * MINUTES + 10} min",
        phases=[
            {"id": "first", "title": "First phase", "from": "T+0"},
            {"id": "second", "title": "Second phase", "from": f"T+{INJECTS * MINUTES // 2}"},
        ],
    )


def _decision(number: int, part: int) -> dict[str, Any]:
    goals = [f"goal-{(number + part + step) % 11 + 1}" for step in range(3)]
    return {
        "code": f"D{number}{'ab'[part]}",
        "title": f"Decision number {number}, part {part}",
        "question": WORDS,
        "team": list(TEAMS),
        "window": "2 min",
        "options": {
            letter: {
                "code": letter,
                "text": f"Option {letter}: {WORDS}",
                "tradeoff": "Fast, and perhaps wrong.",
                "effects": dict.fromkeys(goals, points),
                "capital": -1 if points > 0 else 1,
            }
            for letter, points in (("a", 2), ("b", 1), ("c", -1), ("d", -2))
        },
        "none": {"effects": dict.fromkeys(goals, -2)},
    }


def full_session() -> list[Record]:
    """Return the records of a session of that scenario, padded with messages to the number of events."""
    game = Game(big_scenario()).start()
    for number in range(INJECTS):
        begin = number * MINUTES * 60
        if number == INJECTS // 2:
            game.pass_to(begin)
            game.grant("facilitator", c.Gate())
            game.grant("facilitator", c.BeginPhase())
        for index, team in enumerate(TEAMS):
            game.grant(team, c.Read(inject=f"inject-{number}"), at=begin + 10 + index)
        for index, team in enumerate(TEAMS):
            partners = tuple(partner for partner in TEAMS if partner != team)
            game.grant(team, c.Consult(with_=partners, text=WORDS), at=begin + 20 + index)
            for part in range(EACH):
                move = c.Decide(
                    decision=f"decision-{number}-{part}", option="abcd"[(number + index) % 4], rationale=WORDS
                )
                # Some in time, some late, some too late.
                game.grant(team, move, at=begin + 30 + 40 * index + 10 * part + 12 * (number % 5))
            if TEAMS[number % 3] == team:
                game.grant(team, c.Share(card=f"card-{number}", with_=partners))
                game.grant(team, c.State(text=WORDS, label="missile"))
        game.grant(
            "evaluator", c.Observe(text=WORDS, about=f"inject-{number}", objective="goal-1", kind="strength")
        )
    for number in range(4):
        game.grant(
            "facilitator", c.Adjust(team="tokyo", objective=f"goal-{number + 1}", points=0.5, reason=WORDS)
        )
    while len(game.records) < EVENTS - 1:
        game.grant("tokyo", c.Message(to=("seoul",), text=f"{len(game.records)} {WORDS}"))
    game.grant("facilitator", c.Endex())
    return [
        record.model_copy(
            update={"wall": f"2026-05-31T{9 + record.seq // 3600:02}:{record.seq // 60 % 60:02}:00Z"}
        )
        for record in game.records
    ]


def timed(work: Callable[[], object], runs: int) -> tuple[float, float]:
    """Return the milliseconds of the first run and the median of all."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return times[0], statistics.median(times)


def main() -> int:
    """Measure, print a table, and say whether the goal is met."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--write", type=Path, help="a folder to write the reports to, to look at them")
    options = parser.parse_args()
    records = full_session()
    report = build_report(records)
    assert sum(isinstance(record.event, DecisionPresented) for record in records) == INJECTS * EACH * len(
        TEAMS
    )
    assert sum(isinstance(record.event, InjectReleased) for record in records) == INJECTS

    def baseline() -> str:
        return json.dumps([record.model_dump(mode="json") for record in records], ensure_ascii=False)

    renderers: dict[str, Callable[[], str]] = {
        "baseline: json.dumps of the records": baseline,
        "Markdown": lambda: render_markdown(report),
        "HTML with five charts": lambda: render_html(report),
        "JSON with the ledger": lambda: render_json(report),
    }
    rows = {name: (*timed(render, options.runs), len(render())) for name, render in renderers.items()}
    model = timed(lambda: build_report(records), options.runs)
    print(
        f"{len(records):,} events, {len(report.decisions)} decisions, {len(report.ledger):,} ledger entries\n"
    )
    print(f"{'':36} {'first':>9} {'median':>9} {'size':>10}")
    print(f"{'model from the records':36} {model[0]:6.0f} ms {model[1]:6.0f} ms")
    for name, (first, median, size) in rows.items():
        print(f"{name:36} {first:6.0f} ms {median:6.0f} ms {size / 1024:7.0f} kB")
    formats = [row for name, row in rows.items() if not name.startswith("baseline")]
    first, median = (model[at] + sum(row[at] for row in formats) for at in (0, 1))
    base = rows["baseline: json.dumps of the records"][1]
    print(
        f"{'model and all three formats':36} {first:6.0f} ms {median:6.0f} ms {median / base:6.1f} x baseline"
    )
    met = first <= GOAL * 1000
    print(f"\nGoal: at most {GOAL:g} s, the first time as well: {'met' if met else 'MISSED'}")
    if options.write is not None:
        options.write.mkdir(parents=True, exist_ok=True)
        for ending, name in (
            ("md", "Markdown"),
            ("html", "HTML with five charts"),
            ("json", "JSON with the ledger"),
        ):
            (options.write / f"EXERCISE-full-session.{ending}").write_text(
                renderers[name](), encoding="utf-8"
            )
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
