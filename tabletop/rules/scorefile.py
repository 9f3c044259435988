"""The scorecard as plain data, for ``tabletop score --json`` and for reports."""

from __future__ import annotations

from typing import Any

from tabletop.rules.scoring import Scorecard, TeamScore
from tabletop.scenario.gametime import format_time


def to_data(card: Scorecard) -> dict[str, Any]:
    """Return scores rounded to one decimal; None where an objective was not exercised."""
    return {
        "scenario": card.scenario,
        "overall": rounded(card.overall),
        "objectives": [
            {
                "id": goal.objective,
                "code": goal.code,
                "title": goal.title,
                "score": rounded(goal.score),
                "gap": rounded(goal.gap),
                **goal.tally.counts,
                "rated": goal.rated,
                "teams": {team: _team(standing) for team, standing in goal.teams.items()},
            }
            for goal in card.objectives
        ],
        "capital": dict(card.capital),
        "to_judge": [{"decision": decision, "team": team} for decision, team in card.to_judge],
        "ledger": [
            {
                "team": entry.team,
                "objective": entry.objective,
                "points": entry.points,
                "rule": entry.rule,
                "reason": entry.reason,
                "evidence": list(entry.evidence),
                "at": format_time(entry.at),
            }
            for entry in card.ledger
        ],
    }


def rounded(score: float | None) -> float | None:
    """Return a score as it is shown: one decimal."""
    return None if score is None else round(score, 1)


def _team(standing: TeamScore) -> dict[str, float | None]:
    return {
        **standing.tally.counts,
        "rated": standing.rated,
        "score": rounded(standing.score),
        "rule_score": rounded(standing.rule_score),
        "earned": standing.earned + standing.adjusted,
        "adjusted": standing.adjusted,
        "best": standing.best,
        "worst": standing.worst,
    }
