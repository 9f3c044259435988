"""Points that a condition of the scenario's own language gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from typing import Self

from pydantic import BaseModel

from tabletop.exercise import events as e
from tabletop.exercise.conditions import compile_condition
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise
from tabletop.rules.ledger import Finding, LedgerEntry
from tabletop.rules.measures.findings import entries, spans
from tabletop.scenario import conditions as c
from tabletop.scenario import rules as r
from tabletop.scenario.scenario import Scenario

_ENDS = {"phase-end": (e.GateReached, e.ExerciseEnded), "endex": (e.ExerciseEnded,)}
_CHANGES = (
    e.DecisionRecorded,
    e.DecisionLapsed,
    e.CardShared,
    e.ConsultAnswered,
    e.ConsultImplied,
    e.StatementMade,
    e.InjectReleased,
)


class BonusMeasure:
    """F1, F2, F4, F5 and what authors invent: judged always, at phase ends or at ENDEX.

    It is in play once every decision that its condition names has been put to somebody, so that a
    question never asked neither helps nor harms.
    """

    def __init__(self, rule: r.Bonus, scenario: Scenario) -> None:
        self._rule = rule
        self._when = _CHANGES if rule.judged == "always" else _ENDS[rule.judged]
        self._test = compile_condition(rule.when, scenario)
        self._title = rule.title or rule.id
        self._decisions = [
            [(name, team) for team in scenario.decisions[name].team]
            for name in dict.fromkeys(_decisions(rule.when))
        ]
        self._ranges = tuple(span for team, effects in rule.points.items() for span in spans([team], effects))
        self._since: tuple[int, int] | None = None
        self._judged: tuple[tuple[int, int] | None, bool, list[int]] | None = None

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """A finding whenever the condition is to be judged."""
        if not isinstance(record.event, self._when):
            return ()
        put = [
            [asked for key in keys if (asked := state.decisions.get(key)) is not None]
            for keys in self._decisions
        ]
        if not all(put):
            return ()
        holds = self._test(state, record.at)
        # Dated from when the condition came to hold, not from when it was judged last.
        self._since = (self._since or (record.at, record.seq)) if holds else None
        in_play = holds or not any(asked.open for one in put for asked in one)
        settled = [asked.seq for one in put for asked in one if asked.seq]
        judged = (self._since, in_play, settled)
        if judged == self._judged:
            return ()
        self._judged = judged
        return (Finding((self._rule.id,), self._entries(settled), self._ranges if in_play else ()),)

    def fork(self) -> Self:
        """Another that remembers since when its condition holds."""
        return copy(self)

    def _entries(self, settled: Sequence[int]) -> tuple[LedgerEntry, ...]:
        if self._since is None:
            return ()
        at, seq = self._since
        return tuple(
            entry
            for team, effects in self._rule.points.items()
            for entry in entries([team], effects, self._rule.id, self._title, [seq, *settled], at)
        )


def _decisions(condition: BaseModel) -> Iterator[str]:
    """Every decision that the condition names, at any depth."""
    if isinstance(condition, c.Chose):
        yield from condition.chose
    elif isinstance(condition, c.EveryoneChose):
        yield from condition.everyone_chose
    elif isinstance(condition, c.Decided):
        yield from condition.decided
    elif isinstance(condition, c.OnTime):
        yield from condition.on_time
    elif isinstance(condition, c.Labels):
        yield condition.labels.decision
    elif isinstance(condition, c.All | c.AnyOf):
        for inner in condition.all if isinstance(condition, c.All) else condition.any:
            yield from _decisions(inner)
    elif isinstance(condition, c.Not):
        yield from _decisions(condition.not_)
    elif isinstance(condition, c.By):
        yield from _decisions(condition.by.that)
