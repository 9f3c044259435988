"""What the options of a decision can give on each objective, over all options and all timing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from tabletop.rules.ledger import Span
from tabletop.scenario.base import Effects
from tabletop.scenario.content import Decision, Option
from tabletop.scenario.scenario import Scenario

_CREDIT: Final = {"in time": 1.0, "late": 0.5, "too late": 0.0}
"""What a good effect on a time-critical objective is worth."""


def option_span(scenario: Scenario, word: str) -> dict[str, Span]:
    """Return the best and the worst that a decision can give on each objective it moves.

    A decision that may never be asked can also give nothing.
    """
    decision = scenario.decisions[word]
    outcomes = list(_outcomes(scenario, decision))
    if not _certain(scenario, word):
        outcomes.append({})
    goals = dict.fromkeys(goal for outcome in outcomes for goal, points in outcome.items() if points)
    return {
        goal: Span(
            best=max(outcome.get(goal, 0.0) for outcome in outcomes),
            worst=min(outcome.get(goal, 0.0) for outcome in outcomes),
        )
        for goal in goals
    }


def _outcomes(scenario: Scenario, decision: Decision) -> Iterator[Mapping[str, float]]:
    """Yield the points by objective of every option at every time, and of deciding nothing."""
    critical = {word for word, goal in scenario.objectives.items() if goal.time_critical}
    yield decision.none.effects if decision.none is not None else {}
    for option in decision.options.values():
        for when, credit in _CREDIT.items():
            yield _given(option, credit, critical, scenario, too_late=when == "too late")


def _given(
    option: Option, credit: float, critical: set[str], scenario: Scenario, *, too_late: bool
) -> Effects:
    helps = {goal for goal, points in option.effects.items() if goal in critical and points > 0}
    given = {goal: points * credit if goal in helps else points for goal, points in option.effects.items()}
    late = scenario.late
    if too_late and helps and late is not None:
        given[late.objective] = given.get(late.objective, 0.0) + late.points
    return given


def _certain(scenario: Scenario, word: str) -> bool:
    """Whether the decision is asked however the exercise goes, as long as injects go out as planned."""
    return scenario.decisions[word].when is None and any(
        word in entry.decisions and entry.at is not None and entry.when is None for entry in scenario.timeline
    )
