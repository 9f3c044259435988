"""An inject as one timeline entry uses it: narrowed, reworded, with additions and card holders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tabletop.scenario.content import ALL, Addition, Card, Inject, TimelineEntry
from tabletop.scenario.linking.cast import Cast
from tabletop.scenario.linking.findings import Findings, Place
from tabletop.scenario.linking.injects import Found
from tabletop.scenario.problems import quoted

_REWORDED = ("title", "text", "expected")


class Handed(NamedTuple):
    """A card as it is handed out at one place."""

    card: Card
    place: Place
    row: int
    """The timeline entry that hands it out, by its index."""
    perhaps: bool
    """Whether it comes with an addition that has a condition of its own."""


@dataclass(slots=True)
class Merger:
    """Merges injects for the teams of one scenario and keeps account of the cards they hand out."""

    cast: Cast
    findings: Findings
    cards: dict[str, list[Handed]] = field(default_factory=dict)
    """Each card id with every place that hands it out."""

    def merge(self, found: Found, entry: TimelineEntry, place: Place, row: int) -> Inject:
        """Return the inject as the entry uses it, with teams instead of ``all``."""
        inject = found.inject
        reach = self.cast.expand(inject.to)
        audience = reach if entry.to is None else self._narrowed(entry.to, reach, entry.inject, place / "to")
        changes: dict[str, Any] = {
            "to": audience,
            "card": self._card(inject.card, audience, found.place / "card", row, perhaps=False),
            "additions": (
                *self._additions(inject.additions, reach, audience, found.place, row),
                *self._additions(entry.additions, audience, audience, place, row),
            ),
        }
        for name in _REWORDED:
            wording = getattr(entry, name)
            if wording is not None:
                changes[name] = wording
        return inject.model_copy(update=changes)

    def _narrowed(
        self, to: tuple[str, ...], audience: tuple[str, ...], inject_id: str, place: Place
    ) -> tuple[str, ...]:
        for index, team in enumerate(to):
            if team in self.cast.teams and team not in audience:
                self.findings.error(
                    "wider-audience",
                    f"inject {quoted(inject_id)} does not go to {quoted(team)}; an entry can only narrow "
                    f"the audience ({_listed(audience)})",
                    place / index,
                    hint="address the team in the inject itself, or write an inject of its own for it",
                )
        return tuple(team for team in self.cast.expand(to) if team in audience)

    def _additions(
        self,
        additions: tuple[Addition, ...],
        reach: tuple[str, ...],
        audience: tuple[str, ...],
        place: Place,
        row: int,
    ) -> Iterator[Addition]:
        """Yield the additions with the teams that read them; one that nobody reads any more is left out.

        `reach` is whom the inject they were written for goes to, `audience` whom this entry narrows it to.
        """
        for index, addition in enumerate(additions):
            where = place / "additions" / index
            named = reach if addition.to is None or ALL in addition.to else self.cast.expand(addition.to)
            self._refuse_unseen(named, reach, where / "to")
            to = tuple(team for team in named if team in audience)
            if to:
                perhaps = addition.when is not None
                card = self._card(addition.card, to, where / "card", row, perhaps=perhaps)
                yield addition.model_copy(update={"to": to, "card": card})

    def _refuse_unseen(self, named: tuple[str, ...], reach: tuple[str, ...], place: Place) -> None:
        for team in named:
            if team not in reach:
                self.findings.error(
                    "addition-unseen",
                    f"{quoted(team)} would read this addition but does not receive the inject "
                    f"({_listed(reach)})",
                    place,
                    hint="leave the team out here, or address the inject to it",
                )

    def _card(
        self, card: Card | None, audience: tuple[str, ...], place: Place, row: int, *, perhaps: bool
    ) -> Card | None:
        """Return the card with its holder, which is the only team addressed unless the card names one."""
        if card is None:
            return None
        holder = card.holder
        if holder is None and len(audience) == 1:
            holder = audience[0]
        elif not audience:
            pass  # its teams are all unknown, which is said elsewhere
        elif holder is None:
            self.findings.error(
                "no-holder",
                f"card {quoted(card.id)} needs a holder: its text goes to {_listed(audience)}",
                place,
                hint="add 'holder' and the one team that gets the card",
            )
        elif holder in self.cast.teams and holder not in audience:
            self.findings.error(
                "holder-unseen",
                f"{quoted(holder)} is to hold card {quoted(card.id)} but does not read what it comes with "
                f"({_listed(audience)})",
                place / "holder",
                hint="name a team that is addressed",
            )
        linked = card.model_copy(update={"holder": holder})
        self.cards.setdefault(card.id, []).append(Handed(linked, place, row, perhaps))
        return linked


def _listed(teams: tuple[str, ...]) -> str:
    return ", ".join(teams) if teams else "no team"
