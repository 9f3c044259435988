"""Prompt sharing: did a card reach each partner, from anybody, within its window, a relay's delay counted?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from typing import Self

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise
from tabletop.plaintext import in_quotes
from tabletop.rules.card_kind import CardKind
from tabletop.rules.kind import Why, register
from tabletop.rules.ledger import Finding, Spans, TeamSpan, spans_of
from tabletop.rules.topics import PHASE_ENDS
from tabletop.scenario.base import Effects
from tabletop.scenario.gametime import format_length, format_time
from tabletop.scenario.rules import PromptSharing
from tabletop.scenario.scenario import Scenario

_ALL_LEFT_OUT = Why("'except-tags' leaves out every card it could judge", "leave out fewer tags")


@register(PromptSharing)
class PromptSharingKind(CardKind[PromptSharing]):
    """Judges each card and partner, from when the holder got the card."""

    def __init__(self, rule: PromptSharing, scenario: Scenario) -> None:
        super().__init__(rule, scenario)
        self._waiting: dict[tuple[str, str, str], tuple[e.CardReceived, int, int]] = {}
        """What a holder has not told a partner yet: the card, when it came and the number of that event."""

    def tags_named(self) -> Iterator[tuple[str, str]]:
        """Yield the tags that it judges, leaves out, and sends through the relay."""
        yield from (("tags", tag) for tag in self.rule.tags)
        yield from (("except-tags", tag) for tag in self.rule.except_tags)
        if self.rule.relay is not None:
            yield from (("relay", tag) for tag in self.rule.relay.tags)

    def concerns(self, tags: Iterable[str]) -> bool:
        """Whether a card with these tags is judged."""
        found = set(tags)
        return (not self.rule.tags or not found.isdisjoint(self.rule.tags)) and found.isdisjoint(
            self.rule.except_tags
        )

    def spans(self) -> Iterator[TeamSpan]:
        """Yield the outcomes for each card that somebody gets first, once for each partner."""
        for card in self.scenario.cards.values():
            if card.holder is not None and self.concerns(card.tags):
                for _ in self.scenario.partners(card.holder):
                    yield from self._spans(card.holder)

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """Return a finding for each partner reached, and at the end of a phase for those left waiting."""
        event = record.event
        if isinstance(event, e.CardReceived) and self.concerns(event.tags):
            for partner in self.scenario.partners(event.team):
                self._waiting[event.team, event.card, partner] = (event, record.at, record.seq)
        elif isinstance(event, e.CardShared):
            return list(self._reached(event, record))
        elif isinstance(event, PHASE_ENDS):
            return list(self._left_waiting(record, last=isinstance(event, e.ExerciseEnded)))
        return ()

    def fork(self) -> Self:
        """Return a copy that remembers who waits for what."""
        twin = copy(self)
        twin._waiting = dict(self._waiting)
        return twin

    def _reached(self, event: e.CardShared, record: Record) -> Iterator[Finding]:
        told = [(team, event.card, partner) for team in self.scenario.teams for partner in event.to]
        for about in told:
            if about not in self._waiting:
                continue
            holder, _, partner = about
            card, since, received = self._waiting.pop(about)
            relay = self.rule.relay
            delay = relay.delays(event.by, partner, event.tags) if relay is not None else 0
            taken = record.at - since + delay
            effects, how = self._credit(taken, card.window)
            why = (
                f"{in_quotes(card.title)} reached {self.team(partner)} {_minutes(taken)} after "
                f"{self.team(holder)} knew, {how} its window of {_minutes(card.window)}"
            )
            entries = self.entries([holder], effects, why, [received, record.seq], record.at)
            yield self.finding(about, self._spans(holder), entries)

    def _left_waiting(self, record: Record, *, last: bool) -> Iterator[Finding]:
        for about, (card, since, received) in list(self._waiting.items()):
            if not last and record.at - since <= card.window:
                continue
            del self._waiting[about]
            team, _, partner = about
            why = (
                f"{self.team(team)} had not told {self.team(partner)} of {in_quotes(card.title)} by "
                f"{format_time(record.at)}"
            )
            entries = self.entries([team], self.rule.never, why, [received, record.seq], record.at)
            yield self.finding(about, self._spans(team), entries)

    def _credit(self, taken: int, window: int) -> tuple[Effects, str]:
        return (self.rule.prompt, "within") if taken <= window else (self.rule.never, "after")

    def _spans(self, team: str) -> Spans:
        return spans_of([team], self.rule.prompt, self.rule.late, self.rule.never)

    def without_effect(self) -> Iterator[tuple[str, str]]:
        """Yield what older files give for a card that came somewhat late."""
        if self.rule.late:
            yield "late", "what reaches a partner after the window counts under 'never'"

    def why_never(self) -> Why:
        """Say that no card is judged."""
        return self.no_cards() or self.not_tagged(self.rule.tags) or _ALL_LEFT_OUT

    def sentence(self) -> str:
        """Say which cards are judged, what each delay gives, and what the relay adds."""
        but = f" not{_tagged(self.rule.except_tags)}" if self.rule.except_tags else ""
        told = self.cases(
            ("Shared within the card's window", self.rule.prompt, ""),
            ("Up to one and a half windows", self.rule.late, ""),
            ("Later or never", self.rule.never, ""),
        )
        relay = ""
        if self.rule.relay is not None:
            relay = (
                f" A card{_tagged(self.rule.relay.tags)} between two other teams goes through "
                f"{self.team(self.rule.relay.through)} and counts as "
                f"{format_length(self.rule.relay.delay)} later."
            )
        judged = f"card{_tagged(self.rule.tags)}{but} and each partner"
        return f"For each {judged}, from when its holder got it. {told}{relay}"


def _tagged(tags: Sequence[str]) -> str:
    return f" tagged {' or '.join(tags)}" if tags else ""


def _minutes(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min" if not rest else f"{minutes} min {rest} s"
