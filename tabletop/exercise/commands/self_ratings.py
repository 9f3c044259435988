"""Commands about teams' own ratings: the facilitator asks for them, teams give them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tabletop.exercise.commands.base import BaseCommand, TypedText
from tabletop.scenario.objectives import Letter


class AskSelfRatings(BaseCommand):
    """Ask every team to rate itself, at a gate or after ENDEX."""

    do: Literal["ask-self-ratings"] = "ask-self-ratings"


class RateSelf(BaseCommand):
    """Rate one's own team on objectives: P without challenges, S some, M major, U unable."""

    do: Literal["rate-self"] = "rate-self"
    ratings: dict[str, Letter] = Field(
        description="Objectives, each with P, S, M or U; what is left out is not rated."
    )
    note: TypedText = Field(default="", description="One note for all of them.")
