"""Consulted before (X2): had the team consulted every partner before it first spoke in public in a phase?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from typing import Self

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise
from tabletop.rules.kind import ONE_TEAM, RuleKind, Why, register
from tabletop.rules.ledger import Finding, TeamSpan, spans_of
from tabletop.rules.topics import Topic
from tabletop.scenario.rules import ConsultedBefore
from tabletop.scenario.scenario import Scenario


@register(ConsultedBefore)
class ConsultedBeforeKind(RuleKind[ConsultedBefore]):
    """Judges each team once a phase, at its first public act."""

    looks_at = (e.StatementMade,)

    def __init__(self, rule: ConsultedBefore, scenario: Scenario) -> None:
        super().__init__(rule, scenario)
        self._judged: set[tuple[str, str]] = set()

    def decisions(self) -> Sequence[str]:
        """Return none: it judges what teams say."""
        return ()

    def spans(self) -> Iterator[TeamSpan]:
        """Yield both outcomes for each phase, if there are partners to consult."""
        for _ in self.scenario.phases if len(self.scenario.teams) > 1 else ():
            yield from spans_of(self.scenario.teams, self.rule.done, self.rule.undone)

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """Return a finding at a team's first public act of a phase."""
        event = record.event
        if not isinstance(event, e.StatementMade) or (event.by, state.phase) in self._judged:
            return ()
        self._judged.add((event.by, state.phase))
        partners = self.scenario.partners(event.by)
        talks = {partner: state.consulted_in(state.phase, event.by, partner) for partner in partners}
        missing = [self.team(partner) for partner, seq in talks.items() if seq is None]
        if missing:
            effects = self.rule.undone
            why = f"spoke in public before consulting {' and '.join(missing)} in this phase"
        else:
            effects, why = self.rule.done, "had consulted every partner before it first spoke in public"
        evidence = [record.seq, *(seq for seq in talks.values() if seq is not None)]
        entries = self.entries([event.by], effects, f"{self.team(event.by)} {why}", evidence, record.at)
        spans = spans_of([event.by], self.rule.done, self.rule.undone)
        return (self.finding((event.by, state.phase), spans, entries),)

    def fork(self) -> Self:
        """Return a copy that remembers who has spoken in which phase."""
        twin = copy(self)
        twin._judged = set(self._judged)
        return twin

    def topics(self, event: e.Event, phase: str) -> Iterable[Topic]:
        """Return nothing: the state keeps a team's voice together."""
        return ()

    def why_never(self) -> Why:
        """Say that there is nobody to consult."""
        return self.no_points() or ONE_TEAM

    def sentence(self) -> str:
        """Say when it is judged and what it gives."""
        return "Judged when a team first speaks in public in a phase. " + self.cases(
            ("It has consulted every partner in that phase before", self.rule.done, ""),
            ("It has not", self.rule.undone, ""),
        )
