"""What a rehearsal found, as data for JSON."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any

from tabletop.rehearsal.balance import claims
from tabletop.rehearsal.figures import spread_of
from tabletop.rehearsal.findings import Findings
from tabletop.rehearsal.players import PLAYERS
from tabletop.rehearsal.rehearsal import BEST, Rehearsal
from tabletop.rehearsal.tally import ALL_TEAMS, OVERALL


def rehearsal_data(found: Rehearsal) -> dict[str, Any]:
    """Return all figures; those that need a play are null where there was none."""
    scenario, random, findings = found.scenario, found.random, Findings(found)
    return {
        "scenario": scenario.id,
        "content-hash": scenario.content_hash,
        "seed": found.plan.seed,
        "plays": random.plays,
        "interrupted": found.interrupted,
        "players": _players(found),
        "random": _random(found),
        "injects": _injects(found),
        "options": [
            {
                "decision": decision,
                "team": team,
                "option": option,
                "plays": random.choices[decision, team, option],
                "overall": found.mean((decision, team, option)),
            }
            for decision, team, option in sorted(random.choices)
        ],
        "never-released": list(findings.never_released),
        "never-chosen": [list(choice) for choice in findings.never_chosen],
        "weights": [
            {"decision": one.decision, "team": one.team, "apart": round(one.apart, 3)}
            for one in found.weights()
        ],
        "balance": [asdict(one) for one in claims(findings)],
        "always-best": [list(choice) for choice in findings.always_best],
        "best-everywhere": found.best_everywhere(),
        "correlations": [[one, other, round(value, 4)] for one, other, value in findings.correlations],
        "idle-minutes": _minutes(random.idle),
        "longest-idle-minutes": _minutes(random.longest_idle),
        "capital": _minutes(random.capital),
    }


def _players(found: Rehearsal) -> dict[str, dict[str, Any]]:
    return {
        name: {
            "overall": found.result(name, OVERALL),
            "objectives": {goal: found.result(name, goal) for goal in found.scenario.objectives},
        }
        for name in (*PLAYERS, BEST)
    }


def _random(found: Rehearsal) -> dict[str, Any]:
    return {
        "overall": _spread(found, OVERALL, ALL_TEAMS),
        "objectives": {
            goal: {
                "all": _spread(found, goal, ALL_TEAMS),
                "teams": {team: _spread(found, goal, team) for team in found.scenario.teams},
            }
            for goal in found.scenario.objectives
        },
    }


def _injects(found: Rehearsal) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for (entry, status), count in sorted(found.random.injects.items()):
        counts.setdefault(entry, {})[status] = count
    return counts


def _spread(found: Rehearsal, objective: str, team: str) -> dict[str, float] | None:
    spread = found.spread(objective, team)
    return None if spread is None else asdict(spread)


def _minutes(counted: dict[str, Counter[int]]) -> dict[str, dict[str, float] | None]:
    found = {team: spread_of(values, scale=1.0) for team, values in sorted(counted.items())}
    return {team: None if spread is None else asdict(spread) for team, spread in found.items()}
