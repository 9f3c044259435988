"""The commands that seats can send. `tabletop.exercise.decide` grants or refuses them.

The tags are those of a moves file: ``do: share``, ``do: release``.
"""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field, TypeAdapter

from tabletop.exercise.commands.base import *
from tabletop.exercise.commands.consent import *
from tabletop.exercise.commands.course import *
from tabletop.exercise.commands.injects import *
from tabletop.exercise.commands.judging import *
from tabletop.exercise.commands.probes import *
from tabletop.exercise.commands.self_ratings import *
from tabletop.exercise.commands.teams import *

FACILITATOR = "facilitator"
EVALUATOR = "evaluator"
OBSERVER = "observer"
WALL = "wall"
"""The seat of the projector, which everybody in the building can see."""
CLOCK = "clock"
"""The seat under which automatic events are recorded."""

ControlCommand = (
    CourseCommand
    | ShowRules
    | InjectCommand
    | OpenProbes
    | CloseProbes
    | AskSelfRatings
    | Open
    | Lapse
    | Unlock
    | Judge
    | Note
)
Command = Annotated[TeamCommand | ControlCommand | EvaluatorCommand, Field(discriminator="do")]

COMMAND_MODELS: tuple[type[BaseCommand], ...] = (
    *get_args(TeamCommand),
    *get_args(ControlCommand),
    *get_args(EvaluatorCommand),
)
"""Every command that a person can give: those of teams first, then those of exercise control."""

STOPS_PLAY = (Pausex, Emergency)
"""Commands that must not wait behind others."""

STARTS_PLAY = (Startex, Resume, BeginPhase, StandDown)
"""Commands that start or resume play, or may lead to it."""

HOST_FILLED_FIELDS = frozenset({"person"})
"""Fields that the host fills in."""

COMMAND: TypeAdapter[Command] = TypeAdapter(Command)
"""Validates any command that a person can give, by its ``do`` tag."""
