"""What people judge. `author` is the name of the person, as the host knows the seat."""

from __future__ import annotations

from typing import Literal

from tabletop.exercise.events.base import BaseEvent


class ObservationMade(BaseEvent):
    """What an evaluator or the facilitator saw."""

    type: Literal["observation-made"] = "observation-made"
    text: str
    about: str | None = None
    team: str | None = None
    objective: str | None = None
    kind: Literal["strength", "improvement"] | None = None
    author: str = ""


class NoteTaken(BaseEvent):
    """A note of the facilitator's."""

    type: Literal["note-taken"] = "note-taken"
    text: str
    author: str = ""


class ScoreAdjusted(BaseEvent):
    """A person changed a score, with a reason; the rule's value stays beside it."""

    type: Literal["score-adjusted"] = "score-adjusted"
    team: str
    objective: str
    points: float
    reason: str
    author: str = ""


class RatingGiven(BaseEvent):
    """How well an objective was performed, on the HSEEP scale: P, S, M or U; for all teams or one."""

    type: Literal["rating-given"] = "rating-given"
    objective: str
    team: str | None = None
    rating: Literal["P", "S", "M", "U"]
    note: str
    author: str = ""


JudgementEvent = ObservationMade | NoteTaken | ScoreAdjusted | RatingGiven
