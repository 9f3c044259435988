"""Decide when the options of a decision open that a team talks about first."""

from __future__ import annotations

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.decide.delivery import opened
from tabletop.exercise.refusal import RefusedError
from tabletop.exercise.state import Exercise


def advance(state: Exercise, now: int) -> list[e.Event]:
    """Return the question of the discussion that is over first, if one is."""
    if not state.discussions:
        return []
    over = [(talk.opens, key) for key, talk in state.discussions.items() if talk.opens <= now]
    return [opened(state, *min(over)[1])] if over else []


def open_early(state: Exercise, command: c.Open, seat: str, now: int) -> list[e.Event]:
    """Open the options now, for one team or for all that still talk."""
    teams = discussing(state, command.decision, command.team)
    if not teams:
        raise RefusedError("no team talks about that decision before its options open", "not-talking")
    return [opened(state, command.decision, team) for team in teams]


def discussing(state: Exercise, decision: str, team: str | None = None) -> list[str]:
    """Return the teams, or the one named, that talk about a decision whose options are not open yet."""
    return sorted(one for name, one in state.discussions if name == decision and team in (None, one))
