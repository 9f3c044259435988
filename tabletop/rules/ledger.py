"""The ledger: every point with its team, objective, reason and evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from tabletop.scenario.base import Effects, signs
from tabletop.scenario.conditions import BaseCondition


class Judged(NamedTuple):
    """A condition that was judged for a mark, whether it held, and the points that it gives if so."""

    condition: BaseCondition
    held: bool
    points: float
    answers: tuple[bool | None, ...] = ()
    """What was so of each plain condition in it, in the order written; None if it was not known."""
    why: str = ""
    """The author's reason for these points."""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """Points given to one team on one objective at game second `at`.

    `rule` names the rule, `reason` says it in words a person can read aloud, `evidence` lists the
    numbers of the events it rests on. `why` is the author's reason alone, `facts` what a rule between teams
    found, `in_time` what it would have given in time, `judged` the conditions on which it hung.
    """

    team: str
    objective: str
    points: float
    rule: str
    reason: str
    evidence: tuple[int, ...]
    at: int
    why: str = ""
    facts: str = ""
    in_time: float | None = None
    judged: tuple[Judged, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """The best and the worst that a rule could have given in the situation that arose."""

    best: float = 0.0
    worst: float = 0.0

    def __add__(self, other: Span) -> Span:
        return Span(self.best + other.best, self.worst + other.worst)


TeamSpan: TypeAlias = tuple[tuple[str, str], Span]
"""The best and the worst for one team on one objective."""
Spans: TypeAlias = tuple[TeamSpan, ...]


class Situation(NamedTuple):
    """A situation that could move a team's marks on an objective, and what came of it."""

    key: tuple[str, ...]
    """The rule, then what it was about: a decision and a team, a team and a phase, a card."""
    team: str
    objective: str
    points: float
    span: Span
    entries: tuple[LedgerEntry, ...]
    unmarked: str = ""
    """What was found where it gave no mark."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule makes of one situation: its entries, and what it could have given.

    A later finding of the same rule about the same situation (`key`) replaces this one: an amended decision,
    a statement added.
    """

    key: tuple[str, ...]
    entries: tuple[LedgerEntry, ...]
    spans: Spans
    unmarked: str = ""
    """What was found where it gives no mark: a clause with its own subject."""


def spans_of(teams: Iterable[str], *outcomes: Effects) -> Spans:
    """Return the best and the worst of these outcomes and of none, for each of the teams."""
    given = [signs(outcome) for outcome in outcomes]
    objectives = list(dict.fromkeys(objective for outcome in given for objective in outcome))
    return tuple(
        (
            (team, objective),
            Span(
                best=max(0.0, *(outcome.get(objective, 0.0) for outcome in given)),
                worst=min(0.0, *(outcome.get(objective, 0.0) for outcome in given)),
            ),
        )
        for team in teams
        for objective in objectives
    )
