"""Short forms for the console: the clock, capitals in a narrow column, who is addressed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from tabletop.exercise.state import Stage
from tabletop.scenario.gametime import format_time
from tabletop.scenario.prose import listed
from tabletop.scenario.teams import Team
from tabletop.tui.kit.times import span

STAGE_NAMES: Final[Mapping[Stage, str]] = {
    Stage.READY: "READY",
    Stage.RUNNING: "RUNNING",
    Stage.PAUSED: "PAUSEX",
    Stage.GATE: "GATE",
    Stage.EMERGENCY: "REAL-WORLD EMERGENCY",
    Stage.ENDED: "ENDEX",
    Stage.HOT_WASH: "HOT WASH",
    Stage.CLOSED: "CLOSED",
}


WIDE: Final = 110
"""Columns from which there is room for the large clock, for frames and for several panels."""

VERY_WIDE: Final = 170
"""Columns from which there is room for everything side by side."""


def until(due: int, now: float) -> str:
    """``in 2:10``, ``now`` or ``0:40 ago``."""
    left = due - int(now)
    if left == 0:
        return "now"
    return f"in {span(left)}" if left > 0 else f"{span(left)} ago"


def short_names(teams: Iterable[str]) -> dict[str, str]:
    """Return a name for each team id, as short as tells them apart but three letters: ``WAS``, ``TOK``."""
    ids = list(teams)
    longest = max((len(team) for team in ids), default=3)
    for length in range(3, longest + 1):
        names = {team: team[:length].upper() for team in ids}
        if len(set(names.values())) == len(ids):
            return names
    return {team: team.upper() for team in ids}


def team_list(to: Iterable[str], teams: Mapping[str, Team]) -> str:
    """Return the names of teams in a sentence; ids that are no teams stand as they are."""
    return listed([teams[team].name if team in teams else team for team in to])


def rate_text(rate: float) -> str:
    """How fast game time runs: ``1x``."""
    return f"{rate:g}x"


def at_time(seconds: int) -> str:
    """Return a game time in a sentence."""
    return format_time(seconds)
