"""The decisions that a shorter form of a scenario takes for taken before STARTEX."""

from __future__ import annotations

from immutables import Map

from tabletop.exercise.state import DecisionState
from tabletop.scenario.scenario import Scenario


def preset_decisions(scenario: Scenario) -> Map[tuple[str, str], DecisionState]:
    """Return the decisions taken before play. No event records them, since nobody was asked."""
    return Map(
        {
            (name, team): DecisionState(
                presented_at=0,
                window=0,
                due=0,
                entry="",
                phase="",
                options=tuple(scenario.decisions[name].options),
                presented_seq=0,
                option=option,
                decided_at=0,
            )
            for name, chosen in scenario.presets.items()
            for team, option in chosen.items()
        }
    )
