"""How many situations can be counted for each team and objective, and whether that is enough to rate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from tabletop.rules.kinds import kinds_of
from tabletop.rules.tally import FEWEST_RATED
from tabletop.rules.worth import best_and_worst, outcomes
from tabletop.scenario.linking import Loaded
from tabletop.scenario.linking.findings import problem_at
from tabletop.scenario.problems import Problem
from tabletop.scenario.prose import number
from tabletop.scenario.scenario import Scenario

_BEGUN: Final = 4
"""Decisions below which a scenario is still being begun, or is for talk: it is not warned of."""


def situations(scenario: Scenario) -> Counter[tuple[str, str]]:
    """Count for each team and objective the situations that can arise at most, as injects are planned.

    A decision is one for a team where its outcomes differ; a rule is one for each time that it may judge.
    """
    asked = {word for entry in scenario.timeline for word in entry.decisions} - set(scenario.presets)
    found: Counter[tuple[str, str]] = Counter()
    for word, decision in scenario.decisions.items():
        for team in decision.team if word in asked else ():
            spans = best_and_worst(list(outcomes(decision, team, scenario)))
            found.update((team, goal) for goal, span in spans.items() if span.best > span.worst)
    for kind in kinds_of(scenario):
        found.update(pair for pair, span in kind.spans() if span.best > span.worst)
    return found


def hardly_rated(loaded: Loaded) -> Iterator[Problem]:
    """Warn once if most results of teams on objectives can never be rated, whatever is played."""
    scenario = loaded.scenario
    asked = {word for entry in scenario.timeline for word in entry.decisions} - set(scenario.presets)
    if len(asked) < _BEGUN:
        return
    counts = situations(scenario)
    few = sum(count < FEWEST_RATED for count in counts.values())
    if 2 * few <= len(counts):
        return
    whole = scenario.id if scenario.cut is None else scenario.id.removesuffix(f"-{scenario.cut}")
    problem = problem_at(
        loaded.root / "length",
        "hardly-rated",
        f"{few} of {len(counts)} results, each of a team on an objective, can never be rated: under "
        f"{number(FEWEST_RATED)} situations can arise",
        hint="'tabletop check --coverage' counts them; let more decisions serve each objective, train fewer "
        "objectives, or allow it and let people rate",
        severity="warning",
    )
    yield replace(problem, about=(whole, "length"))
