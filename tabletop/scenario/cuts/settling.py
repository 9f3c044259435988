"""Settle conditions on what a cut leaves out: what never happens is false, and a decision is never taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, TypeVar

from tabletop.scenario import conditions as c
from tabletop.scenario.base import NONE, Part
from tabletop.scenario.cards import Passing
from tabletop.scenario.conditions.dealings import Saying
from tabletop.scenario.decisions import Decision
from tabletop.scenario.injects import Addition
from tabletop.scenario.scenario import Entry

P = TypeVar("P", bound=Part)
T = TypeVar("T")
Settled: TypeAlias = c.BaseCondition | bool
"""What is left of a condition, or that it is always or never true."""

_UNCONDITIONAL: Final = (Entry, Addition, Decision, Passing)
"""Parts that may do without a condition."""


@dataclass(frozen=True, slots=True)
class Absent:
    """The decisions, entries and cards that a cut leaves out."""

    decisions: frozenset[str] = frozenset()
    entries: frozenset[str] = frozenset()
    cards: frozenset[str] = frozenset()
    team: str = ""
    """Any team, for conditions that name nothing that is left out."""

    def has(self, kind: str, word: str) -> bool:
        """Return whether that is left out."""
        return word in {"decision": self.decisions, "entry": self.entries, "card": self.cards}.get(kind, ())

    def settle(self, condition: c.BaseCondition) -> Settled:
        """Return the condition without what is left out."""
        match condition:
            case c.All(all=inner):
                return _joined(condition, "all", map(self.settle, inner), decisive=False)
            case c.AnyOf(any=inner):
                return _joined(condition, "any", map(self.settle, inner), decisive=True)
            case c.Not(not_=one):
                rest = self.settle(one)
                return not rest if isinstance(rest, bool) else condition.model_copy(update={"not_": rest})
            case c.By(by=deadline):
                rest = self.settle(deadline.that)
                within = deadline.model_copy(update={"that": rest})
                return rest if isinstance(rest, bool) else condition.model_copy(update={"by": within})
        return self._of_one(condition)

    def _of_one(self, condition: c.BaseCondition) -> Settled:
        """Settle a condition that holds no other."""
        match condition:
            case c.Chose(chose=dict() as chosen):
                return self._choices(condition, "chose", chosen)
            case c.EveryoneChose(everyone_chose=chosen):
                return self._choices(condition, "everyone_chose", chosen)
            case c.Chose(chose=c.TeamChoice() as choice):
                absent = choice.decision in self.decisions
                return NONE in choice.options if absent else condition
        return not any(self.has(one.kind, one.word) for one in condition.references()) and condition

    def _choices(self, condition: c.BaseCondition, field: str, chosen: dict[str, tuple[str, ...]]) -> Settled:
        if any(word in self.decisions and NONE not in options for word, options in chosen.items()):
            return False
        kept = {word: options for word, options in chosen.items() if word not in self.decisions}
        if len(kept) == len(chosen):
            return condition
        return condition.model_copy(update={field: kept}) if kept else True

    def without(self, part: P, *, stays: bool = False) -> P | None:
        """Return the part without what never holds; None if its own condition does not, unless it `stays`."""
        changes: dict[str, Any] = {}
        for name in type(part).model_fields:
            value = getattr(part, name)
            if isinstance(value, c.BaseCondition):
                rest = self.settle(value)
                if rest is False and not stays:
                    return None
                if rest is True and isinstance(part, _UNCONDITIONAL):
                    changes[name] = None
                else:
                    changes[name] = rest if isinstance(rest, c.BaseCondition) else self._constant(holds=rest)
            elif isinstance(value, tuple):
                changes[name] = tuple(self._items(value))
            elif isinstance(value, dict):
                changes[name] = {key: self._or_as_it_is(one) for key, one in value.items()}
            elif isinstance(value, Part):
                changes[name] = self._or_as_it_is(value)
        changed = {name: value for name, value in changes.items() if value != getattr(part, name)}
        return part.model_copy(update=changed) if changed else part

    def _items(self, items: Iterable[Any]) -> Iterator[Any]:
        for item in items:
            kept = self.without(item) if isinstance(item, Part) else item
            if kept is not None:
                yield kept

    def _or_as_it_is(self, value: T) -> T:
        """Keep what has a place of its own: an option stays, also if what it requires never holds."""
        kept = self.without(value, stays=True) if isinstance(value, Part) else value
        return value if kept is None else kept

    def _constant(self, *, holds: bool) -> c.BaseCondition:
        """Return a condition that always holds, or never, for where one must stand."""
        spoke = c.Stated(stated=Saying(by=self.team))
        either = (spoke, c.Not.model_construct(not_=spoke))
        return c.AnyOf(any=either) if holds else c.All(all=either)


def _joined(condition: c.BaseCondition, field: str, parts: Iterable[Settled], *, decisive: bool) -> Settled:
    """Join what is left of the conditions inside; one that is `decisive` settles them all."""
    left: list[c.BaseCondition] = []
    for part in parts:
        if isinstance(part, c.BaseCondition):
            left.append(part)
        elif part is decisive:
            return decisive
    if not left:
        return not decisive
    return left[0] if len(left) == 1 else condition.model_copy(update={field: tuple(left)})
