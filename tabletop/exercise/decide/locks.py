"""Decide which options a team cannot choose.

These are options that it cannot pay for, that require something, or that keep a card which it has passed on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.description import lacking
from tabletop.exercise.refusal import NOTHING_TO_DO, RefusedError
from tabletop.exercise.state import DecisionState, Exercise, Limit
from tabletop.scenario.prose import listed

NOT_YET: Final = "what it requires has not come about"
"""What a team reads of a condition that the author has no words for: the condition may tell of others."""


def advance(state: Exercise, now: int) -> list[e.Event]:
    """Return the change for the first decision of which other options are locked now than before."""
    limits, decisions = state.script.limits, state.decisions
    for key in state.choosable if limits else ():
        asked = decisions[key]
        if key in limits and asked.may_choose(now):
            name, team = key
            found = locked(state, name, team, now)
            if found != dict(asked.locked):
                code = state.script.scenario.decisions[name].code or ""
                return [e.OptionsLocked(decision=name, code=code, team=team, locked=_told(found))]
    return []


def _told(reasons: Mapping[str, str]) -> tuple[e.LockedOption, ...]:
    return tuple(e.LockedOption(id=option, reason=why) for option, why in reasons.items())


def locked(state: Exercise, name: str, team: str, now: int) -> dict[str, str]:
    """Return the options of a decision that a team cannot choose now, each with the reason."""
    limits = state.script.limits.get((name, team))
    if limits is None:
        return {}
    asked = state.decisions[name, team]
    left = state.accounts[team].capital - asked.charged(asked.capital)
    if left >= limits.most and limits.capital_alone:
        return {}
    return {
        option: reason
        for option in asked.options
        if (limit := limits.options.get(option)) is not None
        and (option != asked.option or asked.words)
        and option not in asked.unlocked
        and (
            reason := _gone(limit, state, team)
            or _dear(limit, asked, left)
            or _reason(limit, state, left, now)
        )
    }


def _dear(limit: Limit, asked: DecisionState, left: int) -> str:
    """Return that the option costs more than is left beside what a backlash has settled; empty if not."""
    if limit.cost is None:
        return ""
    charge = -asked.charged(-limit.cost)
    if charge <= max(left, 0):
        return ""
    more = "" if charge == limit.cost else " more"
    return lacking(f"costs {charge}{more}", left)


def _reason(limit: Limit, state: Exercise, left: int, now: int) -> str:
    """Return why a team with so much capital left cannot choose an option; empty if it can."""
    if limit.needed > max(left, 0):
        return lacking(f"takes {limit.needed}", left)
    if limit.test is None or limit.test(state, now):
        return ""
    return (limit.reason or NOT_YET).rstrip(".")


def _gone(limit: Limit, state: Exercise, team: str) -> str:
    """Return which card that the option would keep has gone out already; empty if none has."""
    teams = state.script.scenario.teams
    for card, partners in limit.keeps.items():
        if any((team, partner, card) in state.given for partner in partners):
            given = {item.to for item in state.shares.values() if item.by == team and item.card == card}
            names = [teams[partner].name for partner in partners if partner in given]
            if names:
                known = state.script.scenario.cards[card]
                return f"{known.code or known.title} has gone to {listed(names)} already"
    return ""


def unlock(state: Exercise, command: c.Unlock, seat: str, now: int) -> list[e.Event]:
    """Open an option to a team."""
    asked = state.decisions.get((command.decision, command.team))
    if asked is None:
        raise RefusedError("that decision has not been put to the team", "not-asked")
    decision = state.script.scenario.decisions[command.decision]
    called = decision.code or command.decision
    if not asked.may_choose(now):
        raise RefusedError(f"{called} is closed: nothing can be opened any more", "closed")
    if command.option not in asked.options:
        raise RefusedError(f"{called} has no option '{command.option}'", "unknown-option")
    if command.option not in locked(state, command.decision, command.team, now):
        raise RefusedError("that option is open to the team", NOTHING_TO_DO)
    return [
        e.OptionUnlocked(
            decision=command.decision,
            code=decision.code or "",
            team=command.team,
            option=command.option,
            text=decision.options[command.option].text,
        )
    ]
