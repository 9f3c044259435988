"""Cards that the scenario hands out and then forgets."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.check.conditions import conditions_of
from tabletop.scenario.linking import Loaded
from tabletop.scenario.linking.findings import problem_at
from tabletop.scenario.linking.references import references
from tabletop.scenario.problems import Problem, quoted


def unused_cards(loaded: Loaded) -> Iterator[Problem]:
    """Warn of each card that nothing comes back to.

    A card with a text of its own is meant for teams to share by hand, which needs no option.
    """
    scenario = loaded.scenario
    used = {
        sharing.card
        for decision in scenario.decisions.values()
        for option in decision.options.values()
        for sharing in option.shares
    }
    for condition in conditions_of(scenario):
        used.update(reference.word for reference in references(condition) if reference.kind == "card")
    for word, card in scenario.cards.items():
        if word not in used and card.text is None:
            yield problem_at(
                loaded.places["card", word],
                "unused-card",
                f"nothing comes back to card {quoted(word)}: no option shares it, no condition reads it",
                hint="give it a 'text' that says what teams pass on when they share it, or remove it",
                severity="warning",
            )
