"""Events: small facts in the past tense, and the only thing that is stored.

Every event has an explicit `type` tag and a schema version `v`. Times inside events are game seconds. An
event includes the text that was shown, so that it can be read without the scenario, and so that
`tabletop.exercise.view` needs nothing else to decide who may see which part of it.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from tabletop.exercise.events.base import *
from tabletop.exercise.events.consent import *
from tabletop.exercise.events.course import *
from tabletop.exercise.events.decisions import *
from tabletop.exercise.events.injects import *
from tabletop.exercise.events.judgements import *
from tabletop.exercise.events.probes import *
from tabletop.exercise.events.self_ratings import *
from tabletop.exercise.events.talk import *

Event = Annotated[
    CourseEvent
    | ConsentEvent
    | InjectEvent
    | DecisionEvent
    | TalkEvent
    | ProbeEvent
    | SelfRatingEvent
    | JudgementEvent,
    Field(discriminator="type"),
]

Settling: TypeAlias = DecisionRecorded | DecisionLapsed | AnswerJudged
"""The events after which it is known what a team's decision is marked by."""


def signed(event: Event, author: str) -> Event:
    """Return a judgement with its author's name; any other event unchanged."""
    return event.model_copy(update={"author": author}) if isinstance(event, JudgementEvent) else event


EVENT: TypeAdapter[Event] = TypeAdapter(Event)
"""Validates any event, by its type tag."""


class Record(BaseModel):
    """An event with its position in the log and the command that caused it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    seq: int = Field(ge=1)
    at: int = Field(ge=0, description="Game seconds after STARTEX.")
    wall: str = Field(description="UTC time of day, ISO 8601, for people; nothing is computed from it.")
    seat: str = Field(description="Who acted.")
    key: str = Field(description="The sender's key of the command that this event answers.")
    digest: str = Field(description="Fingerprint of that command, to tell a retry from a clash.")
    event: Event
