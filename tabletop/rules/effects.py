"""Option effects: what a decision gives, what coming late takes, what deciding nothing costs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from enum import Enum
from typing import Final, Self

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import DecisionState, Exercise
from tabletop.plaintext import in_quotes
from tabletop.rules.ledger import Finding, LedgerEntry, Span
from tabletop.scenario.base import Effects
from tabletop.scenario.content import Decision, Late, Outcome
from tabletop.scenario.gametime import format_time
from tabletop.scenario.prose import shortened
from tabletop.scenario.scenario import Scenario

RULE = "option"
LATE_RULE = "late"
NONE_RULE = "none"
_QUOTED: Final = 120
"""Characters of an option's text that a reason quotes."""


class Promptness(Enum):
    """How what was done stands to its window; the value is the share of a good effect in time it earns."""

    IN_TIME = 1.0
    LATE = 0.5
    TOO_LATE = 0.0


def promptness(taken: int, window: int) -> Promptness:
    """Return in time up to and including the window, late up to 1.5 windows, too late after."""
    if taken <= window:
        return Promptness.IN_TIME
    return Promptness.LATE if 2 * taken <= 3 * window else Promptness.TOO_LATE


def credited(effects: Effects, how: Promptness, scenario: Scenario) -> Effects:
    """Return the effects with those that do good in time only reduced to what promptness earns."""
    critical = {goal for goal, objective in scenario.objectives.items() if objective.time_critical}
    return {
        goal: points * how.value if points > 0 and goal in critical else points
        for goal, points in effects.items()
    }


def late_cost(effects: Effects, how: Promptness, scenario: Scenario) -> Late | None:
    """Return what it costs that an option came too late for a good effect; None if it costs nothing."""
    if how is Promptness.TOO_LATE and credited(effects, how, scenario) != effects:
        return scenario.late
    return None


def outcomes(decision: Decision, scenario: Scenario) -> Iterator[Effects]:
    """Yield the points by objective of deciding nothing, and of every option at every promptness."""
    yield decision.none.points if decision.none is not None else {}
    for option in decision.options.values():
        for how in Promptness:
            given = credited(option.points, how, scenario)
            late = late_cost(option.points, how, scenario)
            if late is not None:
                given[late.objective] = given.get(late.objective, 0.0) + late.points
            yield given


def best_and_worst(outcomes: Collection[Effects]) -> dict[str, Span]:
    """Return the best and the worst on each objective that an outcome moves; 0 where one is silent."""
    goals = dict.fromkeys(goal for outcome in outcomes for goal, points in outcome.items() if points)
    return {
        goal: Span(
            best=max(outcome.get(goal, 0.0) for outcome in outcomes),
            worst=min(outcome.get(goal, 0.0) for outcome in outcomes),
        )
        for goal in goals
    }


class OptionEffects:
    """Scores the options chosen; every scenario has this measure."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._spans = {
            (name, team): tuple(((team, goal), span) for goal, span in spans.items())
            for name, decision in scenario.decisions.items()
            for spans in [best_and_worst(list(outcomes(decision, scenario)))]
            for team in decision.team
        }

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """Return a finding for a decision recorded, amended or lapsed."""
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
        """Return self: it remembers nothing."""
        return self

    def _chosen(
        self, event: e.DecisionRecorded, asked: DecisionState, record: Record
    ) -> Iterator[LedgerEntry]:
        decision = self._scenario.decisions[event.decision]
        option = decision.options[event.option]
        effects = option.points
        how = promptness(record.at - asked.presented_at, asked.window)
        name, what = decision.code or decision.title, shortened(event.text, _QUOTED)
        evidence = (asked.presented_seq, record.seq)
        for goal, given in credited(effects, how, self._scenario).items():
            cut = given != effects[goal]
            remark = f" ({_delay(asked, record.at)}: {'half' if given else 'no'} credit)" if cut else ""
            reason = f"{name}: chose {in_quotes(what)}{remark}{_because(option, goal)}"
            yield LedgerEntry(event.team, goal, given, RULE, reason, evidence, record.at)
        late = late_cost(effects, how, self._scenario)
        if late is not None:
            reason = f"{name}: {in_quotes(what)} came too late to do its good ({_delay(asked, record.at)})"
            yield LedgerEntry(event.team, late.objective, late.points, LATE_RULE, reason, evidence, record.at)

    def _nothing(
        self, event: e.DecisionLapsed, asked: DecisionState, record: Record
    ) -> Iterator[LedgerEntry]:
        decision = self._scenario.decisions[event.decision]
        if decision.none is None:
            return
        what = f"{decision.code or decision.title}: nothing was decided, {event.reason}"
        for goal, points in decision.none.points.items():
            evidence = (asked.presented_seq, record.seq)
            reason = f"{what}{_because(decision.none, goal)}"
            yield LedgerEntry(event.team, goal, points, NONE_RULE, reason, evidence, record.at)


def _because(outcome: Outcome, objective: str) -> str:
    reason = outcome.reason(objective)
    return f". {reason}" if reason else ""


def _delay(asked: DecisionState, decided_at: int) -> str:
    return f"decided {format_time(decided_at)}, due {format_time(asked.due)}"
