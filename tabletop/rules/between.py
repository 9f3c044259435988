"""The marks of the rules between teams: good or bad, each with a reason in words and what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from tabletop.rules.kind import RuleKind
from tabletop.rules.ledger import LedgerEntry, Span, Spans
from tabletop.scenario.base import Effects, Reasons
from tabletop.scenario.rules import MarkingRule

M = TypeVar("M", bound=MarkingRule)

_RANGES: Final = {(good, bad): Span(0.0 + good, 0.0 - bad) for good in (True, False) for bad in (True, False)}
"""The range of a mark on an objective for which it can be good, or bad, or both."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What a team did, with the events that show it and the game second it was judged.

    `facts` is a clause with its own subject; the team is ``it``.
    """

    team: str
    facts: str
    seqs: tuple[int, ...]
    at: int


def mark_spans(rule: MarkingRule, teams: Iterable[str]) -> Spans:
    """Return the best and the worst of one mark, for each of the teams."""
    goals = dict.fromkeys((*rule.good, *rule.bad))
    return tuple(
        ((team, goal), _RANGES[goal in rule.good, goal in rule.bad]) for team in teams for goal in goals
    )


def plus(rule: MarkingRule) -> Effects:
    """Return its good mark by objective."""
    return dict.fromkeys(rule.good, 1.0)


def minus(rule: MarkingRule) -> Effects:
    """Return its bad mark by objective."""
    return dict.fromkeys(rule.bad, -1.0)


def praise(kind: RuleKind[M], deed: Deed) -> Iterator[LedgerEntry]:
    """Yield the good mark for a deed."""
    yield from _mark(kind, plus(kind.rule), kind.rule.good, deed)


def blame(kind: RuleKind[M], deed: Deed) -> Iterator[LedgerEntry]:
    """Yield the bad mark for a deed."""
    yield from _mark(kind, minus(kind.rule), kind.rule.bad, deed)


def _mark(kind: RuleKind[M], effects: Effects, reasons: Reasons, deed: Deed) -> Iterator[LedgerEntry]:
    for goal, points in effects.items():
        why = reasons[goal].rstrip(".")
        for entry in kind.entries([deed.team], {goal: points}, f"{why} ({deed.facts})", deed.seqs, deed.at):
            yield replace(entry, why=why, facts=deed.facts)
