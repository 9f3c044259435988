"""What the measures share: ledger entries from a table of points, and ranges from what could be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tabletop.rules.ledger import LedgerEntry, Span
from tabletop.scenario.base import Effects

Spans = tuple[tuple[tuple[str, str], Span], ...]


def entries(
    teams: Iterable[str], effects: Effects, rule: str, reason: str, evidence: Sequence[int], at: int
) -> Iterator[LedgerEntry]:
    """One entry a team and objective."""
    for team in teams:
        for objective, points in effects.items():
            yield LedgerEntry(team, objective, points, rule, reason, tuple(sorted(set(evidence))), at)


def spans(teams: Iterable[str], *outcomes: Effects) -> Spans:
    """The best and the worst of these outcomes and of none, for each of the teams."""
    objectives = list(dict.fromkeys(objective for outcome in outcomes for objective in outcome))
    return tuple(
        (
            (team, objective),
            Span(
                best=max(0.0, *(outcome.get(objective, 0.0) for outcome in outcomes)),
                worst=min(0.0, *(outcome.get(objective, 0.0) for outcome in outcomes)),
            ),
        )
        for team in teams
        for objective in objectives
    )
