"""What seats may ask for. `tabletop.exercise.decide` grants or refuses a command.

The tags are the words of a moves file: ``do: share``, ``do: release``.
"""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field, TypeAdapter

from tabletop.exercise.commands.base import *
from tabletop.exercise.commands.course import *
from tabletop.exercise.commands.injects import *
from tabletop.exercise.commands.judging import *
from tabletop.exercise.commands.teams import *

FACILITATOR = "facilitator"
EVALUATOR = "evaluator"
OBSERVER = "observer"
WALL = "wall"
"""The seat of a picture for everybody in the building."""
CLOCK = "clock"
"""The seat of what happens by itself when game time passes."""

ControlCommand = CourseCommand | InjectCommand | Lapse | Note
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
