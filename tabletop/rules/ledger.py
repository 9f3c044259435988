"""The ledger: every point with its team, objective, reason and evidence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """Points given to one team on one objective at game second `at`.

    `rule` names the rule, `reason` says it in words a person can read aloud, `evidence` lists the
    numbers of the events it rests on.
    """

    team: str
    objective: str
    points: float
    rule: str
    reason: str
    evidence: tuple[int, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Span:
    """The best and the worst that a rule could have given in the situation that arose."""

    best: float = 0.0
    worst: float = 0.0

    def __add__(self, other: Span) -> Span:
        return Span(self.best + other.best, self.worst + other.worst)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule makes of one situation: its entries, and what it could have given.

    `spans` holds the best and worst by (team, objective). A later finding of the same rule about
    the same situation (`key`) replaces this one: an amended decision, a statement added.
    """

    key: tuple[str, ...]
    entries: tuple[LedgerEntry, ...]
    spans: tuple[tuple[tuple[str, str], Span], ...]
