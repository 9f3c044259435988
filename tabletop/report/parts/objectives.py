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
from tabletop.report.parts.analysis import Analysis
from tabletop.rules.ledger import LedgerEntry
from tabletop.rules.ratings import proposed_for
from tabletop.rules.scoring import ADJUSTMENT, ObjectiveScore, Scorecard, TeamScore
from tabletop.scenario.objectives import Letter
from tabletop.scenario.quantities import Moment, Points, Score, score

SHOWN = 5
"""How many findings of either sign stand under an objective; the rest is named."""


def objectives(
    history: History, observations: Sequence[Observation], analysis: Analysis
) -> tuple[ObjectiveResult, ...]:
    """Return every objective of the scenario, exercised or not, in the scenario's order."""
    ledger: dict[str, list[LedgerEntry]] = {}
    for entry in history.card.ledger:
        ledger.setdefault(entry.objective, []).append(entry)
    return tuple(
        _result(history, goal, ledger.get(goal.objective, []), observations, analysis)
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
    analysis: Analysis,
) -> ObjectiveResult:
    known, bands = history.scenario.objectives[goal.objective], history.scenario.ratings
    good, bad = _alike(entries, 1), _alike(entries, -1)
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
        teams=tuple(
            _standing(team, standing, proposed_for(standing, bands)) for team, standing in goal.teams.items()
        ),
        strengths=(*_observed(seen, "strength"), *map(_finding, good[:SHOWN])),
        improvements=(*_observed(seen, "improvement"), *map(_finding, bad[:SHOWN])),
        analysis=analysis.of(goal),
        more_strengths=_more(good[SHOWN:], analysis),
        more_improvements=_more(bad[SHOWN:], analysis),
        proposed=proposed_for(goal, bands),
    )


def _more(left: Sequence[Sequence[LedgerEntry]], analysis: Analysis) -> str:
    """Return the decisions and habits of findings that are not shown."""
    return analysis.sources([entry for found in left for entry in found])


def _gap(goal: ObjectiveScore) -> Score | None:
    """Return how far the highest team is from the lowest; None below two teams."""
    known = [goal.teams[team] for team in goal.rated_teams or goal.teams]
    scores = [value for team in known if (value := team.score) is not None]
    return score(goal.gap) if len(scores) > 1 else None


def _standing(team: str, standing: TeamScore, proposed: Letter | None) -> ScoreRow:
    return ScoreRow(
        team=team,
        score=score(standing.score),
        rule_score=score(standing.rule_score),
        earned=standing.earned,
        adjusted=Points(standing.adjusted),
        best=standing.best,
        worst=standing.worst,
        proposed=proposed,
        **standing.tally.counts,
    )


def _observed(observations: Iterable[Observation], kind: str) -> tuple[ReportFinding, ...]:
    return tuple(
        ReportFinding("observation", item.text, None, None, (Occasion(item.team, item.at, item.evidence),))
        for item in observations
        if item.kind == kind
    )


def _alike(entries: Iterable[LedgerEntry], sign: int) -> list[list[LedgerEntry]]:
    """Return entries of one sign, those for one reason together; the heaviest first, then of more teams."""
    same: dict[tuple[str, str, float], list[LedgerEntry]] = {}
    for entry in entries:
        if sign * entry.points > 0:
            same.setdefault((entry.rule, _reason(entry), entry.points), []).append(entry)
    return sorted(
        same.values(),
        key=lambda found: (-abs(found[0].points), -len(found), found[0].at, found[0].evidence),
    )


def _reason(entry: LedgerEntry) -> str:
    """Return the reason of a mark; what a habit found besides differs from one occasion to the next."""
    return entry.why if entry.facts and entry.why else entry.reason


def _finding(found: Sequence[LedgerEntry]) -> ReportFinding:
    first = found[0]
    return ReportFinding(
        source="adjustment" if first.rule == ADJUSTMENT else "rule",
        text=_reason(first),
        points=Points(first.points),
        rule=first.rule,
        occasions=tuple(
            Occasion(entry.team, Moment(entry.at), tuple(sorted(entry.evidence))) for entry in found
        ),
    )


def goals_by_id(history: History) -> Mapping[str, tuple[str, str]]:
    """Return code and title of each objective."""
    return {name: (goal.code, goal.title) for name, goal in history.scenario.objectives.items()}
