"""Apply events of teams' own ratings."""

from __future__ import annotations

from dataclasses import replace

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise, OwnRating, SelfRatings


def asked(state: Exercise, event: e.SelfRatingsAsked, record: Record) -> Exercise:
    """Let every team rate itself at this gate."""
    found = SelfRatings(event.gate, record.at, record.seq, event.objectives)
    return state.changed(self_ratings=state.self_ratings.set(event.gate, found))


def rated(state: Exercise, event: e.TeamRatedItself, record: Record) -> Exercise:
    """Record what the team gave itself, in place of what it gave before."""
    found = state.self_ratings[event.gate]
    given = OwnRating(event.ratings, event.note, record.at, record.seq)
    changed = replace(found, given=found.given.set(event.team, given))
    return state.changed(self_ratings=state.self_ratings.set(event.gate, changed))
