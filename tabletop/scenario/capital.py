"""Domestic capital: what teams can afford at home, what options cost and require."""

from __future__ import annotations

from typing import Annotated

from pydantic import Discriminator, Field, Tag

from tabletop.scenario.base import InjectId, ObjectiveId, Part, Points, TeamId
from tabletop.scenario.conditions import Condition


class GateBonus(Part):
    """Domestic capital gained at a gate by a team whose score on an objective is high enough."""

    objective: ObjectiveId = Field(description="The objective that is looked at.")
    score: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)] = Field(
        description="The score from which capital is gained."
    )
    points: Points = Field(default=1, description="Capital gained.")


class Capital(Part):
    """Domestic capital: what each team can still afford at home."""

    start: Annotated[int, Field(ge=1, le=100)] = Field(default=6, description="What each team begins with.")
    reset: Annotated[int, Field(ge=0, le=100)] = Field(
        default=2, description="What a team has again after the backlash; 0 if what is spent stays spent."
    )
    backlash: InjectId | None = Field(
        default=None, description="Inject that a team gets when its capital is used up."
    )
    gate_bonus: GateBonus | None = Field(
        default=None, alias="gate-bonus", description="Capital that a team gains at a gate."
    )


Amount = Annotated[int, Field(ge=-10, le=10)]


def _form_of_cost(value: object) -> str:
    return "by-team" if isinstance(value, dict) else "number"


Cost = Annotated[
    Annotated[Amount, Tag("number")] | Annotated[dict[TeamId, Amount], Field(min_length=1), Tag("by-team")],
    Discriminator(_form_of_cost),
]
"""Domestic capital: a number for all, or by team."""


class CapitalNeeded(Part):
    """The team that decides has at least so much domestic capital left."""

    capital: Annotated[int, Field(ge=1, le=100)] = Field(
        description="Domestic capital that the team must have left."
    )


def _requirement(value: object) -> str:
    """Tell domestic capital left from any other condition."""
    if isinstance(value, CapitalNeeded):
        return "capital-needed"
    alone = isinstance(value, dict) and value.keys() == {"capital"} and not isinstance(value["capital"], dict)
    return "capital-needed" if alone else "condition"


Requirement = Annotated[
    Annotated[CapitalNeeded, Tag("capital-needed")] | Annotated[Condition, Tag("condition")],
    Discriminator(_requirement),
]
"""What must be so for an option to be open."""
