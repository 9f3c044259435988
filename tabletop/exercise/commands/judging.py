"""Commands of exercise control and evaluators to note, observe and rate."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from tabletop.exercise.commands.base import BaseCommand, NonEmptyText, TypedText
from tabletop.scenario.gametime import GameTime
from tabletop.scenario.objectives import Letter


class Lapse(BaseCommand):
    """Close a decision that was not made."""

    do: Literal["lapse"] = "lapse"
    decision: str
    team: str | None = None


class Open(BaseCommand):
    """Open the question and the options of a decision that teams talk about first."""

    do: Literal["open"] = "open"
    decision: str
    team: str | None = None


class Judge(BaseCommand):
    """Judge a decision in a team's own words: as an option, or good, bad or neither for objectives."""

    do: Literal["judge"] = "judge"
    decision: str
    team: str
    as_: str = Field(default="", alias="as", description="The option that it comes to.")
    good: dict[str, TypedText] = Field(
        default_factory=dict, description="Objectives it serves, each with the reason, in at most 12 words."
    )
    bad: dict[str, TypedText] = Field(
        default_factory=dict, description="Objectives it harms, each with the reason, in at most 12 words."
    )
    neither: dict[str, TypedText] = Field(
        default_factory=dict, description="Objectives it leaves as they are, each with the reason."
    )
    capital: Annotated[int, Field(ge=-10, le=10)] = Field(
        default=0, description="Domestic capital that it costs (below 0) or gains."
    )


class Unlock(BaseCommand):
    """Open an option to a team that it cannot choose, whatever it costs or requires."""

    do: Literal["unlock"] = "unlock"
    decision: str
    option: str
    team: str


class Observe(BaseCommand):
    """Record what was seen, tied to an inject, a decision, a team or an objective."""

    do: Literal["observe"] = "observe"
    text: NonEmptyText
    about: str | None = None
    team: str | None = None
    objective: str | None = None
    kind: Literal["strength", "improvement"] | None = None


class Note(BaseCommand):
    """Take a note."""

    do: Literal["note"] = "note"
    text: NonEmptyText


class Adjust(BaseCommand):
    """Change a team's score on an objective, with a reason."""

    do: Literal["adjust"] = "adjust"
    team: str
    objective: str
    points: Annotated[float, Field(ge=-1, le=1, allow_inf_nan=False)]
    reason: NonEmptyText


class Grade(BaseCommand):
    """Rate how an objective was performed: P without challenges, S some, M major, U unable."""

    do: Literal["grade"] = "grade"
    objective: str
    team: str | None = None
    rating: Letter
    note: NonEmptyText


class Credit(BaseCommand):
    """Credit domestic capital that a gate gives (asked for by the rules, not by a person)."""

    do: Literal["credit"] = "credit"
    team: str
    points: int
    reason: NonEmptyText


class Tick(BaseCommand):
    """Tick an expected action of an inject: seen done, or not seen."""

    do: Literal["tick"] = "tick"
    inject: str
    action: Annotated[int, Field(ge=1)] = 1
    team: str | None = None
    outcome: Literal["done", "not-seen"] = "done"
    happened: GameTime | None = Field(default=None, description="When it was done, if not just now: T+36.")
    note: TypedText = ""


EvaluatorCommand = Observe | Adjust | Grade | Tick
