"""What seats may ask for. A command is a wish; `tabletop.exercise.decide` grants or refuses it.

The tags are the words of a moves file: ``do: share``, ``do: release``.
"""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field, TypeAdapter

from tabletop.exercise.commands.base import MAX_TEXT, BaseCommand, NonEmptyText, PersonName, Words
from tabletop.exercise.commands.course import (
    Auto,
    BeginPhase,
    Close,
    Emergency,
    Endex,
    Gate,
    HotWash,
    Jump,
    Pausex,
    Rate,
    Resume,
    StandDown,
    Startex,
)
from tabletop.exercise.commands.injects import Address, AdHoc, Edit, Hold, Release, Skip, Unhold
from tabletop.exercise.commands.judging import Adjust, Credit, Grade, Lapse, Note, Observe
from tabletop.exercise.commands.teams import (
    Answer,
    Consult,
    Decide,
    Grant,
    Message,
    Propose,
    Read,
    Share,
    State,
    Withdraw,
)

__all__ = [
    "CLOCK",
    "COMMAND",
    "COMMAND_MODELS",
    "EVALUATOR",
    "FACILITATOR",
    "FILLED_IN",
    "MAX_TEXT",
    "OBSERVER",
    "STARTS_PLAY",
    "STOPS_PLAY",
    "WALL",
    "AdHoc",
    "Address",
    "Adjust",
    "Answer",
    "Auto",
    "BaseCommand",
    "BeginPhase",
    "Close",
    "Command",
    "Consult",
    "ControlCommand",
    "Credit",
    "Decide",
    "Edit",
    "Emergency",
    "Endex",
    "EvaluatorCommand",
    "Gate",
    "Grade",
    "Grant",
    "Hold",
    "HotWash",
    "Jump",
    "Lapse",
    "Message",
    "NonEmptyText",
    "Note",
    "Observe",
    "Pausex",
    "PersonName",
    "Propose",
    "Rate",
    "Read",
    "Release",
    "Resume",
    "Share",
    "Skip",
    "StandDown",
    "Startex",
    "State",
    "TeamCommand",
    "Unhold",
    "Withdraw",
    "Words",
]

FACILITATOR = "facilitator"
EVALUATOR = "evaluator"
OBSERVER = "observer"
WALL = "wall"
"""The seat of a picture for everybody in the building."""
CLOCK = "clock"
"""The seat of what happens by itself when game time passes."""

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

COMMAND_MODELS: tuple[type[BaseCommand], ...] = (
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
