"""Reciprocity (X3): at the end of each phase, had a team given a card of its own, or only taken?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from typing import Self

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise
from tabletop.rules.card_kind import NO_CARDS, CardKind
from tabletop.rules.kind import Why, register
from tabletop.rules.ledger import Finding, TeamSpan, spans_of
from tabletop.rules.topics import PHASE_ENDS, Topic
from tabletop.scenario.base import Effects
from tabletop.scenario.rules import Reciprocity
from tabletop.scenario.scenario import Scenario


@register(Reciprocity)
class ReciprocityKind(CardKind[Reciprocity]):
    """Judges each team when a phase ends, if it gave a card of its own or held one that a partner lacked."""

    def __init__(self, rule: Reciprocity, scenario: Scenario) -> None:
        super().__init__(rule, scenario)
        self._shared: dict[str, dict[str, int]] = {team: {} for team in scenario.teams}
        self._received: dict[str, dict[str, int]] = {team: {} for team in scenario.teams}

    def spans(self) -> Iterator[TeamSpan]:
        """Yield both outcomes for each team and phase."""
        for team in self.scenario.teams if self.scenario.cards and len(self.scenario.teams) > 1 else ():
            for _ in self.scenario.phases:
                yield from spans_of([team], self.rule.balanced, self.rule.hoarded)

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """Count sharing; return a finding for each team when the phase ends."""
        event = record.event
        if isinstance(event, e.CardShared):
            self._count(event, record.seq, state)
        if not isinstance(event, PHASE_ENDS):
            return ()
        findings = [self._judge(team, record, state) for team in self.scenario.teams]
        for counts in (*self._shared.values(), *self._received.values()):
            counts.clear()
        return findings

    def fork(self) -> Self:
        """Return a copy that remembers what was given in this phase."""
        twin = copy(self)
        twin._shared = {team: dict(counts) for team, counts in self._shared.items()}
        twin._received = {team: dict(counts) for team, counts in self._received.items()}
        return twin

    def topics(self, event: e.Event, phase: str) -> Iterator[Topic]:
        """Yield the giving of cards in the phase, which is judged as a whole when it ends."""
        if isinstance(event, e.CardReceived | e.CardShared):
            yield "giving", phase

    def _count(self, event: e.CardShared, seq: int, state: Exercise) -> None:
        mine = state.hands.get((event.by, event.card))
        if mine is not None and mine.own:
            self._shared[event.by].setdefault(event.card, seq)
        for team in event.to:
            if not state.hands[team, event.card].own:
                self._received[team].setdefault(event.card, seq)

    def _judge(self, team: str, record: Record, state: Exercise) -> Finding:
        shared, received = self._shared[team], self._received[team]
        about = (team, state.phase)
        if not shared and not self._could_give(state, team):
            return self.finding(about, ())
        effects: Effects = {}
        why = f"{self.team(team)} gave a partner a card of its own in this phase"
        if shared:
            effects = self.rule.balanced
        elif received:
            effects = self.rule.hoarded
            why = (
                f"{self.team(team)} received {_cards(len(received))} in this phase and gave none, "
                "though it held one that a partner lacked"
            )
        outcomes = [self.rule.balanced, *([self.rule.hoarded] if received else [])]
        evidence = [record.seq, *shared.values(), *received.values()]
        entries = self.entries([team], effects, why, evidence, record.at)
        return self.finding(about, spans_of([team], *outcomes), entries)

    def _could_give(self, state: Exercise, team: str) -> bool:
        """Whether the team holds a card of its own that it has not given to every partner."""
        return any(
            held.own
            and any((team, partner, card) not in state.given for partner in self.scenario.partners(team))
            for (holder, card), held in state.hands.items()
            if holder == team
        )

    def why_never(self) -> Why:
        """Say that there are no cards to give."""
        return self.no_cards() or NO_CARDS

    def sentence(self) -> str:
        """Say what balance gives and what hoarding costs."""
        when = "Judged at the end of each phase for each team that gave a card of its own, or could have. "
        return when + self.cases(
            ("It gave at least one", self.rule.balanced, ""),
            ("It received one and gave none", self.rule.hoarded, ""),
        )


def _cards(count: int) -> str:
    return f"{count} card{'' if count == 1 else 's'}"
