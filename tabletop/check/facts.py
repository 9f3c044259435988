"""What must be the case while a condition is true, and what of it stays so."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Final, TypeAlias

from tabletop.scenario import conditions as c
from tabletop.scenario.base import NONE
from tabletop.scenario.conditions.base import ChoiceFact, Choices, Fact
from tabletop.scenario.problems import quoted
from tabletop.scenario.scenario import Scenario

_MOST_WAYS: Final = 64
"""A condition with more alternatives is taken as one that says nothing."""


Way: TypeAlias = frozenset[Fact | ChoiceFact]
"""One way for a condition to be true: what must be the case together."""
Ways: TypeAlias = tuple[Way, ...]

_ANYHOW: Final[Ways] = (frozenset(),)


def together(parts: Iterable[Ways]) -> Ways:
    """Return the ways for all parts to be true at once."""
    found = _ANYHOW
    for ways in parts:
        if len(found) * len(ways) > _MOST_WAYS:
            continue
        found = tuple(dict.fromkeys(one | other for one, other in product(found, ways)))
    return found


def _either(parts: Iterable[Ways]) -> Ways:
    found = tuple(dict.fromkeys(way for ways in parts for way in ways))
    return found if len(found) <= _MOST_WAYS else _ANYHOW


class Conditions:
    """Takes conditions apart; the scenario gives the teams and the options of each decision."""

    def __init__(self, scenario: Scenario) -> None:
        decisions = scenario.decisions.items()
        self._choices = Choices(
            {word: frozenset((*decision.options, NONE)) for word, decision in decisions},
            frozenset(word for word, decision in decisions if len(decision.team) == 1),
        )

    def ways(self, condition: c.BaseCondition | None, *, holds: bool = True) -> Ways:
        """Return the ways for the condition to be true, or with `holds` false, not to be."""
        match condition:
            case None:
                return _ANYHOW
            case c.Not(not_=inner):
                return self.ways(inner, holds=not holds)
            case c.All(all=several):
                return self._joined([self.ways(one, holds=holds) for one in several], all_of=holds)
            case c.AnyOf(any=several):
                return self._joined([self.ways(one, holds=holds) for one in several], all_of=not holds)
            case c.By(by=deadline):
                key = ("by", str(deadline.at), deadline.that.model_dump_json())
                fact = Fact("a deadline", key, holds)
                if not holds:
                    return (frozenset({fact}),)
                return tuple(self.lasting(way) | {fact} for way in self.ways(deadline.that))
        claims = condition.claims(self._choices)
        return self._joined([(claim.holds if holds else claim.fails,) for claim in claims], all_of=holds)

    def decided(self, decision: str) -> ChoiceFact:
        """Return that every team asked has decided."""
        return ChoiceFact(decision, self._choices.options[decision] - {NONE}, every=True)

    def conflict(self, way: Way) -> str:
        """Return what the way contradicts itself about; empty if it does not."""
        facts = {(fact.key, fact.holds): fact.about for fact in way if isinstance(fact, Fact)}
        denied = [about for (key, holds), about in facts.items() if (key, not holds) in facts]
        if denied:
            return min(denied)
        for decision, choices in _by_decision(way).items():
            every = self._left(decision, choices)
            if not every or not all(every & one.options for one in choices):
                return f"decision {quoted(decision)}"
        return ""

    def lasting(self, way: Way) -> Way:
        """Return what stays the case: what happened has happened, and a decision is taken to stand."""
        facts = (one for one in way if isinstance(one, Fact))
        kept: set[Fact | ChoiceFact] = {fact for fact in facts if fact.holds and fact.lasts}
        kept |= {one for one in way if isinstance(one, ChoiceFact) and NONE not in one.options}
        for decision, choices in _by_decision(way).items():
            left = self._left(decision, choices)
            if NONE not in left:
                kept.add(ChoiceFact(decision, left, every=True))
        return frozenset(kept)

    def always(self, ways: Ways) -> Way:
        """Return what stays the case however the condition became true."""
        return frozenset.intersection(*map(self.lasting, ways))

    def _left(self, decision: str, choices: Iterable[ChoiceFact]) -> frozenset[str]:
        """Return the options that are left to every team asked."""
        alone = decision in self._choices.alone
        every = (one.options for one in choices if one.every or alone)
        return self._choices.options[decision].intersection(*every)

    @staticmethod
    def _joined(parts: Iterable[Ways], *, all_of: bool) -> Ways:
        return together(parts) if all_of else _either(parts)


def _by_decision(way: Way) -> dict[str, list[ChoiceFact]]:
    """Return the choices of a way by their decision, in the order of its word."""
    found: dict[str, list[ChoiceFact]] = {}
    for one in way:
        if isinstance(one, ChoiceFact):
            found.setdefault(one.decision, []).append(one)
    return dict(sorted(found.items()))
