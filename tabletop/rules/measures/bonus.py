"""Points that a condition of the scenario's own language gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
        self._test = compile_condition(rule.when, scenario)
        self._title = rule.title or rule.id
        self._decisions = frozenset(_decisions(rule.when))
        self._ranges = tuple(span for team, effects in rule.points.items() for span in spans([team], effects))

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """A finding whenever the condition is to be judged."""
        when = _CHANGES if self._rule.judged == "always" else _ENDS[self._rule.judged]
        if not isinstance(record.event, when):
            return ()
        asked = [asked for (name, _), asked in state.decisions.items() if name in self._decisions]
        if len({name for name, _ in state.decisions if name in self._decisions}) < len(self._decisions):
            return ()
        found: list[LedgerEntry] = []
        if self._test(state, record.at):
            evidence = [record.seq, *(one.seq for one in asked if one.seq)]
            for team, effects in self._rule.points.items():
                found += entries([team], effects, self._rule.id, self._title, evidence, record.at)
        in_play = bool(found) or all(not one.open for one in asked)
        return (Finding((self._rule.id,), tuple(found), self._ranges if in_play else ()),)


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
