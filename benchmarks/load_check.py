"""Loading and checking a scenario of 5,000 injects, beside parsing the same files with PyYAML alone.

    python benchmarks/load_check.py [INJECTS]

The scenario has a framework, its injects in ten library files, 500 decisions, conditions, cards and branches.
Both sides are measured in the same run, the best of five each. The bound to hold is a ratio of 1.0.
"""

from __future__ import annotations

import gc
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from string import Template
from time import perf_counter

import yaml

from tabletop.check import check
from tabletop.scenario.linking import load_scenario

ROUNDS = 5
FILES = 10
EVERY = 10
"""How many injects come with one decision."""

LENGTH_MINUTES = 160 * 60

_TEAMS = ("washington", "tokyo", "seoul")
_GOALS = 11

_HEAD = """\
format: 1
id: large
title: Large
framework: three
length: 160 h
phases:
  - {id: first, title: First, from: T+0}
  - {id: second, title: Second, from: T+15}
"""
_INJECT = Template("""\
inject-$n:
  title: Report $n
  from: Watch floor
  channel: warning-net
  to: $team
  text: >-
    The western site reports movement on the pad. Confidence is moderate and the source is sensitive.
    A second post has seen nothing. Both will report again within the hour, or when anything changes.
  expected: Tell both partners within two minutes.
  objectives: [goal-$goal]
  source: https://example.org/report
""")
_CARD = Template("  card: {id: card-$n, code: K$n, title: Card $n, text: What was seen., window: 5 min}\n")
_ENTRY = Template("  - at: T+$minute\n    code: A$n\n    inject: inject-$n\n")
_ASKS = Template("    decision: decision-$n\n")
_BRANCH = Template("    when: {not: {all: [{chose: {decision-$asked: [go]}}, {shared: card-$asked}]}}\n")
_DECISION = Template("""\
  decision-$n:
    code: D$n
    team: $team
    title: Decision $n
    question: What do you do?
    window: 5 min
    options:
      go: {letter: a, text: Tell both, good: {goal-$goal: Heard}, cost: 1, shares: [card-$n], asks: all}
      wait: {letter: b, text: Wait for confirmation, bad: {goal-$goal: They hear it late}}
    none: {bad: {goal-$goal: They never hear it}}
""")


def write_scenario(folder: Path, injects: int) -> Path:
    """Write a scenario with that many injects and return its file."""
    (folder / "injects").mkdir()
    (folder / "frameworks").mkdir()
    (folder / "frameworks" / "three.yaml").write_text(_framework(), encoding="utf-8")
    words: list[dict[str, int | str]] = [
        {"n": n, "team": _TEAMS[n % 3], "goal": n % _GOALS, "asked": n - n % EVERY} for n in range(injects)
    ]
    for part in range(FILES):
        text = "".join(_inject(each) for each in words[part::FILES])
        (folder / "injects" / f"part-{part}.yaml").write_text(text, encoding="utf-8")
    timeline = "".join(_entry(each, injects) for each in words)
    decisions = "".join(_DECISION.substitute(each) for each in words[::EVERY])
    path = folder / "scenario.yaml"
    path.write_text(f"{_HEAD}timeline:\n{timeline}decisions:\n{decisions}", encoding="utf-8")
    return path


def _framework() -> str:
    teams = "".join(f"  {team}: {{name: {team.title()}}}\n" for team in _TEAMS)
    goals = "".join(
        f"  goal-{number}: {{code: O{number}, title: Goal {number}}}\n" for number in range(_GOALS)
    )
    return f"format: 1\nid: three\ntitle: Three\nteams:\n{teams}objectives:\n{goals}"


def _inject(words: dict[str, int | str]) -> str:
    card = _CARD.substitute(words) if words["n"] == words["asked"] else ""
    return _INJECT.substitute(words) + card


def _entry(words: dict[str, int | str], injects: int) -> str:
    number, asked = int(words["n"]), int(words["asked"])
    entry = _ENTRY.substitute(words, minute=number * (LENGTH_MINUTES - 60) // injects)
    if number == asked:
        return entry + _ASKS.substitute(words)
    return entry + (_BRANCH.substitute(words) if number == asked + 1 else "")


def best_of(action: Callable[[], object]) -> float:
    """Return the shortest of several runs, in seconds."""
    times = []
    for _ in range(ROUNDS):
        gc.collect()
        start = perf_counter()
        action()
        times.append(perf_counter() - start)
    return min(times)


def _plain(text: str) -> object:
    return yaml.load(text, Loader=yaml.CSafeLoader)


def main() -> None:
    """Measure and print the table."""
    injects = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    with tempfile.TemporaryDirectory() as name:
        path = write_scenario(Path(name), injects)
        files = sorted(Path(name).rglob("*.yaml"))
        texts = [file.read_text(encoding="utf-8") for file in files]
        assert check(load_scenario(path)) == []
        ours = best_of(lambda: check(load_scenario(path)))
        plain = best_of(lambda: [yaml.load(text, Loader=yaml.CSafeLoader) for text in texts])
    size = sum(len(text) for text in texts) / 1e6
    print(f"{injects:,} injects, {len(files)} files, {size:.1f} MB, best of {ROUNDS}\n")
    print(f"{'load and check':24}{ours:8.2f} s")
    print(f"{'CSafeLoader alone':24}{plain:8.2f} s")
    print(f"{'ratio':24}{ours / plain:8.2f}   (bound 1.00)")


if __name__ == "__main__":
    main()
