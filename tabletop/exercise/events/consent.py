"""Events of consent: the rules and objectives shown before play, and each team's initials under them."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from tabletop.exercise.events.base import BaseEvent


class ShownObjective(BaseModel):
    """An objective as every team reads it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    code: str
    title: str
    why: str = ""
    time_critical: bool = False


class RulesShown(BaseEvent):
    """The rules and objectives were shown to everybody, on the wall and at every station."""

    type: Literal["rules-shown"] = "rules-shown"
    ground_rules: tuple[str, ...] = ()
    objectives: tuple[ShownObjective, ...]
    marks: tuple[str, ...] = ()
    """How marks come about, in sentences; never which options have them."""
    rules: tuple[str, ...] = ()
    """What each rule that compares teams is called, unless it would tell of the story."""
    hash: str
    """Content hash of the scenario, which covers also what is not shown: marks, injects, decisions."""


class RulesInitialled(BaseEvent):
    """A team put its initials under the rules and objectives; the latest initials of a team stand."""

    type: Literal["rules-initialled"] = "rules-initialled"
    team: str
    name: str
    """Initials or a name, as typed."""
    hash: str


ConsentEvent = RulesShown | RulesInitialled
