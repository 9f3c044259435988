"""What a choice does for the objectives, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from pydantic import Field, model_validator

from tabletop.scenario.base import AnyNumber, Effects, Line, OneOrMore, Part, Reasons, TeamId, signs
from tabletop.scenario.conditions import Condition


def _refuse_twice(objectives: Sequence[str], keys: str) -> None:
    """Refuse an objective that is named twice in one set of marks."""
    twice = next((goal for place, goal in enumerate(objectives) if goal in objectives[:place]), None)
    if twice is not None:
        raise ValueError(f"'{twice}' is named twice; name it once, in {keys}")


class IfPart(Part):
    """Marks that stand in place of the plain ones: under a condition, for some of the teams, or both."""

    when: Condition | None = Field(
        default=None,
        description="Judged when the decision is taken; choices in other decisions once those are closed.",
    )
    for_: OneOrMore[TeamId] | None = Field(
        default=None,
        alias="for",
        description="The teams that it speaks for, in place of what is said for all; else every team asked.",
    )
    good: Reasons = Field(default_factory=dict, description="Objectives served then, each with the reason.")
    bad: Reasons = Field(default_factory=dict, description="Objectives harmed then, each with the reason.")
    neither: Reasons = Field(
        default_factory=dict,
        description="Objectives neither served nor harmed then, each with the reason: no mark.",
    )

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.when is None and self.for_ is None:
            raise ValueError("say 'when' it holds, 'for' which teams, or both")
        if not self.marks:
            raise ValueError("say what is 'good', 'bad' or 'neither' then, each with the reason")
        _refuse_twice((*self.good, *self.bad, *self.neither), "'good', 'bad' or 'neither'")
        return self

    @property
    def marks(self) -> dict[str, tuple[float, str]]:
        """Points and reason by objective."""
        kinds = ((self.good, 1.0), (self.bad, -1.0), (self.neither, 0.0))
        return {goal: (points, why) for reasons, points in kinds for goal, why in reasons.items()}

    def speaks_for(self, team: str) -> bool:
        """Return whether it is about that team."""
        return self.for_ is None or team in self.for_


class Outcome(Part):
    """What a choice does for the objectives: good or bad, each for a reason, or points without one."""

    good: Reasons = Field(
        default_factory=dict, description="Objectives it serves, each with the reason, in at most 12 words."
    )
    bad: Reasons = Field(
        default_factory=dict, description="Objectives it harms, each with the reason, in at most 12 words."
    )
    effects: Effects = Field(
        default_factory=dict, description="Points by objective; 'good' and 'bad' also say why."
    )
    if_: AnyNumber[IfPart] = Field(
        default=(),
        alias="if",
        description="What is good or bad instead when a condition holds, or for some of the teams.",
    )

    @model_validator(mode="after")
    def _once(self) -> Self:
        _refuse_twice((*self.good, *self.bad, *self.effects), "'good', 'bad' or 'effects'")
        return self

    @property
    def objectives(self) -> frozenset[str]:
        """The objectives that it moves: plainly, under a condition or for some of the teams."""
        plain = (goal for goal, points in self.points.items() if points)
        return frozenset(plain).union(*(part.good.keys() | part.bad.keys() for part in self.if_))

    @property
    def points(self) -> Effects:
        """Marks by objective: +1 where it is good, −1 where it is bad; of points only their sign counts."""
        return {**dict.fromkeys(self.good, 1.0), **dict.fromkeys(self.bad, -1.0), **signs(self.effects)}

    def reason(self, objective: str) -> str:
        """Return why it is good or bad for an objective; empty if the author gave no reason."""
        return self.good.get(objective) or self.bad.get(objective) or ""


class Nothing(Outcome):
    """What it means when nobody decides."""

    text: Line | None = Field(default=None, description="What happens then, in one line.")
