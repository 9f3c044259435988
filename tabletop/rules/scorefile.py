"""The scorecard as plain data, for ``tabletop score --json`` and for reports."""

from __future__ import annotations

from typing import Any

from tabletop.rules.picture import Picture
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
        **({"picture": picture_data(card.picture)} if card.picture.probes else {}),
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


def picture_data(picture: Picture) -> dict[str, Any]:
    """Return the shared picture: per cent right and shared, and who was right about what."""
    return {
        "right": rounded(picture.right),
        "shared": rounded(picture.shared),
        "probes": [
            {
                "id": probe.probe,
                "gate": probe.gate,
                "at": format_time(probe.at),
                "asks": probe.asks,
                "truth": list(probe.truth),
                "answers": [
                    {
                        "team": answer.team,
                        "answer": answer.option,
                        "text": answer.text,
                        "told": answer.told,
                        "mark": answer.mark if probe.counts else None,
                    }
                    for answer in probe.answers
                ],
            }
            for probe in picture.probes
        ],
    }


def picture_words(picture: Picture) -> str:
    """Return the sentence on the shared picture; empty if no answer could be judged."""
    if picture.probes and not picture.answered:
        return "picture not answered"
    if picture.right is None:
        return ""
    shared = "" if picture.shared is None else f", {picture.shared:.0f} % shared"
    return f"picture {picture.right:.0f} % right{shared}"


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
