"""Describe how teams rated themselves."""

from __future__ import annotations

from tabletop.exercise import events as e
from tabletop.exercise.describe.base import Describers, remark, say
from tabletop.exercise.description import Description, Reader


def _rated_itself(event: e.TeamRatedItself, reader: Reader) -> Description:
    itself = "ourselves" if reader.team == event.team else "itself"
    given = ", ".join(f"{one.name} {one.rating}" for one in event.ratings)
    return Description(f"rated {itself}: {given}", reader.actor(event.team), remark(event.note))


DESCRIBERS: Describers = {
    e.SelfRatingsAsked: say("every team was asked to rate itself"),
    e.TeamRatedItself: _rated_itself,
}
