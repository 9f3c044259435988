"""Option effects: what a decision gives, what coming late takes, what deciding nothing costs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final, Self

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import DecisionState, Exercise
from tabletop.plaintext import in_quotes
from tabletop.rules.ledger import Finding, LedgerEntry, Span
from tabletop.scenario.base import Effects
from tabletop.scenario.content import Decision, Outcome
from tabletop.scenario.gametime import format_time
from tabletop.scenario.prose import shortened
from tabletop.scenario.scenario import Scenario

RULE = "option"
NONE_RULE = "none"
_QUOTED: Final = 120
"""Characters of an option's text that a reason quotes."""


def credited(effects: Effects, scenario: Scenario, *, in_time: bool) -> Effects:
    """Return what is left of the marks: on a time-critical objective a good one counts in its window only."""
    if in_time:
        return effects
    return {
        goal: 0.0 if points > 0 and scenario.objectives[goal].time_critical else points
        for goal, points in effects.items()
    }


def worse_than_nothing(effects: Effects, decision: Decision) -> bool:
    """Whether what is left of a late decision comes to less than deciding nothing."""
    nothing = decision.none.points if decision.none is not None else {}
    return sum(effects.values()) < sum(nothing.values())


def outcomes(decision: Decision, scenario: Scenario) -> Iterator[Effects]:
    """Yield the marks by objective of deciding nothing, and of every option in time and late."""
    yield decision.none.points if decision.none is not None else {}
    for option in decision.options.values():
        yield option.points
        late = credited(option.points, scenario, in_time=False)
        if not worse_than_nothing(late, decision):
            yield late


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
            entries = self._nothing(event, event.reason, asked, record)
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
        in_time = record.at - asked.presented_at <= asked.window
        left = credited(option.points, self._scenario, in_time=in_time)
        if not in_time and worse_than_nothing(left, decision):
            why = f"what was decided came too late to do better ({_delay(asked, record.at)})"
            yield from self._nothing(event, why, asked, record)
            return
        name, what = decision.code or decision.title, shortened(event.text, _QUOTED)
        evidence = (asked.presented_seq, record.seq)
        for goal, given in left.items():
            lost = given != option.points[goal]
            remark = f" ({_delay(asked, record.at)}: too late to count)" if lost else ""
            reason = f"{name}: chose {in_quotes(what)}{remark}{_because(option, goal)}"
            yield LedgerEntry(event.team, goal, given, RULE, reason, evidence, record.at)

    def _nothing(
        self, event: e.DecisionRecorded | e.DecisionLapsed, why: str, asked: DecisionState, record: Record
    ) -> Iterator[LedgerEntry]:
        decision = self._scenario.decisions[event.decision]
        if decision.none is None:
            return
        what = f"{decision.code or decision.title}: nothing was decided, {why}"
        for goal, points in decision.none.points.items():
            evidence = (asked.presented_seq, record.seq)
            reason = f"{what}{_because(decision.none, goal)}"
            yield LedgerEntry(event.team, goal, points, NONE_RULE, reason, evidence, record.at)


def _because(outcome: Outcome, objective: str) -> str:
    reason = outcome.reason(objective)
    return f". {reason}" if reason else ""


def _delay(asked: DecisionState, decided_at: int) -> str:
    return f"decided {format_time(decided_at)}, due {format_time(asked.due)}"
