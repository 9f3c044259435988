"""Reciprocity (X3): at the end of each phase, what a team got from partners against what it gave."""

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
    """Counts the cards that each team shared and received, and compares them when the phase ends."""

    def __init__(self, rule: Reciprocity, scenario: Scenario) -> None:
        super().__init__(rule, scenario)
        self._shared: dict[str, dict[str, int]] = {team: {} for team in scenario.teams}
        self._received: dict[str, dict[str, int]] = {team: {} for team in scenario.teams}

    def spans(self) -> Iterator[TeamSpan]:
        """Yield for each team and phase what it can get; hoarding takes enough cards of others."""
        for team in self.scenario.teams if self.scenario.cards and len(self.scenario.teams) > 1 else ():
            foreign = sum(card.holder != team for card in self.scenario.cards.values())
            for _ in self.scenario.phases:
                yield from spans_of([team], *self._possible(foreign))

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

    def _possible(self, received: int) -> list[Effects]:
        """Return what can be given to a team that receives so many cards of others."""
        hoarding = [self.rule.hoarded] if received >= self.rule.received else []
        return [self.rule.balanced, *hoarding]

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
        if not shared and not received:
            could = [team] if _holds_own(state, team) else []
            return self.finding(about, spans_of(could, self.rule.balanced))
        spans = spans_of([team], *self._possible(len(received)))
        counts = f"received {_cards(len(received))} and shared {_cards(len(shared))} of its own"
        why = f"{self.team(team)} {counts} in this phase"
        effects: Effects = {}
        if len(received) >= self.rule.received and not shared:
            effects = self.rule.hoarded
        elif abs(len(shared) - len(received)) <= self.rule.within:
            effects, why = self.rule.balanced, f"{why}: give and take balanced"
        evidence = [record.seq, *shared.values(), *received.values()]
        return self.finding(about, spans, self.entries([team], effects, why, evidence, record.at))

    def why_never(self) -> Why:
        """Say that there are no cards to give."""
        return self.no_cards() or NO_CARDS

    def sentence(self) -> str:
        """Say what balance gives and what hoarding costs."""
        rule = self.rule
        return "Judged for each team at the end of each phase. " + self.cases(
            (f"Cards shared and cards received differ by at most {rule.within}", rule.balanced, ""),
            (f"{rule.received} or more received and none shared", rule.hoarded, ""),
        )


def _cards(count: int) -> str:
    return f"{count} card{'' if count == 1 else 's'}"


def _holds_own(state: Exercise, team: str) -> bool:
    return any(holder == team and held.own for (holder, _), held in state.hands.items())
