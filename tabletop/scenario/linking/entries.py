"""Link timeline entries with their injects: check references and expand ``all`` to teams."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tabletop.scenario.cards import Card
from tabletop.scenario.conditions import All, Chose, Condition
from tabletop.scenario.injects import Addition, Inject
from tabletop.scenario.linking.cards_apart import check_card
from tabletop.scenario.linking.findings import Place
from tabletop.scenario.linking.injects import Found
from tabletop.scenario.linking.participants import Participants
from tabletop.scenario.linking.symbols import SymbolTable
from tabletop.scenario.msel import MselFields
from tabletop.scenario.problems import quoted
from tabletop.scenario.scenario import Entry
from tabletop.scenario.timeline import After, TimelineEntry


@dataclass(frozen=True, slots=True)
class LinkedEntry:
    """A timeline entry whose inject was found, with the inject as merged for this entry."""

    index: int
    entry: TimelineEntry
    place: Place
    found: Found
    inject: Inject

    @property
    def id(self) -> str:
        """The entry's own id, else its inject's."""
        return self.entry.id or self.entry.inject


@dataclass(slots=True)
class EntryLinker:
    """Links the entries of one scenario."""

    symbols: SymbolTable
    participants: Participants
    _checked: set[tuple[str, bool]] = field(default_factory=set)

    def check(self, entry: TimelineEntry, place: Place) -> None:
        """Check the references of the entry itself; its inject need not exist."""
        symbols = self.symbols
        symbols.check_teams(entry.to, place / "to")
        if entry.on is not None:
            symbols.check("decision", entry.on, place / "on")
        if entry.after is not None:
            self._check_after(entry.after, place / "after")
        symbols.check_condition(entry.when, place / "when")
        symbols.check_condition(entry.once, place / "once")
        self._check_expected(entry, place, everyone=True)
        self._check_decisions(entry, place)
        self._check_additions(entry.additions, place, everyone=True)

    def link(self, row: LinkedEntry) -> Entry:
        """Check the entry and its inject, and return the linked entry."""
        entry, after = row.entry, row.entry.after or After.model_construct()
        self.check(entry, row.place)
        self._check_inject(row)
        return Entry.model_construct(
            id=row.id,
            code=entry.code,
            inject=self._with_teams(row.inject),
            at=entry.at,
            on=entry.on or after.decision,
            after=after.inject,
            delay=entry.delay,
            latest=entry.latest,
            once=self._condition(entry.once),
            since=self._condition(after.when),
            contingency=entry.contingency,
            when=_both(_chose(after), self._condition(entry.when)),
            decisions=tuple(dict.fromkeys(entry.decision or ())),
        )

    def _check_after(self, after: After, place: Place) -> None:
        if after.inject is not None:
            # Not below 'inject': alone, it has no key, and the entry has one of that name.
            self.symbols.check("entry", after.inject, place)
        if after.decision is not None:
            self.symbols.check("decision", after.decision, place / "decision")
            for index, option in enumerate(after.options or ()):
                self.symbols.check_option(after.decision, option, place / "options" / index)
        self.symbols.check_condition(after.when, place / "when")

    def _check_decisions(self, entry: TimelineEntry, place: Place) -> None:
        seen: set[str] = set()
        for index, word in enumerate(entry.decision or ()):
            where = place / "decision" / index
            self.symbols.check("decision", word, where)
            if word in seen:
                self.symbols.findings.error(
                    "asked-twice",
                    f"decision {quoted(word)} is listed twice",
                    where,
                    hint="remove one of the two",
                )
            seen.add(word)

    def _check_inject(self, row: LinkedEntry) -> None:
        """Check the references of the library's inject, once per kind of use.

        Teams are not checked if the entry names its own audience: the inject may then address teams of other
        scenarios.
        """
        everyone = row.entry.to is None
        key = (row.entry.inject, everyone)
        if key in self._checked:
            return
        self._checked.add(key)
        inject, place = row.found.inject, row.found.place
        if everyone:
            self.symbols.check_teams(inject.to, place / "to")
        self._check_card(inject.card, place / "card", everyone=everyone)
        self.symbols.check_all("objective", inject.objectives, place / "objectives")
        self._check_expected(inject, place, everyone=everyone)
        if inject.advice is not None and inject.advice.by is not None:
            self.symbols.check_team(inject.advice.by, place / "advice" / "by")
        self._check_additions(inject.additions, place, everyone=everyone)

    def _check_expected(self, fields: MselFields, place: Place, *, everyone: bool) -> None:
        for index, action in enumerate(fields.actions):
            where = place / "expected" / index
            if action.objective is not None:
                self.symbols.check("objective", action.objective, where / "objective")
            if action.team is not None and everyone:
                self.symbols.check_team(action.team, where / "team")

    def _check_additions(self, additions: Iterable[Addition], place: Place, *, everyone: bool) -> None:
        for index, addition in enumerate(additions):
            where = place / "additions" / index
            self.symbols.check_condition(addition.when, where / "when")
            if everyone:
                self.symbols.check_teams(addition.to, where / "to")
            self._check_card(addition.card, where / "card", everyone=everyone)

    def _check_card(self, card: Card | str | None, place: Place, *, everyone: bool) -> None:
        """Check a card that is written here; one that is named is checked where it is written."""
        if isinstance(card, Card):
            check_card(card, place, self.symbols, everyone=everyone)

    def _with_teams(self, inject: Inject) -> Inject:
        additions = tuple(
            addition.model_copy(
                update={"when": self._condition(addition.when), "card": self._card(addition.card)}
            )
            for addition in inject.additions
        )
        return inject.model_copy(update={"additions": additions, "card": self._card(inject.card)})

    def _card(self, card: Card | str | None) -> Card | None:
        """Return the card with ``all`` expanded in the conditions of its standing rules."""
        if not isinstance(card, Card):
            return None  # a name that the merger could not resolve
        rules = (rule.model_copy(update={"when": self._condition(rule.when)}) for rule in card.passes)
        return card.model_copy(update={"passes": tuple(rules)}) if card.passes else card

    def _condition(self, condition: Condition | None) -> Condition | None:
        return None if condition is None else condition.with_teams(self.participants)


def _chose(after: After) -> Condition | None:
    if after.decision is None or after.options is None:
        return None
    return Chose(chose={after.decision: after.options})


def _both(first: Condition | None, second: Condition | None) -> Condition | None:
    if first is None or second is None:
        return first or second
    return All(all=(first, second))
