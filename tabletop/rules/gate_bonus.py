"""The domestic capital that teams earn at a gate for their scores."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.exercise.commands import Credit
from tabletop.rules.scoring import Scorer
from tabletop.scenario.scenario import Scenario


def credits_at_gate(scenario: Scenario, scorer: Scorer) -> Iterator[Credit]:
    """Yield what each team earns as the scores stand."""
    bonus = scenario.capital.gate_bonus
    if bonus is None:
        return
    title = scenario.objectives[bonus.objective].title
    for team in scenario.teams:
        score = scorer.team(team, bonus.objective).score
        if score is not None and score >= bonus.score:
            reason = f"{title} stands at {score:.0f} at the gate"
            yield Credit(team=team, points=int(bonus.points), reason=reason)
