"""Events of teams' own ratings: what each makes of its performance, beside what others make of it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from tabletop.exercise.events.base import BaseEvent
from tabletop.scenario.objectives import Letter


class AskedObjective(BaseModel):
    """An objective as teams read it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    code: str
    title: str

    @property
    def name(self) -> str:
        """Code and title."""
        return f"{self.code} {self.title}"


class SelfRating(AskedObjective):
    """What a team gave itself on an objective."""

    rating: Letter


class SelfRatingsAsked(BaseEvent):
    """Every team was asked to rate itself."""

    type: Literal["self-ratings-asked"] = "self-ratings-asked"
    gate: str
    objectives: tuple[AskedObjective, ...]


class TeamRatedItself(BaseEvent):
    """A team rated itself on some objectives; the latest of a gate stands in place of all before."""

    type: Literal["team-rated-itself"] = "team-rated-itself"
    team: str
    gate: str
    ratings: tuple[SelfRating, ...]
    note: str = ""


SelfRatingEvent = SelfRatingsAsked | TeamRatedItself
