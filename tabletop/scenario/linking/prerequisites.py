"""Prerequisites of conditions, from which cycles and dead entries are found."""

from __future__ import annotations

from tabletop.scenario.conditions import BaseCondition
from tabletop.scenario.conditions.base import Node as Node  # noqa: PLC0414


def prerequisites(condition: BaseCondition | None) -> frozenset[Node]:
    """Return what must have happened whenever the condition is true; nothing if there is no condition."""
    return frozenset() if condition is None else condition.prerequisites()
