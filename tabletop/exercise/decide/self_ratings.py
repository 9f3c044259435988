"""Decide commands about teams' own ratings."""

from __future__ import annotations

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.decide.probes import gate_now
from tabletop.exercise.refusal import NOTHING_TO_DO, RefusedError
from tabletop.exercise.state import Exercise, SelfRatings, Stage
from tabletop.scenario.nearest import nearest


def ask(state: Exercise, command: c.AskSelfRatings, seat: str, now: int) -> list[e.Event]:
    """Ask every team to rate itself on all objectives, once at each gate."""
    gate = gate_now(state)
    if gate in state.self_ratings:
        raise RefusedError("the teams were asked to rate themselves at this gate already", NOTHING_TO_DO)
    return [e.SelfRatingsAsked(gate=gate, objectives=to_rate(state))]


def open_now(state: Exercise) -> SelfRatings | None:
    """Return what the teams were asked for at this gate, while they can answer."""
    waits = state.stage in (Stage.GATE, Stage.ENDED)
    return state.self_ratings.get(gate_now(state)) if waits else None


def to_rate(state: Exercise) -> tuple[e.AskedObjective, ...]:
    """Return the objectives on which teams can be asked to rate themselves, as they read them."""
    goals = state.script.scenario.objectives.items()
    return tuple(e.AskedObjective(id=word, code=goal.code, title=goal.title) for word, goal in goals)


def rate(state: Exercise, command: c.RateSelf, seat: str, now: int) -> list[e.Event]:
    """Record a team's ratings of itself; until play goes on it may change them."""
    asked = state.self_ratings.get(gate_now(state))
    if asked is None:
        raise RefusedError("the teams have not been asked to rate themselves at this gate", "no-self-ratings")
    if not command.ratings:
        raise RefusedError("rate at least one objective: P, S, M or U", "no-ratings")
    for word in command.ratings:
        _check(word, asked.objectives)
    ratings = tuple(
        e.SelfRating(id=one.id, code=one.code, title=one.title, rating=command.ratings[one.id])
        for one in asked.objectives
        if one.id in command.ratings
    )
    given = asked.given.get(seat)
    if given is not None and (given.ratings, given.note) == (ratings, command.note):
        raise RefusedError("these ratings are recorded already", NOTHING_TO_DO)
    return [e.TeamRatedItself(team=seat, gate=asked.gate, ratings=ratings, note=command.note)]


def _check(word: str, objectives: tuple[e.AskedObjective, ...]) -> None:
    """Refuse an objective of which nobody was asked. Raises `RefusedError`."""
    known = {one.id for one in objectives}
    if word not in known:
        near = nearest(word, known)
        hint = f"; did you mean '{near}'?" if near else ""
        raise RefusedError(f"there is no objective '{word}'{hint}", "unknown-objective")
