"""Option effects: what a decision gives, what coming late takes, what deciding nothing costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Self

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import DecisionState, Exercise
from tabletop.plaintext import in_quotes
from tabletop.rules.ledger import Finding, LedgerEntry, Span
from tabletop.scenario.base import Effects
from tabletop.scenario.content import Decision
from tabletop.scenario.gametime import format_time
from tabletop.scenario.scenario import Scenario

RULE = "option"
LATE_RULE = "late"
NONE_RULE = "none"


class Promptness(StrEnum):
    """How a decision stands to its window."""

    IN_TIME = "in time"
    LATE = "late"
    TOO_LATE = "too late"


def promptness(asked: DecisionState, decided_at: int) -> Promptness:
    """In time up to and including the window, late up to 1.5 windows, too late after."""
    taken = decided_at - asked.presented_at
    if taken <= asked.window:
        return Promptness.IN_TIME
    return Promptness.LATE if 2 * taken <= 3 * asked.window else Promptness.TOO_LATE


_FACTOR = {Promptness.IN_TIME: 1.0, Promptness.LATE: 0.5, Promptness.TOO_LATE: 0.0}


class OptionEffects:
    """The measure that every scenario has: points of the options chosen."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._critical = frozenset(name for name, goal in scenario.objectives.items() if goal.time_critical)
        self._spans = {
            (name, team): tuple(((team, goal), span) for goal, span in self._span(decision).items())
            for name, decision in scenario.decisions.items()
            for team in decision.team
        }

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """A finding for every decision recorded, amended or lapsed."""
        event = record.event
        if isinstance(event, e.DecisionRecorded):
            asked = state.decisions[event.decision, event.team]
            entries = self._chosen(event, asked, record)
        elif isinstance(event, e.DecisionLapsed):
            asked = state.decisions[event.decision, event.team]
            entries = self._nothing(event, asked, record)
        else:
            return ()
        spans = self._spans[event.decision, event.team]
        return (Finding(key=(RULE, event.decision, event.team), entries=tuple(entries), spans=spans),)

    def fork(self) -> Self:
        """Itself: it remembers nothing."""
        return self

    def _chosen(
        self, event: e.DecisionRecorded, asked: DecisionState, record: Record
    ) -> Iterator[LedgerEntry]:
        decision = self._scenario.decisions[event.decision]
        effects = decision.options[event.option].effects
        how = promptness(asked, record.at)
        name, what = decision.code or decision.title, _clip(event.text)
        evidence = (asked.presented_seq, record.seq)
        for goal, points in effects.items():
            given, remark = points, ""
            if goal in self._critical and points > 0 and how is not Promptness.IN_TIME:
                given = points * _FACTOR[how]
                remark = f" ({_delay(asked, record.at)}: {'half' if given else 'no'} credit)"
            yield LedgerEntry(
                event.team, goal, given, RULE, f"{name}: chose {in_quotes(what)}{remark}", evidence, record.at
            )
        late = self._scenario.late
        if how is Promptness.TOO_LATE and late is not None and self._helps_in_time(effects):
            reason = f"{name}: {in_quotes(what)} came too late to do its good ({_delay(asked, record.at)})"
            yield LedgerEntry(event.team, late.objective, late.points, LATE_RULE, reason, evidence, record.at)

    def _nothing(
        self, event: e.DecisionLapsed, asked: DecisionState, record: Record
    ) -> Iterator[LedgerEntry]:
        decision = self._scenario.decisions[event.decision]
        reason = f"{decision.code or decision.title}: nothing was decided, {event.reason}"
        for goal, points in (decision.none.effects if decision.none else {}).items():
            evidence = (asked.presented_seq, record.seq)
            yield LedgerEntry(event.team, goal, points, NONE_RULE, reason, evidence, record.at)

    def _helps_in_time(self, effects: Effects) -> bool:
        return any(goal in self._critical and points > 0 for goal, points in effects.items())

    def _outcomes(self, decision: Decision) -> Iterator[Effects]:
        """Points by objective for every option at every promptness, and for deciding nothing."""
        yield dict(decision.none.effects) if decision.none else {}
        for option in decision.options.values():
            for how, factor in _FACTOR.items():
                given = {
                    goal: points * factor if goal in self._critical and points > 0 else points
                    for goal, points in option.effects.items()
                }
                late = self._scenario.late
                if how is Promptness.TOO_LATE and late is not None and self._helps_in_time(option.effects):
                    given[late.objective] = given.get(late.objective, 0.0) + late.points
                yield given

    def _span(self, decision: Decision) -> dict[str, Span]:
        """Best and worst by objective over options and timing alike; 0 where an outcome is silent."""
        outcomes = list(self._outcomes(decision))
        goals = dict.fromkeys(goal for outcome in outcomes for goal in outcome)
        return {
            goal: Span(
                best=max(outcome.get(goal, 0.0) for outcome in outcomes),
                worst=min(outcome.get(goal, 0.0) for outcome in outcomes),
            )
            for goal in goals
        }


def _delay(asked: DecisionState, decided_at: int) -> str:
    return f"decided {format_time(decided_at)}, due {format_time(asked.due)}"


def _clip(text: str, size: int = 120) -> str:
    line = " ".join(text.split())
    return line if len(line) <= size else f"{line[: size - 1]}…"
