"""Asked first: had every partner been asked, and answered, before a team first spoke in public in a phase?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from typing import Self

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise
from tabletop.rules.between import Deed, blame, mark_spans, minus, plus, praise
from tabletop.rules.kind import ONE_TEAM, RuleKind, Why, register
from tabletop.rules.ledger import Finding, TeamSpan
from tabletop.rules.topics import Topic
from tabletop.scenario.prose import listed
from tabletop.scenario.rules import AskedFirst
from tabletop.scenario.scenario import Scenario


@register(AskedFirst)
class AskedFirstKind(RuleKind[AskedFirst]):
    """Judges each team once a phase, at its first public word; who says nothing is not judged."""

    looks_at = (e.StatementMade,)

    def __init__(self, rule: AskedFirst, scenario: Scenario) -> None:
        super().__init__(rule, scenario)
        self._judged: set[tuple[str, str]] = set()

    def decisions(self) -> Sequence[str]:
        """Return none: it judges what teams say."""
        return ()

    def spans(self) -> Iterator[TeamSpan]:
        """Yield both outcomes for each phase, if there are partners to ask."""
        for _ in self.scenario.phases if len(self.scenario.teams) > 1 else ():
            yield from mark_spans(self.rule, self.scenario.teams)

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """Return a finding at a team's first public word of a phase."""
        event = record.event
        if not isinstance(event, e.StatementMade) or (event.by, state.phase) in self._judged:
            return ()
        partners = self.scenario.partners(event.by)
        if not partners:
            return ()
        self._judged.add((event.by, state.phase))
        talks = {partner: state.consulted_in(state.phase, event.by, partner) for partner in partners}
        unasked = [self.team(partner) for partner, seq in talks.items() if seq is None]
        seqs = (record.seq, *(seq for seq in talks.values() if seq is not None))
        called = [self.team(partner) for partner in partners]
        facts = (
            f"spoke in public before {listed(unasked)} had answered"
            if unasked
            else f"{listed(called)} had answered before"
        )
        deed = Deed(event.by, facts, seqs, record.at)
        entries = blame(self, deed) if unasked else praise(self, deed)
        return (self.finding((event.by, state.phase), mark_spans(self.rule, [event.by]), entries),)

    def fork(self) -> Self:
        """Return a copy that remembers who has spoken in which phase."""
        twin = copy(self)
        twin._judged = set(self._judged)
        return twin

    def topics(self, event: e.Event, phase: str) -> Iterable[Topic]:
        """Return nothing: the state keeps a team's voice together."""
        return ()

    def why_never(self) -> Why:
        """Say that there is nobody to ask."""
        return self.no_points() or ONE_TEAM

    def sentence(self) -> str:
        """Say when it is judged and what it gives."""
        return "Judged when a team first speaks in public in a phase. " + self.cases(
            ("Every partner was asked and had answered in that phase before", plus(self.rule), ""),
            ("One had not", minus(self.rule), ""),
        )
