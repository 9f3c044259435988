"""Third party (X5): was another team's card passed on without its leave?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Self

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise
from tabletop.rules.card_kind import CardKind
from tabletop.rules.kind import Why, register
from tabletop.rules.ledger import Finding, TeamSpan, spans_of
from tabletop.rules.topics import Topic
from tabletop.scenario.rules import ThirdParty

_TWO_TEAMS = Why(
    "with two teams a card can be passed on to its owner alone", "add a team, or remove the rule"
)


@register(ThirdParty)
class ThirdPartyKind(CardKind[ThirdParty]):
    """Judges each passing on of a card to somebody else than its owner."""

    def tags_named(self) -> Iterable[tuple[str, str]]:
        """Return none: every card counts."""
        return ()

    def spans(self) -> Iterator[TeamSpan]:
        """Yield the cost for each card, each team that can pass it on, and each that can get it so."""
        for card in self.scenario.cards.values():
            others = [team for team in self.scenario.teams if team != card.holder]
            for team in others:
                for _ in range(len(others) - 1):
                    yield from spans_of([team], self.rule.broken)

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """Return a finding for a card passed on."""
        event = record.event
        card = self.scenario.cards.get(event.card) if isinstance(event, e.CardShared) else None
        if not isinstance(event, e.CardShared) or card is None or card.holder in (None, event.by):
            return ()
        to = " and ".join(self.team(team) for team in event.to if team != card.holder)
        if not to:
            return ()
        about, spans = (event.by, event.card, str(record.seq)), spans_of([event.by], self.rule.broken)
        if (event.by, event.card) in state.leave:
            return (self.finding(about, spans),)
        owner = self.team(card.holder or "")
        why = f"{self.team(event.by)} passed {owner}'s “{event.title}” on to {to} without its leave"
        entries = self.entries([event.by], self.rule.broken, why, [record.seq], record.at)
        return (self.finding(about, spans, entries),)

    def fork(self) -> Self:
        """Return self: it remembers nothing."""
        return self

    def topics(self, event: e.Event, phase: str) -> Iterable[Topic]:
        """Return nothing: the state keeps a card together, with the leave to pass it on."""
        return ()

    def why_never(self) -> Why:
        """Say that there is no third party."""
        return self.no_cards() or _TWO_TEAMS

    def sentence(self) -> str:
        """Say what passing on costs."""
        return self.cases(("Another team's card passed on without its leave", self.rule.broken, ""))
