"""What the facilitator can do, by concern. Each command is declared here, once."""

from __future__ import annotations

from typing import Final

from tabletop.tui.console.commands.course import COURSE
from tabletop.tui.console.commands.injects import INJECTS
from tabletop.tui.console.commands.judging import JUDGING
from tabletop.tui.console.commands.navigation import LOOKING
from tabletop.tui.console.commands.rooms import ROOMS
from tabletop.tui.console.commands.teams import TEAMS
from tabletop.tui.console.console import Console
from tabletop.tui.kit.command_registry import CommandRegistry

COMMANDS: Final[CommandRegistry[Console]] = CommandRegistry(
    "console", (COURSE, INJECTS, TEAMS, JUDGING, ROOMS, LOOKING)
)
