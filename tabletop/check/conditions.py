"""Every condition of a scenario, wherever it stands."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.scenario.conditions import Condition
from tabletop.scenario.scenario import Scenario


def conditions_of(scenario: Scenario) -> Iterator[Condition]:
    """Yield every condition of the scenario."""
    for entry in scenario.timeline:
        for condition in (entry.when, entry.once, *(addition.when for addition in entry.inject.additions)):
            if condition is not None:
                yield condition
    for decision in scenario.decisions.values():
        if decision.when is not None:
            yield decision.when
