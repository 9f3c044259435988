"""Prerequisites of conditions, from which cycles and dead entries are found."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import Literal, TypeAlias

from tabletop.scenario import conditions as c
from tabletop.scenario.base import Part
from tabletop.scenario.content import NONE

Kind: TypeAlias = Literal["entry", "decision", "card"]
Node: TypeAlias = tuple[Kind, str]
"""An entry released, a decision recorded or a card handed out."""


def prerequisites(condition: Part | None) -> frozenset[Node]:
    """Return what must have happened whenever the condition is true.

    The result is a lower bound: of alternatives only what all of them need, of a negation nothing.
    """
    match condition:
        case c.All(all=inner):
            return frozenset[Node]().union(*map(prerequisites, inner))
        case c.AnyOf(any=inner):
            return reduce(frozenset.intersection, map(prerequisites, inner))
        case c.By(by=deadline):
            return prerequisites(deadline.that)
        case c.Chose(chose=c.TeamChoice() as choice):
            return _nodes("decision", () if NONE in choice.options else (choice.decision,))
        case c.Chose(chose=dict() as chosen) | c.EveryoneChose(everyone_chose=chosen):
            return _nodes("decision", (word for word, options in chosen.items() if NONE not in options))
        case c.Decided(decided=words) | c.OnTime(on_time=words):
            return _nodes("decision", words)
        case c.Released(released=words):
            return _nodes("entry", words)
    return _of_one(condition)


def _of_one(condition: Part | None) -> frozenset[Node]:
    """Return the prerequisites of a condition about a single decision or card."""
    match condition:
        case c.Labels(labels=labels):
            return _nodes("decision", [labels.decision])
        case c.Shared(shared=shared):
            return _nodes("card", [shared.card])
    return frozenset()


def _nodes(kind: Kind, words: Iterable[str]) -> frozenset[Node]:
    return frozenset((kind, word) for word in words)
