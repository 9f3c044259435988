"""Decide commands of evaluation: observations, notes, adjustments, ratings."""

from __future__ import annotations

from collections.abc import Iterable

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.refusal import NOTHING_TO_DO, RefusedError
from tabletop.exercise.state import Exercise
from tabletop.scenario.gametime import format_time
from tabletop.scenario.problems import count_of


def observe(state: Exercise, command: c.Observe, seat: str, now: int) -> list[e.Event]:
    """Record an observation; its inject or decision, team and objective must exist."""
    scenario = state.script.scenario
    if command.about is not None and not (
        command.about in scenario.decisions
        or command.about in scenario.entries
        or command.about in state.injects
    ):
        raise RefusedError(f"there is no inject or decision '{command.about}'", "unknown-subject")
    if command.team is not None:
        _check_team(state, command.team)
    if command.objective is not None:
        _check_objective(state, command.objective)
    return [
        e.ObservationMade(
            text=command.text,
            about=command.about,
            team=command.team,
            objective=command.objective,
            kind=command.kind,
        )
    ]


def note(state: Exercise, command: c.Note, seat: str, now: int) -> list[e.Event]:
    """Take a note."""
    return [e.NoteTaken(text=command.text)]


def adjust(state: Exercise, command: c.Adjust, seat: str, now: int) -> list[e.Event]:
    """Adjust a score by at most one point, in steps of one half, with a reason."""
    _check_team(state, command.team)
    _check_objective(state, command.objective)
    if command.points == 0 or command.points * 2 != int(command.points * 2):
        raise RefusedError("an adjustment is -1, -0.5, 0.5 or 1 point", "bad-points")
    return [
        e.ScoreAdjusted(
            team=command.team, objective=command.objective, points=command.points, reason=command.reason
        )
    ]


def grade(state: Exercise, command: c.Grade, seat: str, now: int) -> list[e.Event]:
    """Rate an objective, for one team or for all; the latest rating counts."""
    if command.team is not None:
        _check_team(state, command.team)
    _check_objective(state, command.objective)
    return [
        e.RatingGiven(
            objective=command.objective, team=command.team, rating=command.rating, note=command.note
        )
    ]


def tick(state: Exercise, command: c.Tick, seat: str, now: int) -> list[e.Event]:
    """Tick an expected action of an inject that has gone out; the latest tick of a person counts."""
    planned = state.script.entry(command.inject)
    if planned is None and command.inject not in state.injects:
        raise RefusedError(f"there is no inject '{command.inject}'", "unknown-inject")
    actions = planned.inject.actions if planned is not None else ()
    if command.action > len(actions):
        raise RefusedError(_no_action(len(actions)), "unknown-action")
    released = state.inject(command.inject).released_at
    if released is None:
        raise RefusedError("the inject has not gone out yet: tick its actions then", "not-released")
    if command.happened is not None:
        _check_time(command.happened, released, now)
    action = actions[command.action - 1]
    if command.team is not None:
        _check_team(state, command.team)
        if action.team not in (None, command.team):
            raise RefusedError(f"this action is expected of '{action.team}'", "other-team")
    return [
        e.ActionTicked(
            entry=command.inject,
            number=command.action,
            action=action.action,
            team=command.team or action.team,
            objective=action.objective,
            due=None if action.by is None else released + action.by,
            outcome=command.outcome,
            happened=command.happened,
            note=command.note,
        )
    ]


def require_news(state: Exercise, events: Iterable[e.Event], seat: str) -> None:
    """Refuse a tick that the same person gave already: it would say anew when the action was done."""
    for event in events:
        if isinstance(event, e.ActionTicked) and (last := state.ticks.get(event.key(seat))) is not None:
            said = (event.outcome == "done", event.happened, event.note)
            if said == (last.done, last.happened, last.note):
                raise RefusedError("you have already ticked that so", NOTHING_TO_DO)


def _check_time(happened: int, released: int, now: int) -> None:
    if happened > now:
        raise RefusedError(f"it is {format_time(now)}: it cannot have been done later than now", "bad-time")
    if happened < released:
        went_out = format_time(released)
        raise RefusedError(f"its inject went out at {went_out}: it cannot have been done before", "bad-time")


def _no_action(known: int) -> str:
    if not known:
        return "this inject has no list of expected actions"
    return f"this inject has {count_of(known, 'expected action')}; name one by its number, from 1"


def credit(state: Exercise, command: c.Credit, seat: str, now: int) -> list[e.Event]:
    """Credit domestic capital."""
    _check_team(state, command.team)
    return [e.CapitalCredited(team=command.team, points=command.points, reason=command.reason)]


def _check_team(state: Exercise, team: str) -> None:
    if team not in state.script.scenario.teams:
        raise RefusedError(f"there is no team '{team}'", "unknown-team")


def _check_objective(state: Exercise, objective: str) -> None:
    if objective not in state.script.scenario.objectives:
        raise RefusedError(f"there is no objective '{objective}'", "unknown-objective")
