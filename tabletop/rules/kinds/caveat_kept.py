"""Caveat kept (X4): was a card with a caveat sanitised before it was shared?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from typing import Self

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise
from tabletop.plaintext import in_quotes
from tabletop.rules.card_kind import NO_CARDS, CardKind
from tabletop.rules.kind import Why, register
from tabletop.rules.ledger import Finding, TeamSpan, spans_of
from tabletop.scenario.rules import CaveatKept
from tabletop.scenario.scenario import Scenario


@register(CaveatKept)
class CaveatKeptKind(CardKind[CaveatKept]):
    """Judges each team once a card that is tagged with a caveat."""

    looks_at = (e.CardShared,)

    def __init__(self, rule: CaveatKept, scenario: Scenario) -> None:
        super().__init__(rule, scenario)
        self._broken: set[tuple[str, str]] = set()

    def tags_named(self) -> Iterable[tuple[str, str]]:
        """Return its caveats."""
        return [("tags", tag) for tag in self.rule.tags]

    def caveats(self, tags: Iterable[str]) -> list[str]:
        """Return the caveats among the tags of a card."""
        return [tag for tag in tags if tag in self.rule.tags]

    def spans(self) -> Iterator[TeamSpan]:
        """Yield the cost for every team and card: whoever got it unsanitised may pass it on so."""
        for card in self.scenario.cards.values():
            if self.caveats(card.tags):
                yield from spans_of(self.scenario.teams, self.rule.broken)

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """Return a finding for a card with a caveat; once broken, it stays so."""
        event = record.event
        if not isinstance(event, e.CardShared) or (event.by, event.card) in self._broken:
            return ()
        caveats = self.caveats(event.tags)
        if not caveats:
            return ()
        about, spans = (event.by, event.card), spans_of([event.by], self.rule.broken)
        if event.sanitised:
            return (self.finding(about, spans),)
        self._broken.add(about)
        marked = " and ".join(caveats)
        card = in_quotes(event.title)
        why = f"{self.team(event.by)} shared {card} unsanitised although it is marked {marked}"
        entries = self.entries([event.by], self.rule.broken, why, [record.seq], record.at)
        return (self.finding(about, spans, entries),)

    def fork(self) -> Self:
        """Return a copy that remembers which caveats are broken."""
        twin = copy(self)
        twin._broken = set(self._broken)
        return twin

    def why_never(self) -> Why:
        """Say that no card has one of the caveats."""
        return self.no_cards() or self.not_tagged(self.rule.tags) or NO_CARDS

    def sentence(self) -> str:
        """Say which cards have to be sanitised."""
        when = f"A card tagged {' or '.join(self.rule.tags)} shared unsanitised"
        return self.cases((when, self.rule.broken, ", once a card and team"))
