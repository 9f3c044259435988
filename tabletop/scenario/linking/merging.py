"""Merge an inject with the timeline entry that uses it: audience, wording, additions, card holders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tabletop.scenario.base import ALL
from tabletop.scenario.cards import Card
from tabletop.scenario.injects import Addition, Inject
from tabletop.scenario.linking.cards_apart import CardsApart, with_partners
from tabletop.scenario.linking.findings import Findings, Place
from tabletop.scenario.linking.injects import Found
from tabletop.scenario.linking.participants import Participants
from tabletop.scenario.msel import MSEL_FIELDS
from tabletop.scenario.problems import quoted
from tabletop.scenario.timeline import TimelineEntry

_REWORDED = ("title", "text", *MSEL_FIELDS)


class HandedOutCard(NamedTuple):
    """A card handed out at one place."""

    card: Card
    place: Place
    defined: Place
    """Where the card itself is written: here, or under the scenario's ``cards``."""
    row: int
    """The timeline entry that hands it out, by its index."""
    conditional: bool
    """Whether it belongs to a conditional addition."""


class _Use(NamedTuple):
    """The source of some content (an inject, or the entry itself) and its use by an entry."""

    row: int
    """The timeline entry, by its index."""
    place: Place
    addressed_to: tuple[str, ...]
    """The teams that the content is addressed to, as written; some may belong to other scenarios only."""
    audience: tuple[str, ...]
    """The teams of this scenario that the entry addresses."""
    allow_unknown: bool
    """Whether unknown teams are assumed to belong to other scenarios, and so are not errors."""


@dataclass(slots=True)
class Merger:
    """Merges injects for the teams of one scenario and collects the cards they hand out."""

    participants: Participants
    findings: Findings
    cards_apart: CardsApart
    cards: dict[str, list[HandedOutCard]] = field(default_factory=dict)
    """Every place that hands out each card, by card id."""

    def merge(self, found: Found, entry: TimelineEntry, place: Place, row: int) -> Inject:
        """Return the inject as the entry uses it, with ``all`` expanded to teams."""
        inject = found.inject
        reach = self.participants.expand(inject.to)
        audience = reach if entry.to is None else self._narrowed(entry.to, reach, entry.inject, place / "to")
        theirs = _Use(row, found.place, inject.to, audience, allow_unknown=entry.to is not None)
        own = _Use(row, place, audience, audience, allow_unknown=False)
        changes: dict[str, Any] = {
            "to": audience,
            "card": self._card(inject.card, audience, found.place / "card", theirs, conditional=False),
            "additions": (
                *self._additions(inject.additions, theirs),
                *self._additions(entry.additions, own),
            ),
        }
        if entry.attachments:
            changes["attachments"] = (*inject.attachments, *entry.attachments)
        for name in _REWORDED:
            wording = getattr(entry, name)
            if wording is not None:
                changes[name] = wording
        return inject.model_copy(update=changes)

    def _narrowed(
        self, to: tuple[str, ...], audience: tuple[str, ...], inject_id: str, place: Place
    ) -> tuple[str, ...]:
        for index, team in enumerate(to):
            if team in self.participants.teams and team not in audience:
                self.findings.error(
                    "wider-audience",
                    f"inject {quoted(inject_id)} does not go to {quoted(team)}; an entry can only narrow "
                    f"the audience ({_listed(audience)})",
                    place / index,
                    hint="address the team in the inject itself, or write an inject of its own for it",
                )
        return tuple(team for team in self.participants.expand(to) if team in audience)

    def _additions(self, additions: tuple[Addition, ...], use: _Use) -> Iterator[Addition]:
        """Yield the additions with their readers, omitting those without readers."""
        for index, addition in enumerate(additions):
            where = use.place / "additions" / index
            named = use.addressed_to if addition.to is None or ALL in addition.to else addition.to
            self._refuse_unseen(addition.to or (), use, where / "to")
            to = tuple(team for team in self.participants.expand(named) if team in use.audience)
            if to:
                conditional = addition.when is not None
                card = self._card(addition.card, to, where / "card", use, conditional=conditional)
                yield addition.model_copy(update={"to": to, "card": card})

    def _refuse_unseen(self, named: tuple[str, ...], use: _Use, place: Place) -> None:
        for index, team in enumerate(named if ALL not in use.addressed_to else ()):
            known = team in self.participants.teams or use.allow_unknown
            if known and team != ALL and team not in use.addressed_to:
                self.findings.error(
                    "addition-unseen",
                    f"{quoted(team)} would read this addition but does not receive the inject "
                    f"({_listed(use.addressed_to)})",
                    place / index,
                    hint="leave the team out here, or address the inject to it",
                )

    def _card(
        self,
        written: Card | str | None,
        audience: tuple[str, ...],
        place: Place,
        use: _Use,
        *,
        conditional: bool,
    ) -> Card | None:
        """Return the card with its holder: the team that it names, else the only team addressed."""
        card, defined = self.cards_apart.find(written, place)
        if card is None:
            return None
        holder = card.holder
        if holder is None and len(audience) == 1:
            holder = audience[0]
        elif not audience:
            pass  # its teams are all unknown, which is reported elsewhere
        elif holder is None:
            self.findings.error(
                "no-holder",
                f"card {quoted(card.id)} needs a holder: its text goes to {_listed(audience)}",
                place,
                hint="add 'holder' and the one team that gets the card",
            )
        elif holder not in audience and (holder in self.participants.teams or use.allow_unknown):
            self.findings.error(
                "holder-unseen",
                f"{quoted(holder)} holds card {quoted(card.id)} but does not receive its text "
                f"({_listed(audience)})",
                defined / "holder" if defined is place else place,
                hint="name a team that is addressed",
            )
        linked = with_partners(card, holder, self.participants, defined, self.findings)
        handed = HandedOutCard(linked, place, defined, use.row, conditional)
        self.cards.setdefault(card.id, []).append(handed)
        return linked


def _listed(teams: tuple[str, ...]) -> str:
    return ", ".join(teams) if teams else "no team"
