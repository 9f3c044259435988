"""Objectives that stand in the scorecard although the scenario hardly exercises them."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.check.ranges import ranges
from tabletop.scenario.linking import Loaded
from tabletop.scenario.linking.findings import problem_at
from tabletop.scenario.problems import Problem, quoted

_COMPARED = 3
"""Teams from which on a score is compared. Of two, one often knows and the other is told."""


def unmoved_objectives(loaded: Loaded) -> Iterator[Problem]:
    """Warn of each objective that nothing can move for any team, and of each that one team alone can move.

    In a discussion without decisions people rate the objectives, and nothing is expected to move them.
    """
    scenario = loaded.scenario
    if not scenario.decisions and not scenario.rules:
        return
    found = ranges(scenario)
    for word, objective in scenario.objectives.items():
        teams = [team for team in scenario.teams if found[team, word].moves]
        place = loaded.places["objective", word]
        if not teams:
            yield problem_at(
                place,
                "objective-unmoved",
                f"no option and no rule moves objective {quoted(word)} ({objective.title})",
                hint="its score will read 'not exercised'; give an option an effect on it if it should count",
                at_key=True,
                severity="warning",
            )
        elif len(teams) == 1 and len(scenario.teams) >= _COMPARED:
            yield problem_at(
                place,
                "objective-one-team",
                f"objective {quoted(word)} ({objective.title}) is exercised for {quoted(teams[0])} alone",
                hint="its score compares nobody; let a decision of another team move it too",
                at_key=True,
                severity="warning",
            )
