"""Cards whose clean form hides nothing, and standing rules that never pass one on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tabletop.check.facts import Conditions, together
from tabletop.check.timeline import earliest, needs
from tabletop.scenario.cards import Card
from tabletop.scenario.linking import Loaded
from tabletop.scenario.linking.findings import problem_at
from tabletop.scenario.linking.prerequisites import Node, prerequisites
from tabletop.scenario.problems import Problem, quoted
from tabletop.scenario.scenario import Entry


def same_clean_forms(loaded: Loaded) -> Iterator[Problem]:
    """Warn of each card whose clean form says what the card says."""
    for entry in loaded.scenario.timeline:
        for card in entry.cards:
            raw, clean = card.text or entry.inject.text, card.clean_form
            if clean is not None and clean.split() == raw.split():
                yield problem_at(
                    loaded.places["card", card.id] / ("clean" if card.clean is not None else "sanitised"),
                    "same-clean-form",
                    f"the clean form of card {quoted(card.id)} says all that the card says",
                    hint="leave out what is to be kept, or remove the clean form",
                    severity="warning",
                )


def without_clean_form(loaded: Loaded) -> Iterator[Problem]:
    """Warn of each card that goes out in clean form and has no words of its own for that."""
    asked = {
        sharing.card
        for decision in loaded.scenario.decisions.values()
        for option in decision.options.values()
        for sharing in option.shares
        if sharing.sanitised
    }
    for entry in loaded.scenario.timeline:
        for card in entry.cards:
            clean, place = card.clean_form, loaded.places["card", card.id]
            if clean is None and (card.caveat or card.id in asked):
                yield problem_at(
                    place / "caveat" if card.caveat else place,
                    "no-clean-form",
                    f"card {quoted(card.id)} has no clean form to go out in: partners read only its title",
                    hint="write what they may read as its 'clean'",
                    severity="warning",
                )
            elif clean is not None and clean.split() == card.title.split():
                yield problem_at(
                    place / ("clean" if card.clean is not None else "sanitised"),
                    "same-clean-form",
                    f"the clean form of card {quoted(card.id)} says no more than its title",
                    hint="write what partners may read, or remove the clean form",
                    severity="warning",
                )


def standing_rules(loaded: Loaded) -> Iterator[Problem]:
    """Warn of each standing rule that cannot hold when its card is dealt."""
    search = _Search(loaded)
    for entry in loaded.scenario.timeline:
        for card in entry.cards:
            for index in range(len(card.passes)):
                because = search.never(entry, card, index)
                if because:
                    yield problem_at(
                        loaded.places["card", card.id] / "passes" / index / "when",
                        "passes-never",
                        f"card {quoted(card.id)} never passes on by this rule: {because}",
                        hint="a standing rule is judged in the moment in which the card is dealt",
                        severity="warning",
                    )


class _Search:
    def __init__(self, loaded: Loaded) -> None:
        self._conditions = Conditions(loaded.scenario)
        self._needs = needs(loaded.scenario)
        self._earliest = earliest(loaded.scenario)

    def never(self, entry: Entry, card: Card, index: int) -> str:
        """Return why the rule cannot hold when the entry deals the card; empty if it can."""
        when = card.passes[index].when
        if when is None:
            return ""
        parts = [self._conditions.ways(one) for one in (entry.when, entry.once, when)]
        conflicts = [self._conditions.conflict(way) for way in together(parts)]
        if all(conflicts):
            return f"its condition contradicts itself or that of the entry about {conflicts[-1]}"
        for node in sorted(prerequisites(when)):
            if self._after(node, entry):
                kind, word = node
                return f"it waits for {kind} {quoted(word)}, which comes only after the card"
        return ""

    def _after(self, node: Node, entry: Entry) -> bool:
        """Whether something can only come after the entry has gone out."""
        if entry.at is not None and self._earliest.get(node, 0) > entry.at:
            return True
        return ("entry", entry.id) in _before(node, self._needs)


def _before(node: Node, needed: Mapping[Node, set[Node]]) -> set[Node]:
    """Return what must have happened for something to happen, itself included."""
    found, waiting = {node}, [node]
    while waiting:
        for one in needed.get(waiting.pop(), ()):
            if one not in found:
                found.add(one)
                waiting.append(one)
    return found
