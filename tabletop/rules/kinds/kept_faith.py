"""Kept faith: did a card with a caveat go on in clean form and with leave, and was a promised secret kept?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from typing import Self

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise
from tabletop.plaintext import in_quotes
from tabletop.rules.between import Deed, blame, mark_spans, minus, plus, praise
from tabletop.rules.card_kind import CardKind
from tabletop.rules.kind import Why, register
from tabletop.rules.ledger import Finding, TeamSpan
from tabletop.rules.topics import Topic
from tabletop.scenario.prose import listed
from tabletop.scenario.rules import KeptFaith
from tabletop.scenario.scenario import Scenario

_NO_CAVEAT = Why("no card has a caveat, and no option keeps one", "give a card 'caveat', or remove the rule")


@register(KeptFaith)
class KeptFaithKind(CardKind[KeptFaith]):
    """Judges each team once a card with a caveat, or one that it promised to keep; once broken, it stays so.

    What passes on by a standing rule is nobody's deed.
    """

    looks_at = (e.DecisionRecorded, e.AnswerWritten, e.CardShared)

    def __init__(self, rule: KeptFaith, scenario: Scenario) -> None:
        super().__init__(rule, scenario)
        self._broken: set[tuple[str, str]] = set()
        self._promised: dict[tuple[str, str], tuple[str, tuple[e.KeptCard, ...]]] = {}
        """By team and decision: the phase, and what the option that stands keeps from whom."""
        self._keeping = {
            name: {card for option in decision.options.values() for card in option.keeps}
            for name, decision in scenario.decisions.items()
        }
        """The cards that the options of each decision keep."""
        self._sent: dict[tuple[str, str], tuple[Record, ...]] = {}
        """By team and card: each time that it passed the card on."""

    def spans(self) -> Iterator[TeamSpan]:
        """Yield both outcomes for every team and card: whoever gets it may pass it on."""
        kept = set().union(*self._keeping.values())
        for card in self.scenario.cards.values():
            if (card.caveat or card.id in kept) and len(self.scenario.teams) > 1:
                yield from mark_spans(self.rule, self.scenario.teams)

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """Return a finding when a card is shared that has a caveat or was to be kept."""
        event = record.event
        if isinstance(event, e.DecisionRecorded):
            self._promised[event.team, event.decision] = (state.phase, event.keeps)
        elif isinstance(event, e.AnswerWritten):
            # The option that was taken before these words stands no more, nor does its promise.
            self._promised.pop((event.team, event.decision), None)
        if not isinstance(event, e.CardShared) or event.standing is not None:
            return ()
        about = (event.by, event.card)
        secret = self._secret(event, state.phase)
        if about in self._broken or not (event.caveat or secret):
            return ()
        broken = secret or self._raw(event) or self._without_leave(event, state)
        if broken:
            self._broken.add(about)
        sent = self._sent[about] = (*self._sent.get(about, ()), record)
        seqs = (record.seq,) if broken else tuple(one.seq for one in sent)
        deed = Deed(event.by, f"it passed on {broken or self._clean(event, sent)}", seqs, record.at)
        entries = blame(self, deed) if broken else praise(self, deed) if event.sanitised else ()
        return (self.finding(about, mark_spans(self.rule, [event.by]), entries, deed.facts),)

    def fork(self) -> Self:
        """Return a copy that remembers what was promised and what is broken."""
        twin = copy(self)
        twin._broken, twin._promised = set(self._broken), dict(self._promised)
        twin._sent = dict(self._sent)
        return twin

    def topics(self, event: e.Event, phase: str) -> Iterator[Topic]:
        """Yield each card that an option of the decision keeps: what is taken instead frees it."""
        if isinstance(event, e.DecisionRecorded | e.AnswerWritten):
            yield from (("card", card) for card in self._keeping.get(event.decision, ()))

    def _secret(self, event: e.CardShared, phase: str) -> str:
        """Say to whom the team told what it had promised to keep; empty if to nobody."""
        told = [
            self.team(partner)
            for (team, _), (when, keeps) in self._promised.items()
            if team == event.by and when == phase
            for kept in keeps
            if kept.card == event.card
            for partner in event.to
            if partner in kept.to
        ]
        return (
            f"{in_quotes(event.title)} to {listed(told)}, from whom it had promised to keep it"
            if told
            else ""
        )

    def _clean(self, event: e.CardShared, sent: Sequence[Record]) -> str:
        """Say to whom the card went, each receiver of this form once."""
        to = dict.fromkeys(
            self.team(partner)
            for record in sent
            if isinstance(record.event, e.CardShared) and record.event.sanitised == event.sanitised
            for partner in record.event.to
        )
        return f"{in_quotes(event.title)} to {listed(list(to))}{' in clean form' if event.sanitised else ''}"

    def _raw(self, event: e.CardShared) -> str:
        named = [self.team(partner) for partner in event.to if partner in event.caveat]
        raw = bool(named) and not event.sanitised
        return f"{in_quotes(event.title)} in raw form to {listed(named)}" if raw else ""

    def _without_leave(self, event: e.CardShared, state: Exercise) -> str:
        card = self.scenario.cards.get(event.card)
        owner = card.holder if card is not None else None
        to = [self.team(partner) for partner in event.to if partner != owner]
        if owner in (None, event.by) or not to or (event.by, event.card) in state.leave:
            return ""
        return f"{self.team(owner or '')}'s {in_quotes(event.title)} to {listed(to)} without its leave"

    def why_never(self) -> Why:
        """Say that there is nothing to keep."""
        return self.no_cards() or _NO_CAVEAT

    def sentence(self) -> str:
        """Say what is judged and what it gives."""
        when = "For each card with a caveat, or that a decision keeps from somebody, once a team. "
        return when + self.cases(
            ("It went on in its clean form only", plus(self.rule), ""),
            ("It went on raw to a partner named, without leave, or against a promise", minus(self.rule), ""),
        )
