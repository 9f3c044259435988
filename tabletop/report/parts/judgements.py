"""What people judged: observations, ratings, and scores they adjusted."""

from __future__ import annotations

from tabletop.exercise import events as e
from tabletop.report.history import History
from tabletop.report.model.results import Adjustment, Observation, RatingRun
from tabletop.rules import ratings as rated
from tabletop.scenario.quantities import Moment, Points, score


def observations(history: History) -> tuple[Observation, ...]:
    """Return every observation, in the order in which they were made."""
    return tuple(
        Observation(
            at=Moment(record.at),
            text=event.text,
            about=history.label(event.about),
            team=event.team,
            objective=event.objective,
            kind=event.kind,
            author=history.author(record),
            evidence=(record.seq,),
        )
        for record, event in history.of(e.ObservationMade)
    )


def adjustments(history: History) -> tuple[Adjustment, ...]:
    """Return every adjustment, with the team's score on that objective by the rules and as adjusted."""
    found = []
    for record, event in history.of(e.ScoreAdjusted):
        standing = history.card.objective(event.objective).teams[event.team]
        found.append(
            Adjustment(
                at=Moment(record.at),
                team=event.team,
                objective=event.objective,
                points=Points(event.points),
                reason=event.reason,
                rule_score=score(standing.rule_score),
                score=score(standing.score),
                author=history.author(record),
                evidence=(record.seq,),
            )
        )
    return tuple(found)


def ratings(history: History) -> tuple[RatingRun, ...]:
    """Return for every objective the rating that its score proposes, and every rating that somebody gave."""
    records = {record.seq: record for record, _ in history.of(e.RatingGiven)}
    found = []
    for rating in rated.ratings(history.card, records.values(), history.scenario.ratings):
        record = records.get(rating.seq) if rating.seq is not None else None
        found.append(
            RatingRun(
                objective=rating.objective,
                team=rating.team,
                proposed=rating.proposed,
                given=rating.given,
                note=rating.note,
                at=Moment(record.at) if record else None,
                author=history.author(record) if record else None,
                evidence=(record.seq,) if record else (),
            )
        )
    return tuple(found)
