"""Every command of the console, each declared once in `doing`."""

from __future__ import annotations

from typing import Final

from textual.screen import Screen

from tabletop.tui.console.desk import ConsoleCommand, Desk, Group
from tabletop.tui.console.doing.course import COURSE
from tabletop.tui.console.doing.injects import INJECTS
from tabletop.tui.console.doing.judging import JUDGING
from tabletop.tui.console.doing.navigation import LOOKING
from tabletop.tui.console.doing.rooms import ROOMS
from tabletop.tui.console.doing.teams import TEAMS

GROUPS: Final[tuple[Group, ...]] = (COURSE, INJECTS, TEAMS, JUDGING, ROOMS, LOOKING)
BY_ID: Final[dict[str, ConsoleCommand]] = {
    command.id: command for group in GROUPS for command in group.commands
}


def form_named(desk: Desk, name: str) -> Screen[bool] | None:
    """Make the form whose draft has that name; None if it makes no sense any more."""
    command_id, _, about = name.partition(" ")
    command = BY_ID.get(command_id)
    if command is None or command.form is None or not (about or command.works(desk)):
        return None
    return command.form(desk, about)
