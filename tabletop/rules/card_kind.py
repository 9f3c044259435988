"""Rules about cards: who shared which, with whom and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Generic, TypeVar

from tabletop.exercise.events import Event
from tabletop.rules.kind import ONE_TEAM, RuleKind, Why, tag_hint
from tabletop.rules.topics import Topic
from tabletop.scenario.problems import quoted
from tabletop.scenario.rules import Rule

C = TypeVar("C", bound=Rule)

NO_CARDS: Final = Why("no inject hands out a card", "give an inject a 'card', or remove the rule")


class CardKind(RuleKind[C], Generic[C]):
    """A rule that judges how cards were shared."""

    def tags_named(self) -> Iterable[tuple[str, str]]:
        """Return each tag that the rule looks for on cards, with the key it stands under."""
        return ()

    def decisions(self) -> Sequence[str]:
        """Return nothing: what options share are cards too."""
        return ()

    def topics(self, event: Event, phase: str) -> Iterable[Topic]:
        """Return nothing: the state keeps a card together, with the leave to pass it on."""
        return ()

    def card_tags(self) -> set[str]:
        """Return every tag that a card carries."""
        return {tag for card in self.scenario.cards.values() for tag in card.tags}

    def no_cards(self) -> Why | None:
        """Say that the rule gives no points, or that there are no partners or no cards, if that is so."""
        if (why := self.no_points()) is not None:
            return why
        if len(self.scenario.teams) < 2:
            return ONE_TEAM
        return None if self.scenario.cards else NO_CARDS

    def not_tagged(self, tags: Sequence[str]) -> Why | None:
        """Say that no card carries one of the tags, if that is so."""
        known = self.card_tags()
        if not tags or not known.isdisjoint(tags):
            return None
        return Why(f"no card is tagged {' or '.join(map(quoted, tags))}", tag_hint(tags, known, "card"))
