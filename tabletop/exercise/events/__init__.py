"""What happened: small past-tense facts, the only thing that is ever stored.

Every event has an explicit `type` tag and a schema version `v`. Times inside events are game
seconds. An event carries the words that were shown, so that it can be read without its scenario
and `tabletop.exercise.view` can decide alone who may see which part of it.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from tabletop.exercise.events.base import *
from tabletop.exercise.events.course import *
from tabletop.exercise.events.decisions import *
from tabletop.exercise.events.injects import *
from tabletop.exercise.events.judgements import *
from tabletop.exercise.events.talk import *

Event = Annotated[
    CourseEvent | InjectEvent | DecisionEvent | TalkEvent | JudgementEvent, Field(discriminator="type")
]


def signed(event: Event, author: str) -> Event:
    """Return a judgement with its author's name, any other event as it is."""
    return event.model_copy(update={"author": author}) if isinstance(event, JudgementEvent) else event


EVENT: TypeAdapter[Event] = TypeAdapter(Event)
"""Reads and checks any event, by its type tag."""


class Record(BaseModel):
    """An event in its place in the log."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    seq: int = Field(ge=1)
    at: int = Field(ge=0, description="Game seconds after STARTEX.")
    wall: str = Field(description="UTC time of day, ISO 8601, for people; nothing is computed from it.")
    seat: str = Field(description="Who acted.")
    key: str = Field(description="The sender's key of the command that this event answers.")
    digest: str = Field(description="Fingerprint of that command, to tell a retry from a clash.")
    event: Event
