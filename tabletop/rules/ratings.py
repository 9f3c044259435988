"""Ratings on the HSEEP scale: what the score proposes, and what each person gave, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.rules.scoring import ObjectiveScore, Scorecard, TeamScore
from tabletop.scenario.objectives import Letter, RatingBands


@dataclass(frozen=True, slots=True)
class GivenRating:
    """What one person made of an objective, as last given."""

    by: str
    """The person's name, or their seat where no name is known."""
    letter: Letter
    note: str
    seq: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often two people who rated the same gave the same letter."""

    pairs: int = 0
    alike: int = 0

    def __add__(self, other: Agreement) -> Agreement:
        return Agreement(self.pairs + other.pairs, self.alike + other.alike)

    @property
    def percent(self) -> float | None:
        """Per cent of the pairs that are alike; None where nothing was rated by two people."""
        return 100 * self.alike / self.pairs if self.pairs else None

    def __str__(self) -> str:
        if not self.pairs:
            return "nothing was rated by two people"
        pairs = "1 pair" if self.pairs == 1 else f"{self.pairs} pairs"
        return f"{self.percent:.0f} % agreement ({self.alike} of {pairs} of ratings alike)"


@dataclass(frozen=True, slots=True)
class Rating:
    """What the score proposes for an objective, and what people gave, each their latest.

    `team` is None for all teams together.
    """

    objective: str
    team: str | None
    proposed: Letter | None
    given: tuple[GivenRating, ...] = ()

    @property
    def stands(self) -> Letter | None:
        """What all who rated gave, None where they differ; the proposed one where nobody rated."""
        letters = {one.letter for one in self.given}
        if not letters:
            return self.proposed
        return letters.pop() if len(letters) == 1 else None

    @property
    def agreement(self) -> Agreement:
        """How often two of those who rated agree."""
        pairs = list(combinations([one.letter for one in self.given], 2))
        return Agreement(len(pairs), sum(one == other for one, other in pairs))


def proposed_for(standing: ObjectiveScore | TeamScore, bands: RatingBands) -> Letter | None:
    """Return the rating that a result proposes; None where too few situations arose to rate it.

    Nothing that went badly was performed without challenges.
    """
    if not standing.rated:
        return None
    letter = propose(standing.score, bands)
    return "S" if letter == "P" and standing.tally.badly else letter


def propose(score: float | None, bands: RatingBands) -> Letter | None:
    """Return the rating that a score falls into; None where nothing was exercised."""
    if score is None:
        return None
    if score >= bands.P:
        return "P"
    if score >= bands.S:
        return "S"
    return "M" if score >= bands.M else "U"


def given_ratings(records: Iterable[Record]) -> dict[tuple[str, str | None], tuple[GivenRating, ...]]:
    """Return for each objective and team rated what each person gave last, in the order of the log."""
    latest: dict[tuple[str, str | None], dict[str, GivenRating]] = {}
    for record in records:
        event = record.event
        if isinstance(event, e.RatingGiven):
            by = event.author or record.seat
            of_all = latest.setdefault((event.objective, event.team), {})
            of_all.pop(by, None)
            of_all[by] = GivenRating(by, event.rating, event.note, record.seq)
    return {key: tuple(of_all.values()) for key, of_all in latest.items()}


def ratings(card: Scorecard, records: Iterable[Record], bands: RatingBands) -> tuple[Rating, ...]:
    """Return for every objective the rating over all teams, then each team's own if somebody gave one."""
    given = given_ratings(records)
    found = []
    for goal in card.objectives:
        standings: dict[str | None, ObjectiveScore | TeamScore] = {None: goal}
        standings.update(goal.teams)
        for team, standing in standings.items():
            by_people = given.get((goal.objective, team), ())
            if by_people or team is None:
                found.append(Rating(goal.objective, team, proposed_for(standing, bands), by_people))
    return tuple(found)


def agreement(found: Iterable[Rating]) -> Agreement:
    """Return how often two people who rated the same objective of the same team agree."""
    return sum((one.agreement for one in found), Agreement())


def ratings_data(found: Iterable[Rating]) -> dict[str, Any] | None:
    """Return what people gave, with the agreement, as plain data; None if nobody rated."""
    rated = [one for one in found if one.given]
    if not rated:
        return None
    whole = agreement(rated)
    return {
        "agreement": None if whole.percent is None else round(whole.percent, 1),
        "pairs": whole.pairs,
        "given": [
            {
                "objective": one.objective,
                "team": one.team,
                "proposed": one.proposed,
                "by": [
                    {"by": person.by, "rating": person.letter, "note": person.note, "event": person.seq}
                    for person in one.given
                ],
            }
            for one in rated
        ],
    }
