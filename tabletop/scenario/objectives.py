"""What an exercise trains and how it is rated."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from tabletop.scenario.base import Code, Line, ObjectiveId, Part, Text

Letter = Literal["P", "S", "M", "U"]

MEANING: Final[dict[Letter, str]] = {
    "P": "Performed without challenges",
    "S": "Performed with some challenges",
    "M": "Performed with major challenges",
    "U": "Unable to be performed",
}
"""The four ratings of the Homeland Security Exercise and Evaluation Program (HSEEP)."""


def meaning(letter: Letter) -> str:
    """Return what a rating means, as it stands in a sentence."""
    return MEANING[letter][0].lower() + MEANING[letter][1:]


class Objective(Part):
    """What the exercise trains and scores."""

    code: Code = Field(description="A short code on paper: 'O1'.")
    title: Line = Field(description="What it is, in a few words.")
    why: Text | None = Field(default=None, description="Why it is trained.")
    weight: Annotated[float, Field(gt=0, le=100, allow_inf_nan=False)] = Field(
        default=1, description="Its weight among the objectives; above 0."
    )
    time_critical: bool = Field(
        default=False,
        alias="time-critical",
        description="A good mark on it counts only for a decision taken within its window.",
    )


class Late(Part):
    """What a decision costs that comes too late to do the good it would have done."""

    objective: ObjectiveId = Field(description="The objective that loses points.")
    points: Annotated[float, Field(le=0, ge=-10, allow_inf_nan=False)] = Field(
        default=-1, description="Points lost, 0 or less."
    )


class RatingBands(Part):
    """The score from which an objective is proposed to be rated P, S or M; below all of them it is U."""

    P: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)] = Field(
        default=80, description="The score from which P is proposed."
    )
    S: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)] = Field(
        default=60, description="The score from which S is proposed."
    )
    M: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)] = Field(
        default=40, description="The score from which M is proposed."
    )

    @model_validator(mode="after")
    def _descending(self) -> RatingBands:
        if not self.P > self.S > self.M:
            raise ValueError("the bands must decrease: P above S, S above M")
        return self


class Score(Part):
    """What of the scoring this scenario uses, and how several teams are taken together."""

    across: Literal["mean", "lowest"] = Field(
        default="mean", description="The score of several teams: their mean, or that of the lowest."
    )
    capital: bool = Field(default=True, description="Whether options cost domestic capital.")
