"""Third party (X5): was another team's card passed on without its leave?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from typing import Self

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise
from tabletop.plaintext import in_quotes
from tabletop.rules.card_kind import CardKind
from tabletop.rules.kind import Why, register
from tabletop.rules.ledger import Finding, TeamSpan, spans_of
from tabletop.scenario.rules import ThirdParty
from tabletop.scenario.scenario import Scenario

_TWO_TEAMS = Why(
    "with two teams a card can be passed on to its owner alone", "add a team, or remove the rule"
)


@register(ThirdParty)
class ThirdPartyKind(CardKind[ThirdParty]):
    """Judges each team once a card of another team that it passes on to a third."""

    looks_at = (e.CardShared,)

    def __init__(self, rule: ThirdParty, scenario: Scenario) -> None:
        super().__init__(rule, scenario)
        self._broken: set[tuple[str, str]] = set()

    def spans(self) -> Iterator[TeamSpan]:
        """Yield the cost for each card and each team that can pass it on to a third."""
        for card in self.scenario.cards.values():
            others = [team for team in self.scenario.teams if team != card.holder]
            if len(others) > 1:
                yield from spans_of(others, self.rule.broken)

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """Return a finding for a card passed on; passed on without leave once, it stays so."""
        event = record.event
        if not isinstance(event, e.CardShared):
            return ()
        owner = self.scenario.cards[event.card].holder if event.card in self.scenario.cards else None
        to = " and ".join(self.team(team) for team in event.to if team != owner)
        if owner is None or owner == event.by or not to:
            return ()
        about, spans = (event.by, event.card), spans_of([event.by], self.rule.broken)
        if about in self._broken:
            return ()
        if (event.by, event.card) in state.leave:
            return (self.finding(about, spans),)
        self._broken.add(about)
        card = in_quotes(event.title)
        why = f"{self.team(event.by)} passed {self.team(owner)}'s {card} on to {to} without its leave"
        entries = self.entries([event.by], self.rule.broken, why, [record.seq], record.at)
        return (self.finding(about, spans, entries),)

    def fork(self) -> Self:
        """Return a copy that remembers who passed what on without leave."""
        twin = copy(self)
        twin._broken = set(self._broken)
        return twin

    def why_never(self) -> Why:
        """Say that there is no third party."""
        return self.no_cards() or _TWO_TEAMS

    def sentence(self) -> str:
        """Say what passing on costs."""
        return self.cases(
            ("Another team's card passed on without its leave", self.rule.broken, ", once a card and team")
        )
