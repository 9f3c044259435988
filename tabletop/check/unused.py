"""Cards and decisions that nothing in the scenario comes back to."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.rules.kinds import kinds_of
from tabletop.rules.kinds.bonus import BonusKind
from tabletop.scenario.decisions import Decision
from tabletop.scenario.linking import Loaded
from tabletop.scenario.linking.findings import problem_at
from tabletop.scenario.options import Option
from tabletop.scenario.problems import Problem, quoted
from tabletop.scenario.scenario import Scenario


def unused_cards(loaded: Loaded) -> Iterator[Problem]:
    """Warn of each card that nothing comes back to.

    A card with a text of its own is meant for teams to share by hand, which needs no option.
    """
    scenario = loaded.scenario
    used = {
        sharing.card
        for decision in scenario.decisions.values()
        for option in decision.options.values()
        for sharing in (*option.shares, *option.shares_raw)
    }
    used |= {
        card
        for decision in scenario.decisions.values()
        for option in decision.options.values()
        for card in option.keeps
    }
    used |= {word for probe in scenario.probes for word in probe.told_by}
    used |= _named_in_conditions(scenario, "card")
    for word, card in scenario.cards.items():
        if word not in used and card.text is None and not card.passes:
            yield problem_at(
                loaded.places["card", word],
                "unused-card",
                f"nothing comes back to card {quoted(word)}: no option or condition names it",
                hint="give it a 'text' that says what teams pass on when they share it, or remove it",
                severity="warning",
            )


def unread_decisions(loaded: Loaded) -> Iterator[Problem]:
    """Warn of each decision that makes no difference: to points, to cards, to what is said, to the story."""
    scenario = loaded.scenario
    read = _read(scenario)
    for word, decision in scenario.decisions.items():
        if word not in read and not _does_something(decision):
            yield problem_at(
                loaded.places["decision", word],
                "decision-unread",
                f"nothing follows from decision {quoted(word)}: its options do nothing, and no rule, "
                "condition or entry reads it",
                hint="give its options 'effects', let a condition or a rule ask about it, or remove it",
                at_key=True,
                severity="warning",
            )


def _read(scenario: Scenario) -> set[str]:
    """Return the decisions that an entry waits for, that a condition names or that a rule judges."""
    read = {entry.on for entry in scenario.timeline if entry.on is not None}
    read |= _named_in_conditions(scenario, "decision", "subject")
    for rule in kinds_of(scenario):
        if rule.can_fire:
            read.update(rule.decisions())
    return read


def _does_something(decision: Decision) -> bool:
    nothing = decision.none is not None and bool(decision.none.objectives)
    return nothing or any(map(_counts, decision.options.values()))


def _counts(option: Option) -> bool:
    """Whether anything happens when the option is taken."""
    return bool(
        option.objectives
        or option.moves_capital
        or option.shares
        or option.shares_raw
        or option.keeps
        or option.consults
        or option.public
        or option.advice
    )


def _named_in_conditions(scenario: Scenario, *kinds: str) -> set[str]:
    """Return the words of these kinds that a condition names, but for those of rules that never fire."""
    bonuses = [kind for kind in kinds_of(scenario) if isinstance(kind, BonusKind)]
    idle = [kind.rule.when for kind in bonuses if not kind.can_fire]
    return {
        reference.word
        for condition in scenario.conditions()
        if not any(condition is one for one in idle)
        for reference in condition.references()
        if reference.kind in kinds
    }
