"""Gave as got: had a team with something to give given a card of its own in a phase, or only taken?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from typing import Self

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise
from tabletop.plaintext import in_quotes
from tabletop.rules.between import Deed, blame, mark_spans, minus, plus, praise
from tabletop.rules.card_kind import NO_CARDS, CardKind
from tabletop.rules.kind import Why, register
from tabletop.rules.ledger import Finding, TeamSpan
from tabletop.rules.topics import PHASE_ENDS, Topic
from tabletop.scenario.prose import listed
from tabletop.scenario.rules import GaveAsGot
from tabletop.scenario.scenario import Scenario


@register(GaveAsGot)
class GaveAsGotKind(CardKind[GaveAsGot]):
    """Judges each team when a phase ends, if it held a card of its own that a partner lacked.

    A card counts the first time it is given. What passes on by a standing rule is nobody's deed.
    """

    looks_at = (e.CardShared, *PHASE_ENDS)

    def __init__(self, rule: GaveAsGot, scenario: Scenario) -> None:
        super().__init__(rule, scenario)
        self._gave: dict[str, dict[str, int]] = {team: {} for team in scenario.teams}
        self._got: dict[str, dict[str, int]] = {team: {} for team in scenario.teams}

    def spans(self) -> Iterator[TeamSpan]:
        """Yield both outcomes for each team and phase."""
        for _ in self.scenario.phases if self.scenario.cards and len(self.scenario.teams) > 1 else ():
            yield from mark_spans(self.rule, self.scenario.teams)

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """Count what is given; return a finding for each team when the phase ends."""
        event = record.event
        if isinstance(event, e.CardShared) and event.standing is None:
            self._count(event, record, state)
        if not isinstance(event, PHASE_ENDS):
            return ()
        findings = [self._judge(team, record, state) for team in self.scenario.teams]
        for counts in (*self._gave.values(), *self._got.values()):
            counts.clear()
        return findings

    def fork(self) -> Self:
        """Return a copy that remembers what was given in this phase."""
        twin = copy(self)
        twin._gave = {team: dict(cards) for team, cards in self._gave.items()}
        twin._got = {team: dict(cards) for team, cards in self._got.items()}
        return twin

    def topics(self, event: e.Event, phase: str) -> Iterator[Topic]:
        """Yield the giving of cards, judged as a whole: what was given earlier cannot be given now."""
        if isinstance(event, e.CardReceived | e.CardDealt | e.CardShared):
            yield "giving", "any"

    def _count(self, event: e.CardShared, record: Record, state: Exercise) -> None:
        new = [team for team in event.to if state.given[event.by, team, event.card] == record.at]
        mine = state.hands.get((event.by, event.card))
        if new and mine is not None and mine.own:
            self._gave[event.by].setdefault(event.card, record.seq)
        for team in new:
            if not state.hands[team, event.card].own:
                self._got[team].setdefault(event.card, record.seq)

    def _judge(self, team: str, record: Record, state: Exercise) -> Finding:
        gave, got, about = self._gave[team], self._got[team], (team, state.phase)
        if not gave and not self._could_give(state, team):
            return self.finding(about, ())
        facts = f"it gave {self._cards(gave)} of its own and got {self._cards(got)} in this phase"
        deed = Deed(team, facts, (record.seq, *gave.values(), *got.values()), record.at)
        entries = praise(self, deed) if gave else blame(self, deed) if got else ()
        return self.finding(about, mark_spans(self.rule, [team]), entries, facts)

    def _cards(self, cards: Iterable[str]) -> str:
        """Return cards by their codes, else their titles, in the order of the scenario."""
        known = set(cards)
        named = [
            card.code or in_quotes(card.title) for word, card in self.scenario.cards.items() if word in known
        ]
        return listed(named) or "nothing"

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
        """Say whom it judges and what it gives."""
        when = "Judged at the end of each phase for each team with a card of its own that a partner lacked. "
        return when + self.cases(
            ("It gave at least one", plus(self.rule), ""),
            ("It got one and gave none", minus(self.rule), ""),
        )
