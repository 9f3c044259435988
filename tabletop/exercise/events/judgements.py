"""Events of people's judgements. `author` is the name of the seat's holder."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from tabletop.exercise.events.base import BaseEvent
from tabletop.scenario.objectives import Letter


class ObservationMade(BaseEvent):
    """An evaluator or the facilitator recorded an observation."""

    type: Literal["observation-made"] = "observation-made"
    text: str
    about: str | None = None
    team: str | None = None
    objective: str | None = None
    kind: Literal["strength", "improvement"] | None = None
    author: str = ""


class NoteTaken(BaseEvent):
    """The facilitator took a note."""

    type: Literal["note-taken"] = "note-taken"
    text: str
    author: str = ""


class ScoreAdjusted(BaseEvent):
    """A person adjusted a score, with a reason; the rules' own value is kept."""

    type: Literal["score-adjusted"] = "score-adjusted"
    team: str
    objective: str
    points: float
    reason: str
    author: str = ""


class RatingGiven(BaseEvent):
    """An objective was rated on the HSEEP scale (P, S, M or U), for all teams or one."""

    type: Literal["rating-given"] = "rating-given"
    objective: str
    team: str | None = None
    rating: Letter
    note: str
    author: str = ""


class Mark(BaseModel):
    """What control says a decision did for an objective, and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    objective: str
    mark: Literal["good", "bad", "neither"]
    reason: str


class AnswerJudged(BaseEvent):
    """Control judged a decision in a team's own words: as an option, or by objectives; or judged it anew."""

    type: Literal["answer-judged"] = "answer-judged"
    decision: str
    code: str
    team: str
    answer: int
    """Number of the event with the team's words."""
    option: str | None = None
    text: str = ""
    """The words of that option."""
    marks: tuple[Mark, ...] = ()
    capital: int = 0
    again: bool = False
    author: str = ""


class ActionTicked(BaseEvent):
    """An evaluator or the facilitator saw an expected action done, or did not see it."""

    type: Literal["action-ticked"] = "action-ticked"
    entry: str
    number: int
    """Which of the inject's expected actions, counted from 1."""
    action: str
    team: str | None = None
    objective: str | None = None
    due: int | None = None
    """The game second until which it was expected."""
    outcome: Literal["done", "not-seen"]
    happened: int | None = None
    """The game second at which it was done; None if it was when it was ticked."""
    note: str = ""
    author: str = ""

    def key(self, seat: str) -> tuple[str, int, str, str]:
        """Return what was ticked for whom, and by whom: the name, else the seat. The latest tick counts."""
        return self.entry, self.number, self.team or "", self.author or seat


JudgementEvent = ObservationMade | NoteTaken | ScoreAdjusted | RatingGiven | ActionTicked | AnswerJudged
