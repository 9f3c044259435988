"""Ratings on the HSEEP scale: proposed from the score, confirmed or changed by a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.rules.scoring import ObjectiveScore, Scorecard, TeamScore
from tabletop.scenario.content import RatingBands

Letter = Literal["P", "S", "M", "U"]

MEANING: Final[dict[Letter, str]] = {
    "P": "Performed without challenges",
    "S": "Performed with some challenges",
    "M": "Performed with major challenges",
    "U": "Unable to be performed",
}
"""The four ratings of the Homeland Security Exercise and Evaluation Program (HSEEP)."""


@dataclass(frozen=True, slots=True)
class Rating:
    """What the score proposes for an objective and what an evaluator made of it, if one did.

    `team` is None for all teams together.
    """

    objective: str
    team: str | None
    proposed: Letter | None
    given: Letter | None = None
    note: str = ""
    seq: int | None = None

    @property
    def stands(self) -> Letter | None:
        """The evaluator's rating, else the proposed one."""
        return self.given or self.proposed


def proposed_for(standing: ObjectiveScore | TeamScore, bands: RatingBands) -> Letter | None:
    """Return the rating that a result proposes; None where too few situations arose to rate it."""
    return propose(standing.score, bands) if standing.rated else None


def propose(score: float | None, bands: RatingBands) -> Letter | None:
    """Return the rating that a score falls into; None where nothing was exercised."""
    if score is None:
        return None
    if score >= bands.P:
        return "P"
    if score >= bands.S:
        return "S"
    return "M" if score >= bands.M else "U"


def ratings(card: Scorecard, records: Iterable[Record], bands: RatingBands) -> tuple[Rating, ...]:
    """Return for every objective the rating over all teams, then each team's own if somebody gave one."""
    given = {
        (record.event.objective, record.event.team): record
        for record in records
        if isinstance(record.event, e.RatingGiven)
    }
    found = []
    for goal in card.objectives:
        standings: dict[str | None, ObjectiveScore | TeamScore] = {None: goal}
        standings.update(goal.teams)
        for team, standing in standings.items():
            record = given.get((goal.objective, team))
            if record is None and team is not None:
                continue
            event = record.event if record else None
            found.append(
                Rating(
                    objective=goal.objective,
                    team=team,
                    proposed=proposed_for(standing, bands),
                    given=event.rating if isinstance(event, e.RatingGiven) else None,
                    note=event.note if isinstance(event, e.RatingGiven) else "",
                    seq=record.seq if record else None,
                )
            )
    return tuple(found)
