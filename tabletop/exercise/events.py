"""What happened: small past-tense facts, the only thing that is ever stored.

Every event has an explicit `type` tag and a schema version `v`. Times inside events are game
seconds. An event carries the words that were shown, so that it can be read without its scenario
and `tabletop.exercise.view` can decide alone who may see which part of it.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from tabletop.scenario.scenario import Scenario

Teams = tuple[str, ...]
Timing = Literal["early", "on-time", "late"]
CONTROL: Literal["control"] = "control"
"""Exercise control as sender or receiver of a message."""


class Fact(BaseModel):
    """What all events have in common."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    v: Literal[1] = 1


# The course of the exercise --------------------------------------------------------------------


class ExerciseCreated(Fact):
    """First event of every log: the scenario itself, its hash, the seed of this run."""

    type: Literal["exercise-created"] = "exercise-created"
    name: str
    scenario: Scenario
    scenario_hash: str
    seed: int
    program: str
    rules_version: int = 1


class ExerciseStarted(Fact):
    """STARTEX: the clock runs, the first phase begins."""

    type: Literal["exercise-started"] = "exercise-started"
    phase: str
    title: str = ""


class PlayPaused(Fact):
    """PAUSEX: the clock stands still."""

    type: Literal["play-paused"] = "play-paused"
    reason: str = ""


class PlayResumed(Fact):
    """Play goes on after PAUSEX."""

    type: Literal["play-resumed"] = "play-resumed"


class RateChanged(Fact):
    """The game clock runs at another rate: game seconds per second."""

    type: Literal["rate-changed"] = "rate-changed"
    rate: float


class TimeJumped(Fact):
    """The game clock was set forward."""

    type: Literal["time-jumped"] = "time-jumped"
    to: int


class ClockJumped(Fact):
    """The host's own clocks went on without it, or were set. Game time stayed where it was."""

    type: Literal["clock-jumped"] = "clock-jumped"
    missed: int = 0
    """Seconds in which the host did nothing: its program was stopped, or its computer slept."""
    stepped: int = 0
    """Seconds by which its time of day was set; back if negative."""
    unplayed: int = 0
    """Game seconds that play would have gone on by; 0 if the game clock stood."""


class TimeMarked(Fact):
    """A mark of the running clock, so that a crash loses seconds and not minutes."""

    type: Literal["time-marked"] = "time-marked"


class GateReached(Fact):
    """A phase ended; the clock stands until the next one begins."""

    type: Literal["gate-reached"] = "gate-reached"
    phase: str


class PhaseBegan(Fact):
    """The next phase began."""

    type: Literal["phase-began"] = "phase-began"
    phase: str
    title: str


class EmergencyDeclared(Fact):
    """REAL-WORLD EMERGENCY: play stopped at once."""

    type: Literal["emergency-declared"] = "emergency-declared"
    text: str = ""


class EmergencyCleared(Fact):
    """The real-world emergency is over; play stays stopped until it is resumed."""

    type: Literal["emergency-cleared"] = "emergency-cleared"


class ExerciseEnded(Fact):
    """ENDEX."""

    type: Literal["exercise-ended"] = "exercise-ended"


class HotWashBegan(Fact):
    """The discussion right after ENDEX."""

    type: Literal["hot-wash-began"] = "hot-wash-began"


class ExerciseClosed(Fact):
    """Nothing more is recorded."""

    type: Literal["exercise-closed"] = "exercise-closed"


class AutoReleaseSet(Fact):
    """Whether injects go out by themselves when due."""

    type: Literal["auto-release-set"] = "auto-release-set"
    on: bool


# Injects and cards -----------------------------------------------------------------------------


class Paragraph(BaseModel):
    """A paragraph of an inject and the teams that read it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    to: Teams
    text: str


class Written(BaseModel):
    """The words of an inject, as typed: nothing that a person types is refused or changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    title: str
    sender: str
    channel: str
    to: Teams
    text: str


class InjectAdded(Fact):
    """An inject that the scenario did not hold: ad hoc, or a backlash."""

    type: Literal["inject-added"] = "inject-added"
    entry: str
    code: str
    inject: Written


class InjectEdited(Fact):
    """Its words were changed before release."""

    type: Literal["inject-edited"] = "inject-edited"
    entry: str
    title: str
    text: str


class InjectReaddressed(Fact):
    """It will go to other teams than planned."""

    type: Literal["inject-readdressed"] = "inject-readdressed"
    entry: str
    to: Teams


class InjectHeld(Fact):
    """It stays back until released or unheld by hand."""

    type: Literal["inject-held"] = "inject-held"
    entry: str
    reason: str = ""


class InjectUnheld(Fact):
    """It is scheduled again."""

    type: Literal["inject-unheld"] = "inject-unheld"
    entry: str


class InjectSkipped(Fact):
    """It will not go out: by hand, or because its branch was not taken."""

    type: Literal["inject-skipped"] = "inject-skipped"
    entry: str
    branch: bool = False
    reason: str = ""


class InjectReleased(Fact):
    """It went out, with these words, to these teams."""

    type: Literal["inject-released"] = "inject-released"
    entry: str
    code: str
    title: str
    sender: str
    channel: str
    to: Teams
    text: str
    additions: tuple[Paragraph, ...] = ()
    due: int | None = None
    timing: Timing = "on-time"


class InjectRead(Fact):
    """A team opened it."""

    type: Literal["inject-read"] = "inject-read"
    entry: str
    team: str


class CardReceived(Fact):
    """A team now holds a card."""

    type: Literal["card-received"] = "card-received"
    team: str
    card: str
    code: str
    title: str
    text: str
    sanitised: str | None = None
    window: int
    tags: tuple[str, ...] = ()
    entry: str


class CardShared(Fact):
    """A team gave a card to partners, as is or sanitised; `text` is what they read."""

    type: Literal["card-shared"] = "card-shared"
    by: str
    to: Teams
    card: str
    code: str
    title: str
    text: str
    window: int
    tags: tuple[str, ...] = ()
    sanitised: bool = False
    onward: bool = False
    decision: str | None = None


class LeaveGranted(Fact):
    """The owner of a card let partners pass it on."""

    type: Literal["leave-granted"] = "leave-granted"
    by: str
    to: Teams
    card: str
    title: str


# Decisions -------------------------------------------------------------------------------------


class OfferedOption(BaseModel):
    """An option as a team sees it: never its points."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    text: str
    tradeoff: str | None = None


class DecisionPresented(Fact):
    """A team was asked; options stand in the order of the exercise's seed."""

    type: Literal["decision-presented"] = "decision-presented"
    decision: str
    code: str
    team: str
    title: str
    question: str
    options: tuple[OfferedOption, ...]
    window: int
    due: int
    halved: bool = False
    entry: str


class DecisionRecorded(Fact):
    """A team decided, for the first time or (`amended`) again."""

    type: Literal["decision-recorded"] = "decision-recorded"
    decision: str
    code: str
    team: str
    option: str
    text: str
    rationale: str = ""
    capital: int = 0
    amended: bool = False
    late: bool = False


class DecisionLapsed(Fact):
    """Nobody decided until the phase ended, play ended or the facilitator closed it."""

    type: Literal["decision-lapsed"] = "decision-lapsed"
    decision: str
    code: str
    team: str
    reason: str


class OptionProposed(Fact):
    """A member of a team proposed an option to whoever decides; it replaces what they proposed before."""

    type: Literal["option-proposed"] = "option-proposed"
    decision: str
    code: str
    team: str
    option: str
    text: str
    rationale: str = ""
    name: str = ""
    office: str = ""
    person: str = ""
    """The seat of who proposed; empty where several people share one terminal."""


class ProposalWithdrawn(Fact):
    """A member of a team took back what they had proposed."""

    type: Literal["proposal-withdrawn"] = "proposal-withdrawn"
    decision: str
    code: str
    team: str
    name: str = ""
    office: str = ""
    person: str = ""


class BacklashTriggered(Fact):
    """A team's domestic capital was used up: it is set anew and the next window is halved."""

    type: Literal["backlash-triggered"] = "backlash-triggered"
    team: str
    capital: int
    entry: str | None = None


class CapitalCredited(Fact):
    """Domestic capital gained at a gate."""

    type: Literal["capital-credited"] = "capital-credited"
    team: str
    points: int
    reason: str


# What teams say --------------------------------------------------------------------------------


class ConsultRequested(Fact):
    """A team asked partners before acting."""

    type: Literal["consult-requested"] = "consult-requested"
    consult: str
    by: str
    to: Teams
    about: str | None = None
    text: str


class ConsultAnswered(Fact):
    """A partner answered."""

    type: Literal["consult-answered"] = "consult-answered"
    consult: str
    by: str
    to: str
    text: str


class ConsultImplied(Fact):
    """An option that a team chose says that it consulted these partners."""

    type: Literal["consult-implied"] = "consult-implied"
    by: str
    to: Teams
    decision: str


class StatementMade(Fact):
    """A team spoke in public."""

    type: Literal["statement-made"] = "statement-made"
    by: str
    text: str
    label: str | None = None
    area: str | None = None
    says: str | None = None
    about: str | None = None
    decision: str | None = None


class MessageSent(Fact):
    """A message between teams, or to or from exercise control."""

    type: Literal["message-sent"] = "message-sent"
    by: str
    to: Teams
    text: str


# What people judge: `author` is the name of the person, as the host knows the seat --------------


class ObservationMade(Fact):
    """What an evaluator or the facilitator saw."""

    type: Literal["observation-made"] = "observation-made"
    text: str
    about: str | None = None
    team: str | None = None
    objective: str | None = None
    kind: Literal["strength", "improvement"] | None = None
    author: str = ""


class NoteTaken(Fact):
    """A note of the facilitator's."""

    type: Literal["note-taken"] = "note-taken"
    text: str
    author: str = ""


class ScoreAdjusted(Fact):
    """A person changed a score, with a reason; the rule's value stays beside it."""

    type: Literal["score-adjusted"] = "score-adjusted"
    team: str
    objective: str
    points: float
    reason: str
    author: str = ""


class RatingGiven(Fact):
    """How well an objective was performed, on the HSEEP scale: P, S, M or U; for all teams or one."""

    type: Literal["rating-given"] = "rating-given"
    objective: str
    team: str | None = None
    rating: Literal["P", "S", "M", "U"]
    note: str
    author: str = ""


Event = Annotated[
    ExerciseCreated
    | ExerciseStarted
    | PlayPaused
    | PlayResumed
    | RateChanged
    | TimeJumped
    | ClockJumped
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
