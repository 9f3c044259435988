"""What must be the case while a condition is true, and what of it stays so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Final, TypeAlias

from tabletop.scenario import conditions as c
from tabletop.scenario.base import Part
from tabletop.scenario.content import NONE
from tabletop.scenario.problems import quoted
from tabletop.scenario.scenario import Scenario

_MOST_WAYS: Final = 64
"""A condition with more alternatives is taken as one that says nothing."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened or did not: a card shared, an entry released, a statement made."""

    about: str
    key: tuple[str, ...]
    holds: bool = True


@dataclass(frozen=True, slots=True)
class ChoiceFact:
    """Every team asked, or at least one of them, is at one of these options, ``none`` among them."""

    decision: str
    options: frozenset[str]
    every: bool


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
        self._options = {
            word: frozenset((*decision.options, NONE)) for word, decision in scenario.decisions.items()
        }
        self._alone = {word for word, decision in scenario.decisions.items() if len(decision.team) == 1}

    def ways(self, condition: Part | None, *, holds: bool = True) -> Ways:
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
                fact = _fact(
                    "a deadline", "by", str(deadline.at), deadline.that.model_dump_json(), holds=holds
                )
                if not holds:
                    return (frozenset({fact}),)
                return tuple(self.lasting(way) | {fact} for way in self.ways(deadline.that))
        return self._joined(
            [ways if holds else denied for ways, denied in self._leaves(condition)], all_of=holds
        )

    def decided(self, decision: str) -> ChoiceFact:
        """Return that every team asked has decided."""
        return ChoiceFact(decision, self._options[decision] - {NONE}, every=True)

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
        kept: set[Fact | ChoiceFact] = {one for one in way if isinstance(one, Fact) and one.holds}
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
        alone = decision in self._alone
        every = (one.options for one in choices if one.every or alone)
        return self._options[decision].intersection(*every)

    @staticmethod
    def _joined(parts: Iterable[Ways], *, all_of: bool) -> Ways:
        return together(parts) if all_of else _either(parts)

    def _leaves(self, condition: Part) -> list[tuple[Ways, Ways]]:
        """Return the ways for each part of a plain condition to be true, and not to be."""
        match condition:
            case c.Chose(chose=c.TeamChoice() as choice):
                return [self._choice_of_team(choice)]
            case c.Chose(chose=dict() as chosen):
                return [self._choice(*one, every=False) for one in chosen.items()]
            case c.EveryoneChose(everyone_chose=chosen):
                return [self._choice(*one, every=True) for one in chosen.items()]
            case c.Decided(decided=words):
                return [self._choice(word, self.decided(word).options, every=True) for word in words]
            case c.OnTime(on_time=words):
                return [self._on_time(word) for word in words]
            case c.Released(released=words):
                return [_both(_fact(f"entry {quoted(word)}", "released", word)) for word in words]
        return _plain_leaves(condition)

    def _choice(self, decision: str, options: Iterable[str], *, every: bool) -> tuple[Ways, Ways]:
        wanted = frozenset(options)
        rest = self._options[decision] - wanted
        return (frozenset({ChoiceFact(decision, wanted, every)}),), (
            frozenset({ChoiceFact(decision, rest, not every)}),
        )

    def _choice_of_team(self, chosen: c.TeamChoice) -> tuple[Ways, Ways]:
        if chosen.by is None or chosen.decision in self._alone:
            return self._choice(chosen.decision, chosen.options, every=False)
        options = sorted(chosen.options)
        about = f"the choice of {quoted(chosen.by)} for {quoted(chosen.decision)}"
        [way], denied = _both(_fact(about, "chose", chosen.decision, chosen.by, *options))
        some = ChoiceFact(chosen.decision, frozenset(options), every=False)
        return (way | {some},), denied

    def _on_time(self, decision: str) -> tuple[Ways, Ways]:
        [way], denied = _both(_fact(f"decision {quoted(decision)}", "on-time", decision))
        return (way | {self.decided(decision)},), denied


def _by_decision(way: Way) -> dict[str, list[ChoiceFact]]:
    """Return the choices of a way by their decision, in the order of its word."""
    found: dict[str, list[ChoiceFact]] = {}
    for one in way:
        if isinstance(one, ChoiceFact):
            found.setdefault(one.decision, []).append(one)
    return dict(sorted(found.items()))


def _plain_leaves(condition: Part) -> list[tuple[Ways, Ways]]:
    """Return the same for conditions about sharing, consultations, statements and labels."""
    match condition:
        case c.Shared(shared=shared):
            about, by = f"card {quoted(shared.card)}", shared.by or ""
            return [
                _both(
                    _fact(about, "shared", shared.card, by, team),
                    *(
                        _fact(about, "shared", shared.card, *less)
                        for less in (("", team), (by, ""), ("", ""))
                    ),
                )
                for team in shared.with_ or ("",)
            ]
        case c.Consulted(consulted=consulted):
            pairs = [sorted((consulted.by, partner)) for partner in consulted.with_]
            return [
                _both(_fact(f"the consultation of {one} and {other}", one, other)) for one, other in pairs
            ]
        case c.Stated(stated=stated):
            about = f"a statement of {quoted(stated.by)}"
            whole, less = (_fact(about, "stated", stated.by, label) for label in (stated.label or "", ""))
            return [_both(whole, less)]
        case c.Labels(labels=labels):
            about = f"the labels of decision {quoted(labels.decision)}"
            other = "same" if labels.are == "differ" else "differ"
            known = (
                _fact(about, "labels", labels.decision, are, holds=are != other)
                for are in (labels.are, other)
            )
            return [_both(*known)]
    return []


def _fact(about: str, *key: str, holds: bool = True) -> Fact:
    return Fact(about, key, holds)


def _both(fact: Fact, *implied: Fact) -> tuple[Ways, Ways]:
    """Return the way for a fact to hold, with what it implies, and the way for it not to."""
    return (frozenset({fact, *implied}),), (frozenset({Fact(fact.about, fact.key, holds=False)}),)
