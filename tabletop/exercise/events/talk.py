"""Events of communication: consultations, statements, messages."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tabletop.exercise.events.base import BaseEvent, Teams
from tabletop.scenario.base import is_empty


class ConsultRequested(BaseEvent):
    """A team consulted partners."""

    type: Literal["consult-requested"] = "consult-requested"
    consult: str
    by: str
    to: Teams
    about: str | None = None
    text: str


class ConsultAnswered(BaseEvent):
    """A partner answered a consultation."""

    type: Literal["consult-answered"] = "consult-answered"
    consult: str
    by: str
    to: str
    text: str


class ConsultImplied(BaseEvent):
    """The option that a team chose implies that it consulted these partners."""

    type: Literal["consult-implied"] = "consult-implied"
    by: str
    to: Teams
    decision: str


class StatementMade(BaseEvent):
    """A team made a public statement."""

    type: Literal["statement-made"] = "statement-made"
    by: str
    text: str
    label: str | None = None
    area: str | None = None
    says: str | None = None
    about: str | None = None
    decision: str | None = None
    announced: bool = Field(default=False, exclude_if=is_empty)
    """Whether it says what an option has for the public, not the text that the option's own team reads."""

    @property
    def advice(self) -> str:
        """What it advises the public to do, and where: "Okinawa: shelter"; empty if it advises nothing."""
        return f"{self.area}: {self.says}" if self.area and self.says else ""


class MessageSent(BaseEvent):
    """A message was sent between teams, or to or from exercise control."""

    type: Literal["message-sent"] = "message-sent"
    by: str
    to: Teams
    text: str


TalkEvent = ConsultRequested | ConsultAnswered | ConsultImplied | StatementMade | MessageSent
