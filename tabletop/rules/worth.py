"""What a decision can be worth: the marks of its outcomes, in time and late, at best and at worst."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from tabletop.exercise.state import DecisionState
from tabletop.rules.ledger import Span
from tabletop.rules.marks import NO_CARDS, extremes
from tabletop.scenario.base import Effects
from tabletop.scenario.decisions import Decision
from tabletop.scenario.scenario import Scenario

RULE = "option"
NONE_RULE = "none"
QUOTED: Final = 120
"""Characters of an option's text, or of a team's words, that a reason quotes."""


def in_time(asked: DecisionState, decided_at: int) -> bool:
    """Whether a decision was taken in its window."""
    return decided_at - asked.presented_at <= asked.window


def credited(effects: Effects, scenario: Scenario, *, in_time: bool) -> Effects:
    """Return what is left of the marks: on a time-critical objective a good one counts in its window only."""
    if in_time:
        return effects
    return {
        goal: 0.0 if points > 0 and scenario.objectives[goal].time_critical else points
        for goal, points in effects.items()
    }


def worse_than_nothing(left: Effects, nothing: Effects) -> bool:
    """Whether what is left of a late decision comes to less than deciding nothing."""
    return sum(left.values()) < sum(nothing.values())


def outcomes(
    decision: Decision, team: str, scenario: Scenario, beyond: frozenset[str] = NO_CARDS
) -> Iterator[Effects]:
    """Yield what nothing, and every option in time and late, can give a team at best and at worst.

    `beyond` names cards that nobody has, so that what needs them cannot be given.
    """
    nothing = list(extremes(decision.none, team, beyond)) if decision.none is not None else [{}]
    yield from nothing
    for option in decision.options.values():
        possible = list(extremes(option, team, beyond))
        yield from possible
        late = [credited(points, scenario, in_time=False) for points in possible]
        if not worse_than_nothing(late[0], nothing[-1]):
            yield from late


def best_and_worst(outcomes: Collection[Effects]) -> dict[str, Span]:
    """Return the best and the worst on each objective that an outcome moves; 0 where one is silent."""
    goals = dict.fromkeys(goal for outcome in outcomes for goal, points in outcome.items() if points)
    return {
        goal: Span(
            best=max(outcome.get(goal, 0.0) for outcome in outcomes),
            worst=min(outcome.get(goal, 0.0) for outcome in outcomes),
        )
        for goal in goals
    }
