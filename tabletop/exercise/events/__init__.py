"""What happened: small past-tense facts, the only thing that is ever stored.

Every event has an explicit `type` tag and a schema version `v`. Times inside events are game
seconds. An event carries the words that were shown, so that it can be read without its scenario
and `tabletop.exercise.view` can decide alone who may see which part of it.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from tabletop.exercise.events.base import CONTROL, BaseEvent, Teams, Timing
from tabletop.exercise.events.course import (
    AutoReleaseSet,
    ClockJumped,
    EmergencyCleared,
    EmergencyDeclared,
    ExerciseClosed,
    ExerciseCreated,
    ExerciseEnded,
    ExerciseStarted,
    GateReached,
    HotWashBegan,
    LossAccepted,
    PhaseBegan,
    PlayPaused,
    PlayResumed,
    RateChanged,
    TimeJumped,
    TimeMarked,
)
from tabletop.exercise.events.decisions import (
    BacklashTriggered,
    CapitalCredited,
    DecisionLapsed,
    DecisionPresented,
    DecisionRecorded,
    OfferedOption,
    OptionProposed,
    ProposalWithdrawn,
)
from tabletop.exercise.events.injects import (
    CardReceived,
    CardShared,
    InjectAdded,
    InjectEdited,
    InjectHeld,
    InjectRead,
    InjectReaddressed,
    InjectReleased,
    InjectSkipped,
    InjectUnheld,
    LeaveGranted,
    Paragraph,
    Written,
)
from tabletop.exercise.events.judgements import NoteTaken, ObservationMade, RatingGiven, ScoreAdjusted
from tabletop.exercise.events.talk import (
    ConsultAnswered,
    ConsultImplied,
    ConsultRequested,
    MessageSent,
    StatementMade,
)

__all__ = [
    "CONTROL",
    "EVENT",
    "JUDGED",
    "AutoReleaseSet",
    "BacklashTriggered",
    "BaseEvent",
    "CapitalCredited",
    "CardReceived",
    "CardShared",
    "ClockJumped",
    "ConsultAnswered",
    "ConsultImplied",
    "ConsultRequested",
    "DecisionLapsed",
    "DecisionPresented",
    "DecisionRecorded",
    "EmergencyCleared",
    "EmergencyDeclared",
    "Event",
    "ExerciseClosed",
    "ExerciseCreated",
    "ExerciseEnded",
    "ExerciseStarted",
    "GateReached",
    "HotWashBegan",
    "InjectAdded",
    "InjectEdited",
    "InjectHeld",
    "InjectRead",
    "InjectReaddressed",
    "InjectReleased",
    "InjectSkipped",
    "InjectUnheld",
    "LeaveGranted",
    "LossAccepted",
    "MessageSent",
    "NoteTaken",
    "ObservationMade",
    "OfferedOption",
    "OptionProposed",
    "Paragraph",
    "PhaseBegan",
    "PlayPaused",
    "PlayResumed",
    "ProposalWithdrawn",
    "RateChanged",
    "RatingGiven",
    "Record",
    "ScoreAdjusted",
    "StatementMade",
    "Teams",
    "TimeJumped",
    "TimeMarked",
    "Timing",
    "Written",
    "signed",
]

Event = Annotated[
    ExerciseCreated
    | ExerciseStarted
    | PlayPaused
    | PlayResumed
    | RateChanged
    | TimeJumped
    | ClockJumped
    | LossAccepted
    | TimeMarked
    | GateReached
    | PhaseBegan
    | EmergencyDeclared
    | EmergencyCleared
    | ExerciseEnded
    | HotWashBegan
    | ExerciseClosed
    | AutoReleaseSet
    | InjectAdded
    | InjectEdited
    | InjectReaddressed
    | InjectHeld
    | InjectUnheld
    | InjectSkipped
    | InjectReleased
    | InjectRead
    | CardReceived
    | CardShared
    | LeaveGranted
    | DecisionPresented
    | DecisionRecorded
    | DecisionLapsed
    | OptionProposed
    | ProposalWithdrawn
    | BacklashTriggered
    | CapitalCredited
    | ConsultRequested
    | ConsultAnswered
    | ConsultImplied
    | StatementMade
    | MessageSent
    | ObservationMade
    | NoteTaken
    | ScoreAdjusted
    | RatingGiven,
    Field(discriminator="type"),
]

JUDGED = (ObservationMade, NoteTaken, ScoreAdjusted, RatingGiven)
"""What a person judged, and answers for by name."""


def signed(event: Event, author: str) -> Event:
    """What a person judged, with the name; any other event as it is."""
    return event.model_copy(update={"author": author}) if isinstance(event, JUDGED) else event


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
