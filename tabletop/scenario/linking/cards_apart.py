"""Cards under ``cards``, apart from the injects that deal them; the teams that any card names."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.scenario.base import ALL
from tabletop.scenario.cards import Card, CardContent
from tabletop.scenario.files import ScenarioFile
from tabletop.scenario.linking.findings import Findings, Place
from tabletop.scenario.linking.partial_file import PartialFile
from tabletop.scenario.linking.participants import Participants
from tabletop.scenario.linking.symbols import SymbolTable
from tabletop.scenario.problems import quoted


class CardsApart:
    """The cards of a scenario file that injects name by id."""

    def __init__(self, draft: PartialFile[ScenarioFile], findings: Findings) -> None:
        self._cards = draft.file.cards
        self._written = draft.keys("cards")
        self._lost = draft.lost("cards")
        self._root = Place(draft.document) / "cards"
        self._findings = findings

    def find(self, written: Card | str | None, place: Place) -> tuple[Card | None, Place]:
        """Return the card that stands at a place or is named there, and where it is written.

        An unknown id is reported.
        """
        if not isinstance(written, str):
            return written, place
        if written in self._cards:
            return self._card(written), self._root / written
        if written not in self._written and not self._lost:
            self._findings.unknown("card", written, self._written, place)
        return None, place

    def each(self) -> Iterator[tuple[Card, Place]]:
        """Yield every card with its place."""
        for word in self._cards:
            yield self._card(word), self._root / word

    def _card(self, word: str) -> Card:
        written = self._cards[word]
        fields = {name: getattr(written, name) for name in CardContent.model_fields}
        return Card.model_construct(id=word, **fields)


def with_partners(
    card: Card, holder: str | None, participants: Participants, place: Place, findings: Findings
) -> Card:
    """Return the card with its holder, and with ``all`` in its caveat and standing rules expanded."""
    _refuse_own(card, holder, place, findings)

    def partners(named: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(team for team in participants.expand(named) if team != holder)

    rules = (rule.model_copy(update={"to": partners(rule.to)}) for rule in card.passes)
    return card.model_copy(
        update={
            "holder": holder,
            "caveat": partners(card.caveat),
            "passes": tuple(rule for rule in rules if rule.to),
        }
    )


def _refuse_own(card: Card, holder: str | None, place: Place, findings: Findings) -> None:
    """Refuse a caveat or a standing rule that names the holder."""
    if holder is not None and holder in card.caveat:
        findings.error(
            "caveat-holder",
            f"{quoted(holder)} holds card {quoted(card.id)}; its caveat cannot keep it from {quoted(holder)}",
            place / "caveat" / card.caveat.index(holder),
            hint=f"name its partners, or write '{ALL}'",
        )
    for index, rule in enumerate(card.passes):
        if holder is not None and holder in rule.to:
            findings.error(
                "own-partner",
                f"{quoted(holder)} holds card {quoted(card.id)}; it cannot pass on to {quoted(holder)}",
                place / "passes" / index / "to" / rule.to.index(holder),
                hint=f"name its partners, or write '{ALL}'",
            )


def check_card(card: CardContent, place: Place, symbols: SymbolTable, *, everyone: bool = True) -> None:
    """Check the references of a card; of teams only with `everyone`, as others may belong elsewhere."""
    if everyone:
        if card.holder is not None:
            symbols.check_team(card.holder, place / "holder")
        symbols.check_teams(card.caveat, place / "caveat")
    for index, rule in enumerate(card.passes):
        where = place / "passes" / index
        if everyone:
            symbols.check_teams(rule.to, where / "to")
        symbols.check_condition(rule.when, where / "when")
