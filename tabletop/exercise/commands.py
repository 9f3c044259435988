"""What seats may ask for. A command is a wish; `tabletop.exercise.decide` grants or refuses it.

The tags are the words of a moves file: ``do: share``, ``do: release``.
"""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter

from tabletop.scenario.base import OneOrMore
from tabletop.scenario.gametime import GameTime

FACILITATOR = "facilitator"
EVALUATOR = "evaluator"
OBSERVER = "observer"
WALL = "wall"
"""The seat of a picture for everybody in the building."""
CLOCK = "clock"
"""The seat of what happens by itself when game time passes."""

MAX_TEXT = 20_000


def _clean(value: object) -> object:
    """Line endings as one character, so that the same words are the same bytes."""
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value


def _says_something(value: str) -> str:
    # Not a pattern: pydantic refuses half a surrogate pair wherever it matches one, and a terminal may
    # deliver such a half for a broken byte.
    if not value.strip():
        raise ValueError("it must say something")
    return value


Words = Annotated[str, BeforeValidator(_clean), Field(max_length=MAX_TEXT)]
"""Text typed by a person, kept as typed."""

Needed = Annotated[Words, AfterValidator(_says_something)]
"""Text typed by a person that must say something."""

Called = Annotated[Words, Field(max_length=80)]
"""A person's name or office."""


class Wish(BaseModel):
    """What all commands have in common."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
    )

    @classmethod
    def verb(cls) -> str:
        """Its word in a moves file."""
        return str(cls.model_fields["do"].default)

    @classmethod
    def summary(cls) -> str:
        """What it asks for, in one line."""
        return (cls.__doc__ or "").strip().splitlines()[0]


# The course of the exercise (facilitator) ------------------------------------------------------


class Startex(Wish):
    """Start the exercise."""

    do: Literal["startex"] = "startex"


class Pausex(Wish):
    """Stop the clock."""

    do: Literal["pausex"] = "pausex"
    reason: Words = ""


class Resume(Wish):
    """Go on after PAUSEX."""

    do: Literal["resume"] = "resume"


class Rate(Wish):
    """Run the game clock at another rate."""

    do: Literal["rate"] = "rate"
    rate: Annotated[float, Field(gt=0, le=120, allow_inf_nan=False)]


class Jump(Wish):
    """Set the game clock forward."""

    do: Literal["jump"] = "jump"
    to: GameTime


class Gate(Wish):
    """End the phase: open decisions lapse and the clock stands."""

    do: Literal["gate"] = "gate"


class BeginPhase(Wish):
    """Begin the next phase after a gate."""

    do: Literal["phase"] = "phase"


class Emergency(Wish):
    """REAL-WORLD EMERGENCY: stop play at once."""

    do: Literal["emergency"] = "emergency"
    text: Words = ""


class StandDown(Wish):
    """The real-world emergency is over."""

    do: Literal["stand-down"] = "stand-down"


class Endex(Wish):
    """End the exercise."""

    do: Literal["endex"] = "endex"


class HotWash(Wish):
    """Begin the hot wash."""

    do: Literal["hot-wash"] = "hot-wash"


class Close(Wish):
    """Close the record."""

    do: Literal["close"] = "close"


class Auto(Wish):
    """Let injects go out by themselves when due, or stop doing so."""

    do: Literal["auto"] = "auto"
    on: bool


# Injects (facilitator) -------------------------------------------------------------------------


class Release(Wish):
    """Send an inject out now."""

    do: Literal["release"] = "release"
    inject: str
    to: OneOrMore[str] | None = None
    confirm: bool = Field(default=False, description="Yes, also to teams it was not written for.")


class Hold(Wish):
    """Keep an inject back."""

    do: Literal["hold"] = "hold"
    inject: str
    reason: Words = ""


class Unhold(Wish):
    """Put a held or skipped inject back on the schedule."""

    do: Literal["unhold"] = "unhold"
    inject: str


class Skip(Wish):
    """Leave an inject out."""

    do: Literal["skip"] = "skip"
    inject: str
    reason: Words = ""


class Edit(Wish):
    """Change the words of an inject before it goes out."""

    do: Literal["edit"] = "edit"
    inject: str
    title: Needed | None = None
    text: Needed | None = None


class Address(Wish):
    """Send an inject to other teams than planned."""

    do: Literal["address"] = "address"
    inject: str
    to: OneOrMore[str]
    confirm: bool = Field(default=False, description="Yes, also to teams it was not written for.")


class AdHoc(Wish):
    """Write an inject on the spot."""

    do: Literal["inject"] = "inject"
    title: Annotated[Needed, Field(max_length=300)]
    sender: Annotated[Needed, Field(max_length=300)] = Field(alias="from")
    channel: Annotated[Needed, Field(max_length=300)] = "message"
    to: OneOrMore[str]
    text: Annotated[Needed, Field(max_length=10_000)]
    release: bool = Field(default=True, description="Send it at once; else it waits to be released by hand.")


# What teams do ---------------------------------------------------------------------------------


class Read(Wish):
    """Acknowledge an inject."""

    do: Literal["read"] = "read"
    inject: str


class Decide(Wish):
    """Record a decision, or amend it within its window."""

    do: Literal["decide"] = "decide"
    decision: str
    option: str
    rationale: Words = ""


class Propose(Wish):
    """Propose an option to whoever decides for the team; again, in place of what one proposed before.

    Over a network the host fills in who proposes, so that nobody speaks under another's name.
    """

    do: Literal["propose"] = "propose"
    decision: str
    option: str
    rationale: Words = ""
    by: Called = ""
    office: Called = ""
    person: Called = Field(default="", description="The seat of that person; the host fills it in.")


class Withdraw(Wish):
    """Withdraw what one proposed."""

    do: Literal["withdraw"] = "withdraw"
    decision: str
    by: Called = ""
    office: Called = ""
    person: Called = Field(default="", description="The seat of that person; the host fills it in.")


class Share(Wish):
    """Give a card to partners."""

    do: Literal["share"] = "share"
    card: str
    with_: OneOrMore[str] = Field(alias="with")
    sanitised: bool = False
    onward: bool = Field(default=False, description="They may pass it on.")


class Grant(Wish):
    """Let partners pass on a card of this team's own."""

    do: Literal["grant"] = "grant"
    card: str
    to: OneOrMore[str]


class Consult(Wish):
    """Ask partners before acting."""

    do: Literal["consult"] = "consult"
    with_: OneOrMore[str] = Field(alias="with")
    about: str | None = None
    text: Needed


class Answer(Wish):
    """Answer the latest open consultation of a partner, or the one named."""

    do: Literal["answer"] = "answer"
    from_: str = Field(alias="from")
    consult: str | None = None
    text: Needed


class State(Wish):
    """Speak in public."""

    do: Literal["state"] = "state"
    text: Needed
    label: Words | None = None
    about: str | None = None
    area: Words | None = Field(default=None, description="The area whose public it advises.")
    says: Words | None = Field(default=None, description="What it advises, in one word: shelter, all-clear.")


class Message(Wish):
    """Write to partners or to exercise control."""

    do: Literal["message"] = "message"
    to: OneOrMore[str]
    text: Needed


# Control and evaluation ------------------------------------------------------------------------


class Lapse(Wish):
    """Close a decision that nobody took."""

    do: Literal["lapse"] = "lapse"
    decision: str
    team: str | None = None


class Observe(Wish):
    """Record what was seen, tied to an inject, a decision, a team or an objective."""

    do: Literal["observe"] = "observe"
    text: Needed
    about: str | None = None
    team: str | None = None
    objective: str | None = None
    kind: Literal["strength", "improvement"] | None = None


class Note(Wish):
    """Take a note."""

    do: Literal["note"] = "note"
    text: Needed


class Adjust(Wish):
    """Change a team's score on an objective, with a reason."""

    do: Literal["adjust"] = "adjust"
    team: str
    objective: str
    points: Annotated[float, Field(ge=-1, le=1, allow_inf_nan=False)]
    reason: Needed


class Grade(Wish):
    """Rate how an objective was performed: P without challenges, S some, M major, U unable."""

    do: Literal["grade"] = "grade"
    objective: str
    team: str | None = None
    rating: Literal["P", "S", "M", "U"]
    note: Needed


class Credit(Wish):
    """Credit domestic capital that a gate gives (asked for by the rules, not by a person)."""

    do: Literal["credit"] = "credit"
    team: str
    points: int
    reason: Needed


TeamCommand = Read | Decide | Propose | Withdraw | Share | Grant | Consult | Answer | State | Message
ControlCommand = (
    Startex
    | Pausex
    | Resume
    | Rate
    | Jump
    | Gate
    | BeginPhase
    | Emergency
    | StandDown
    | Endex
    | HotWash
    | Close
    | Auto
    | Release
    | Hold
    | Unhold
    | Skip
    | Edit
    | Address
    | AdHoc
    | Lapse
    | Note
)
EvaluatorCommand = Observe | Adjust | Grade
Command = Annotated[TeamCommand | ControlCommand | EvaluatorCommand, Field(discriminator="do")]

COMMAND_MODELS: tuple[type[Wish], ...] = (
    *get_args(TeamCommand),
    *get_args(ControlCommand),
    *get_args(EvaluatorCommand),
)
"""Every command that a person may give: teams' first, then exercise control's."""

STOPS_PLAY = (Pausex, Emergency)
"""Commands that nobody may have to wait for."""

STARTS_PLAY = (Startex, Resume, BeginPhase, StandDown)
"""Commands after which play runs, or may run."""

FILLED_IN = frozenset({"person"})
"""Fields that a host fills in; nobody has to give them."""

COMMAND: TypeAdapter[Command] = TypeAdapter(Command)
"""Reads and checks any command that a person may give, by its ``do`` tag."""
