"""Told in time: had every partner a card within its window, a relay's delay counted?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from typing import NamedTuple, Self

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise
from tabletop.plaintext import in_quotes
from tabletop.rules.between import Deed, blame, mark_spans, minus, plus, praise
from tabletop.rules.card_kind import NO_CARDS, CardKind
from tabletop.rules.kind import Why, register
from tabletop.rules.ledger import Finding, TeamSpan
from tabletop.rules.topics import PHASE_ENDS
from tabletop.scenario.gametime import format_length
from tabletop.scenario.prose import listed
from tabletop.scenario.quantities import Stretch
from tabletop.scenario.rules import ToldInTime
from tabletop.scenario.scenario import Scenario


class _Held(NamedTuple):
    card: e.CardReceived
    at: int
    seq: int


class _Arrival(NamedTuple):
    at: int
    seq: int
    dealt: bool
    """It came with an inject; nobody had to tell the team."""
    relay: int = 0
    """Seconds of it that the relay took."""


@register(ToldInTime)
class ToldInTimeKind(CardKind[ToldInTime]):
    """Judges each holder once a card: when every partner has it, whoever told them, or when a phase ends.

    A standing rule tells as a team does. A card whose window is open when a phase ends is judged at the end
    of the next; one whose window is open at ENDEX is not judged, unless every partner has it.
    """

    looks_at = (e.CardReceived, e.CardDealt, e.CardShared, *PHASE_ENDS)

    def __init__(self, rule: ToldInTime, scenario: Scenario) -> None:
        super().__init__(rule, scenario)
        self._open: dict[tuple[str, str], _Held] = {}
        """By team and card."""
        self._arrived: dict[tuple[str, str], _Arrival] = {}
        """By card and team."""

    def tags_named(self) -> Iterator[tuple[str, str]]:
        """Yield the tags that it judges, where the author wrote them, and those that go through the relay."""
        if "tags" in self.rule.model_fields_set:
            yield from (("tags", tag) for tag in self.rule.tags)
        if self.rule.relay is not None:
            yield from (("relay", tag) for tag in self.rule.relay.tags)

    def concerns(self, tags: Iterable[str]) -> bool:
        """Whether a card with these tags is judged."""
        return not set(tags).isdisjoint(self.rule.tags)

    def spans(self) -> Iterator[TeamSpan]:
        """Yield both outcomes for each card that somebody gets first and has to tell partners of."""
        for card in self.scenario.cards.values():
            if card.holder is not None and self.concerns(card.tags) and self.scenario.partners(card.holder):
                yield from mark_spans(self.rule, [card.holder])

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """Return a finding for each holder whose partners all have the card now, or never got it."""
        event = record.event
        if isinstance(event, e.CardReceived) and self.concerns(event.tags):
            self._open[event.team, event.card] = _Held(event, record.at, record.seq)
            self._arrive(event.card, event.team, _Arrival(record.at, record.seq, dealt=True))
            return self._told(event.card)
        if isinstance(event, e.CardDealt) and self.concerns(event.tags):
            self._arrive(event.card, event.team, _Arrival(record.at, record.seq, dealt=True))
        elif isinstance(event, e.CardShared) and self.concerns(event.tags):
            relay = self.rule.relay
            for partner in event.to:
                delay = relay.delays(event.by, partner, event.tags) if relay is not None else 0
                arrival = _Arrival(record.at + delay, record.seq, dealt=False, relay=delay)
                self._arrive(event.card, partner, arrival)
            return self._told(event.card)
        elif isinstance(event, PHASE_ENDS):
            return self._left_waiting(record, last=isinstance(event, e.ExerciseEnded))
        return ()

    def fork(self) -> Self:
        """Return a copy that remembers who has what, and who is to be told."""
        twin = copy(self)
        twin._open, twin._arrived = dict(self._open), dict(self._arrived)
        return twin

    def _arrive(self, card: str, team: str, arrival: _Arrival) -> None:
        known = self._arrived.get((card, team))
        if known is None or arrival.at < known.at:
            self._arrived[card, team] = arrival

    def _told(self, card: str) -> list[Finding]:
        """Judge each holder of a card whose partners all have it."""
        found = []
        for team, held in [(team, held) for (team, one), held in self._open.items() if one == card]:
            there = {one: self._arrived.get((card, one)) for one in self.scenario.partners(team)}
            arrivals = [arrival for arrival in there.values() if arrival is not None]
            if len(arrivals) < len(there):
                continue
            if all(arrival.dealt for arrival in arrivals):
                found.append(self.finding((team, card), ()))
                continue
            last = max(arrival for arrival in arrivals if not arrival.dealt)
            facts = f"{in_quotes(held.card.title)} reached {self._reached(there, held, last.relay)}"
            deed = Deed(team, facts, (held.seq, *(one.seq for one in arrivals)), last.at)
            late = self._late(there, held)
            unmarked = f"{facts}, and {listed(late)} got it too late" if late else facts
            spans = mark_spans(self.rule, [team])
            found.append(self.finding((team, card), spans, () if late else praise(self, deed), unmarked))
        return found

    def _late(self, there: Mapping[str, _Arrival | None], held: _Held) -> list[str]:
        """Return the partners that a card reached after its window."""
        return [
            self.team(partner)
            for partner, arrival in there.items()
            if arrival is not None and not arrival.dealt and arrival.at - held.at > held.card.window
        ]

    def _reached(self, there: Mapping[str, _Arrival | None], held: _Held, relay: int) -> str:
        """Say whom a card reached how long after its holder knew, and its window; alike times once."""
        alike: dict[str, list[str]] = {}
        for partner, arrival in there.items():
            if arrival is not None and not arrival.dealt:
                taken = max(0, arrival.at - held.at)
                alike.setdefault(str(Stretch(taken)) if taken else "at once", []).append(self.team(partner))
        told = listed([f"{listed(partners)} {when}" for when, partners in alike.items()])
        after = " after its holder knew" if alike.keys() != {"at once"} else ""
        window = format_length(held.card.window)
        return f"{told}{after}{self._through(relay)}; its window was {window}"

    def _left_waiting(self, record: Record, *, last: bool) -> list[Finding]:
        """Judge each holder of a card that a partner never got, once its window is over."""
        found = []
        for (team, card), held in list(self._open.items()):
            partners = self.scenario.partners(team)
            lacking = [self.team(one) for one in partners if (card, one) not in self._arrived]
            over = record.at - held.at > held.card.window
            if not lacking or over or last:
                del self._open[team, card]
            if lacking and over:
                facts = f"{listed(lacking)} had not got {in_quotes(held.card.title)} when the phase ended"
                deed = Deed(team, facts, (held.seq, record.seq), record.at)
                found.append(self.finding((team, card), mark_spans(self.rule, [team]), blame(self, deed)))
        return found

    def _through(self, relay: int) -> str:
        """Say how much of the time is counted for the relay; empty if none is."""
        if not relay or self.rule.relay is None:
            return ""
        through = self.team(self.rule.relay.through)
        return f", with {format_length(relay)} counted for the way through {through}"

    def why_never(self) -> Why:
        """Say that no card is judged."""
        return self.no_cards() or self.not_tagged(self.rule.tags) or NO_CARDS

    def sentence(self) -> str:
        """Say which cards are judged, what they give, and what the relay adds."""
        told = self.cases(
            ("Every partner has it within its window", plus(self.rule), ""),
            ("One has not got it when the phase ends", minus(self.rule), ""),
        )
        relay = ""
        if self.rule.relay is not None:
            through, delay = self.team(self.rule.relay.through), format_length(self.rule.relay.delay)
            relay = f" Between two other teams it goes through {through} and counts as {delay} later."
        return f"For each card tagged {' or '.join(self.rule.tags)}, once for its holder. {told}{relay}"
