"""Objectives that stand in the scorecard although nothing in the scenario exercises them."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.scenario.linking.findings import problem_at
from tabletop.scenario.linking import Loaded
from tabletop.scenario.problems import Problem, quoted


def unmoved_objectives(loaded: Loaded) -> Iterator[Problem]:
    """Warn of each objective that no decision can move in either direction."""
    scenario = loaded.scenario
    moved: set[str] = set()
    for decision in scenario.decisions.values():
        for option in decision.options.values():
            moved.update(word for word, points in option.effects.items() if points)
        if decision.none is not None:
            moved.update(word for word, points in decision.none.effects.items() if points)
    for word, objective in scenario.objectives.items():
        if word not in moved:
            yield problem_at(
                loaded.places["objective", word],
                "objective-unmoved",
                f"no decision moves objective {quoted(word)} ({objective.title})",
                hint="its score will read 'not exercised'; give an option an effect on it if it should count",
                at_key=True,
                severity="warning",
            )
