"""What people judged: observations, ratings, and scores they adjusted."""

from __future__ import annotations

from tabletop.exercise import events as e
from tabletop.report.history import History
from tabletop.report.model.results import Adjustment, Observation, RatersAgreement, RatingRun
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
    """Return a row for each person's latest rating of an objective; else what the score proposes."""
    records = {record.seq: record for record, _ in history.of(e.RatingGiven)}
    found = []
    for rating in _rated(history):
        found += [
            RatingRun(
                objective=rating.objective,
                team=rating.team,
                proposed=rating.proposed,
                given=one.letter,
                note=one.note,
                at=Moment(records[one.seq].at),
                author=history.author(records[one.seq]),
                evidence=(one.seq,),
            )
            for one in rating.given
        ] or [RatingRun(rating.objective, rating.team, rating.proposed, None, "", None, None, ())]
    return tuple(found)


def agreement(history: History) -> RatersAgreement | None:
    """Return how often people who rated the same agree; None where nobody rated what another had rated."""
    whole = rated.agreement(_rated(history))
    if whole.percent is None:
        return None
    return RatersAgreement(percent=round(whole.percent, 1), pairs=whole.pairs, alike=whole.alike)


def _rated(history: History) -> tuple[rated.Rating, ...]:
    records = [record for record, _ in history.of(e.RatingGiven)]
    return rated.ratings(history.card, records, history.scenario.ratings)
