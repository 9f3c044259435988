"""What teams made of themselves, beside what evaluators gave and the score proposes."""

from __future__ import annotations

from collections.abc import Mapping

from tabletop.exercise import events as e
from tabletop.exercise.state import OwnRating
from tabletop.report.history import History
from tabletop.report.model.results import SelfRatingRow, SelfRatingRun
from tabletop.rules.ratings import GivenRating, given_ratings, proposed_for
from tabletop.scenario.objectives import Letter
from tabletop.scenario.quantities import Moment

Given = Mapping[tuple[str, str | None], tuple[GivenRating, ...]]


def self_ratings(history: History) -> tuple[SelfRatingRun, ...]:
    """Return what each team gave itself last at each gate, in the order of the gates and of the teams."""
    given = given_ratings(record for record, _ in history.of(e.RatingGiven))
    return tuple(
        SelfRatingRun(
            gate=asked.gate,
            at=Moment(own.at),
            team=team,
            ratings=tuple(_rows(history, given, team, own)),
            note=own.note,
            evidence=(own.seq,),
        )
        for asked in sorted(history.state.self_ratings.values(), key=lambda one: one.seq)
        for team in history.scenario.teams
        if (own := asked.given.get(team)) is not None
    )


def _rows(history: History, given: Given, team: str, own: OwnRating) -> list[SelfRatingRow]:
    return [
        SelfRatingRow(
            objective=one.id,
            own=one.rating,
            given=_letters(given, one.id, team),
            given_to_all=_letters(given, one.id, None),
            proposed=proposed_for(history.card.objective(one.id).teams[team], history.scenario.ratings),
        )
        for one in own.ratings
    ]


def _letters(given: Given, objective: str, team: str | None) -> tuple[Letter, ...]:
    return tuple(one.letter for one in given.get((objective, team), ()))
