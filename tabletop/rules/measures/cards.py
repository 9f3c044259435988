"""Measures about cards: shared in return, in time, with caveats kept, with their owner's leave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from typing import Self

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise
from tabletop.rules.ledger import Finding
from tabletop.rules.measures.findings import Spans, entries, spans
from tabletop.scenario import rules as r
from tabletop.scenario.base import Effects
from tabletop.scenario.gametime import format_time
from tabletop.scenario.scenario import Scenario


class CaveatMeasure:
    """X4: a card with a caveat was shared as it is."""

    def __init__(self, rule: r.CaveatKept, scenario: Scenario) -> None:
        self._rule = rule
        self._scenario = scenario
        self._broken: set[tuple[str, str]] = set()

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """A finding for a card with a caveat; once broken, it stays so."""
        event = record.event
        if not isinstance(event, e.CardShared) or not set(event.tags) & set(self._rule.tags):
            return ()
        key = (self._rule.id, event.by, event.card)
        if (event.by, event.card) in self._broken:
            return ()
        ranges = spans([event.by], self._rule.broken)
        if event.sanitised:
            return (Finding(key, (), ranges),)
        self._broken.add((event.by, event.card))
        name = self._scenario.teams[event.by].name
        caveats = " and ".join(tag for tag in event.tags if tag in self._rule.tags)
        reason = f"{name} shared “{event.title}” unsanitised although it is marked {caveats}"
        found = tuple(entries([event.by], self._rule.broken, self._rule.id, reason, [record.seq], record.at))
        return (Finding(key, found, ranges),)

    def fork(self) -> Self:
        """Another that remembers which caveats are broken."""
        twin = copy(self)
        twin._broken = set(self._broken)
        return twin


class ThirdPartyMeasure:
    """X5: another team's card was passed on without its leave."""

    def __init__(self, rule: r.ThirdParty, scenario: Scenario) -> None:
        self._rule = rule
        self._scenario = scenario

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """A finding for a card passed on to somebody else than its owner."""
        event = record.event
        if not isinstance(event, e.CardShared):
            return ()
        owner = self._scenario.cards[event.card].holder if event.card in self._scenario.cards else None
        if owner is None or owner == event.by or set(event.to) == {owner}:
            return ()
        ranges = spans([event.by], self._rule.broken)
        key = (self._rule.id, event.by, event.card, str(record.seq))
        if (event.by, event.card) in state.leave:
            return (Finding(key, (), ranges),)
        names = self._scenario.teams
        to = " and ".join(names[team].name for team in event.to if team != owner)
        reason = (
            f"{names[event.by].name} passed {names[owner].name}'s “{event.title}”"
            f" on to {to} without its leave"
        )
        found = tuple(entries([event.by], self._rule.broken, self._rule.id, reason, [record.seq], record.at))
        return (Finding(key, found, ranges),)

    def fork(self) -> Self:
        """Itself: it remembers nothing."""
        return self


class ReciprocityMeasure:
    """X3: at the end of each phase, what a team got from partners against what it gave."""

    def __init__(self, rule: r.Reciprocity, scenario: Scenario) -> None:
        self._rule = rule
        self._scenario = scenario
        self._shared: dict[str, dict[str, int]] = {team: {} for team in scenario.teams}
        self._received: dict[str, dict[str, int]] = {team: {} for team in scenario.teams}

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """Count sharing; a finding for each team when the phase ends."""
        event = record.event
        if isinstance(event, e.CardShared):
            self._count(event, record.seq, state)
        if not isinstance(event, e.GateReached | e.ExerciseEnded):
            return ()
        findings = [self._judge(team, record, state) for team in self._scenario.teams]
        for counts in (*self._shared.values(), *self._received.values()):
            counts.clear()
        return findings

    def fork(self) -> Self:
        """Another that remembers what was given in this phase."""
        twin = copy(self)
        twin._shared = {team: dict(counts) for team, counts in self._shared.items()}
        twin._received = {team: dict(counts) for team, counts in self._received.items()}
        return twin

    def _count(self, event: e.CardShared, seq: int, state: Exercise) -> None:
        mine = state.hands.get((event.by, event.card))
        if mine is not None and mine.own:
            self._shared[event.by].setdefault(event.card, seq)
        for team in event.to:
            if not state.hands[team, event.card].own:
                self._received[team].setdefault(event.card, seq)

    def _judge(self, team: str, record: Record, state: Exercise) -> Finding:
        shared, received = self._shared[team], self._received[team]
        key = (self._rule.id, team, state.phase)
        could: list[Effects] = [self._rule.balanced] if shared or received or _holds_own(state, team) else []
        if len(received) >= self._rule.received:
            could.append(self._rule.hoarded)
        ranges = spans([team], *could) if could else ()
        name = self._scenario.teams[team].name
        count = f"received {_cards(len(received))} and shared {_cards(len(shared))} of its own in this phase"
        if len(received) >= self._rule.received and not shared:
            effects, reason = self._rule.hoarded, f"{name} {count}"
        elif shared or received:
            even = abs(len(shared) - len(received)) <= self._rule.within
            effects, reason = (self._rule.balanced if even else {}), f"{name} {count}: give and take balanced"
        else:
            return Finding(key, (), ranges)
        evidence = [record.seq, *shared.values(), *received.values()]
        return Finding(
            key, tuple(entries([team], effects, self._rule.id, reason, evidence, record.at)), ranges
        )


def _cards(count: int) -> str:
    return f"{count} card{'' if count == 1 else 's'}"


def _holds_own(state: Exercise, team: str) -> bool:
    return any(holder == team and held.own for (holder, _), held in state.hands.items())


class PromptMeasure:
    """Whether each partner had a card within its window, the relay's delay counted."""

    def __init__(self, rule: r.PromptSharing, scenario: Scenario) -> None:
        self._rule = rule
        self._scenario = scenario
        self._waiting: dict[tuple[str, str, str], e.CardReceived] = {}
        self._since: dict[tuple[str, str, str], tuple[int, int]] = {}

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """A finding for each partner reached, and at the end of a phase for those left waiting too long."""
        event = record.event
        if isinstance(event, e.CardReceived) and self._concerns(event):
            for partner in self._scenario.partners(event.team):
                key = (event.team, event.card, partner)
                self._waiting[key], self._since[key] = event, (record.at, record.seq)
        elif isinstance(event, e.CardShared):
            return list(self._reached(event, record))
        elif isinstance(event, e.GateReached | e.ExerciseEnded):
            return list(self._left_waiting(record, last=isinstance(event, e.ExerciseEnded)))
        return ()

    def fork(self) -> Self:
        """Another that remembers who waits for what."""
        twin = copy(self)
        twin._waiting = dict(self._waiting)
        twin._since = dict(self._since)
        return twin

    def _concerns(self, event: e.CardReceived) -> bool:
        tags = set(event.tags)
        return (not self._rule.tags or bool(tags & set(self._rule.tags))) and not tags & set(
            self._rule.except_tags
        )

    def _reached(self, event: e.CardShared, record: Record) -> Iterator[Finding]:
        for partner in event.to:
            key = (event.by, event.card, partner)
            card = self._waiting.pop(key, None)
            if card is None:
                continue
            since, received_seq = self._since[key]
            taken = record.at - since + self._relay(event, partner)
            effects, how = self._credit(taken, card.window)
            names = self._scenario.teams
            reason = (
                f"{names[event.by].name} told {names[partner].name} of “{card.title}” "
                f"{_minutes(taken)} after it knew, {how} its window of {_minutes(card.window)}"
            )
            evidence = [received_seq, record.seq]
            found = tuple(entries([event.by], effects, self._rule.id, reason, evidence, record.at))
            yield Finding((self._rule.id, *key), found, self._ranges(event.by))

    def _left_waiting(self, record: Record, *, last: bool) -> Iterator[Finding]:
        for key, card in list(self._waiting.items()):
            since, received_seq = self._since[key]
            if not last and record.at - since <= card.window * 3 / 2:
                continue
            del self._waiting[key]
            team, _, partner = key
            names = self._scenario.teams
            reason = (
                f"{names[team].name} had not told {names[partner].name} of “{card.title}” "
                f"by {format_time(record.at)}"
            )
            evidence = [received_seq, record.seq]
            found = tuple(entries([team], self._rule.never, self._rule.id, reason, evidence, record.at))
            yield Finding((self._rule.id, *key), found, self._ranges(team))

    def _credit(self, taken: int, window: int) -> tuple[Effects, str]:
        if taken <= window:
            return self._rule.prompt, "within"
        if 2 * taken <= 3 * window:
            return self._rule.late, "after"
        return self._rule.never, "long after"

    def _relay(self, event: e.CardShared, partner: str) -> int:
        relay = self._rule.relay
        if relay is None or relay.through in (event.by, partner):
            return 0
        return relay.delay if not relay.tags or set(relay.tags) & set(event.tags) else 0

    def _ranges(self, team: str) -> Spans:
        return spans([team], self._rule.prompt, self._rule.late, self._rule.never)


def _minutes(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min" if not rest else f"{minutes} min {rest} s"
