"""Every command of the console, each declared once in `doing`."""

from __future__ import annotations

from typing import Final

from tabletop.tui.console.desk import ConsoleCommand, Group
from tabletop.tui.console.doing.course import COURSE
from tabletop.tui.console.doing.injects import INJECTS
from tabletop.tui.console.doing.judging import JUDGING
from tabletop.tui.console.doing.looking import LOOKING
from tabletop.tui.console.doing.rooms import ROOMS
from tabletop.tui.console.doing.teams import TEAMS

GROUPS: Final[tuple[Group, ...]] = (COURSE, INJECTS, TEAMS, JUDGING, ROOMS, LOOKING)
BY_ID: Final[dict[str, ConsoleCommand]] = {
    command.id: command for group in GROUPS for command in group.commands
}
