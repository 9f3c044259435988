"""Objectives with their scores, and strengths and areas for improvement drawn from the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tabletop.report.history import History
from tabletop.report.model.results import (
    ObjectiveResult,
    Observation,
    Occasion,
    ReportFinding,
    ScoreRow,
)
from tabletop.rules.ledger import LedgerEntry
from tabletop.rules.scoring import ADJUSTMENT, ObjectiveScore, Scorecard, TeamScore
from tabletop.scenario.quantities import Moment, Points, Score, score

SHOWN = 3
"""How many ledger entries of either sign stand under an objective."""


def objectives(history: History, observations: Sequence[Observation]) -> tuple[ObjectiveResult, ...]:
    """Return every objective of the scenario, exercised or not, in the scenario's order."""
    ledger: dict[str, list[LedgerEntry]] = {}
    for entry in history.card.ledger:
        ledger.setdefault(entry.objective, []).append(entry)
    return tuple(
        _result(history, goal, ledger.get(goal.objective, []), observations)
        for goal in history.card.objectives
    )


def without_adjustments(card: Scorecard) -> Scorecard:
    """Return the scorecard as the rules alone give it."""
    return replace(card, objectives=tuple(_rules_only(goal) for goal in card.objectives))


def _rules_only(goal: ObjectiveScore) -> ObjectiveScore:
    teams = {team: replace(standing, adjusted=0.0) for team, standing in goal.teams.items()}
    return replace(goal, teams=teams)


def _result(
    history: History,
    goal: ObjectiveScore,
    entries: Sequence[LedgerEntry],
    observations: Iterable[Observation],
) -> ObjectiveResult:
    known = history.scenario.objectives[goal.objective]
    seen = [item for item in observations if item.objective == goal.objective]
    return ObjectiveResult(
        id=goal.objective,
        code=goal.code,
        title=goal.title,
        why=known.why,
        weight=goal.weight,
        time_critical=known.time_critical,
        score=score(goal.score),
        rule_score=score(_rules_only(goal).score),
        gap=_gap(goal),
        teams=tuple(_standing(team, standing) for team, standing in goal.teams.items()),
        strengths=(*_observed(seen, "strength"), *_from_ledger(entries, 1)),
        improvements=(*_observed(seen, "improvement"), *_from_ledger(entries, -1)),
    )


def _gap(goal: ObjectiveScore) -> Score | None:
    """Return how far the highest team is from the lowest; None below two teams."""
    known = [goal.teams[team] for team in goal.rated_teams or goal.teams]
    scores = [value for team in known if (value := team.score) is not None]
    return score(goal.gap) if len(scores) > 1 else None


def _standing(team: str, standing: TeamScore) -> ScoreRow:
    return ScoreRow(
        team=team,
        score=score(standing.score),
        rule_score=score(standing.rule_score),
        earned=standing.earned,
        adjusted=Points(standing.adjusted),
        best=standing.best,
        worst=standing.worst,
        **standing.tally.counts,
    )


def _observed(observations: Iterable[Observation], kind: str) -> tuple[ReportFinding, ...]:
    return tuple(
        ReportFinding("observation", item.text, None, None, (Occasion(item.team, item.at, item.evidence),))
        for item in observations
        if item.kind == kind
    )


def _from_ledger(entries: Iterable[LedgerEntry], sign: int) -> tuple[ReportFinding, ...]:
    """Return the heaviest entries of one sign; of equal ones those of more teams, then the earlier."""
    same: dict[tuple[str, str, float], list[LedgerEntry]] = {}
    for entry in entries:
        if sign * entry.points > 0:
            same.setdefault((entry.rule, entry.reason, entry.points), []).append(entry)
    heaviest = sorted(
        same.values(),
        key=lambda found: (-abs(found[0].points), -len(found), found[0].at, max(found[0].evidence)),
    )
    return tuple(
        ReportFinding(
            source="adjustment" if found[0].rule == ADJUSTMENT else "rule",
            text=found[0].reason,
            points=Points(found[0].points),
            rule=found[0].rule,
            occasions=tuple(Occasion(entry.team, Moment(entry.at), entry.evidence) for entry in found),
        )
        for found in heaviest[:SHOWN]
    )


def goals_by_id(history: History) -> Mapping[str, tuple[str, str]]:
    """Return code and title of each objective."""
    return {name: (goal.code, goal.title) for name, goal in history.scenario.objectives.items()}
