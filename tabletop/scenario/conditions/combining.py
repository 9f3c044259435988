"""Conditions made of other conditions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from typing import TYPE_CHECKING, Self

from pydantic import Field

from tabletop.scenario.base import OneOrMore, Part
from tabletop.scenario.conditions.base import BaseCondition, Node, Path
from tabletop.scenario.gametime import GameTime, format_time

if TYPE_CHECKING:
    from tabletop.scenario.conditions import Condition
    from tabletop.scenario.conditions.names import Names
    from tabletop.scenario.conditions.telling import Telling
    from tabletop.scenario.linking.participants import Participants


class All(BaseCondition):
    """True when every condition in the list is."""

    all: OneOrMore[Condition] = Field(description="True when every one of these is.")

    def nested(self, loc: Path) -> Iterator[tuple[BaseCondition, Path]]:
        """Yield each."""
        return _each(self.all, (*loc, "all"))

    def with_teams(self, participants: Participants) -> Self:
        """Return it with teams in each."""
        return self.model_copy(update={"all": tuple(one.with_teams(participants) for one in self.all)})

    def prerequisites(self) -> frozenset[Node]:
        """Return what any of them needs."""
        return frozenset[Node]().union(*(one.prerequisites() for one in self.all))

    def words(self, names: Names) -> str:
        """Join them with 'and'."""
        return " and ".join(map(names.within, self.all))


class AnyOf(BaseCondition):
    """True when at least one condition in the list is."""

    any: OneOrMore[Condition] = Field(description="True when at least one of these is.")

    def nested(self, loc: Path) -> Iterator[tuple[BaseCondition, Path]]:
        """Yield each."""
        return _each(self.any, (*loc, "any"))

    def with_teams(self, participants: Participants) -> Self:
        """Return it with teams in each."""
        return self.model_copy(update={"any": tuple(one.with_teams(participants) for one in self.any)})

    def prerequisites(self) -> frozenset[Node]:
        """Return what all of them need."""
        return reduce(frozenset.intersection, (one.prerequisites() for one in self.any))

    def words(self, names: Names) -> str:
        """Join them with 'or'."""
        return " or ".join(map(names.within, self.any))


class Not(BaseCondition):
    """True when the condition is not."""

    not_: Condition = Field(alias="not", description="True when this is not.")

    def nested(self, loc: Path) -> Iterator[tuple[BaseCondition, Path]]:
        """Yield the condition that is denied."""
        yield self.not_, (*loc, "not")

    def with_teams(self, participants: Participants) -> Self:
        """Return it with teams."""
        return self.model_copy(update={"not_": self.not_.with_teams(participants)})

    def words(self, names: Names) -> str:
        """Deny it."""
        return f"not {names.within(self.not_)}"


class Deadline(Part):
    """A time and what had to be true by then."""

    at: GameTime = Field(description="The game time: 'T+30'.")
    that: Condition = Field(description="What had to be true by then.")


class By(BaseCondition):
    """The condition was already true at that game time."""

    by: Deadline = Field(description="A condition that had to be true at a time.")

    def nested(self, loc: Path) -> Iterator[tuple[BaseCondition, Path]]:
        """Yield the condition that had to be true."""
        yield self.by.that, (*loc, "by", "that")

    def with_teams(self, participants: Participants) -> Self:
        """Return it with teams."""
        within = self.by.model_copy(update={"that": self.by.that.with_teams(participants)})
        return self.model_copy(update={"by": within})

    def prerequisites(self) -> frozenset[Node]:
        """Return what the condition needs."""
        return self.by.that.prerequisites()

    def words(self, names: Names) -> str:
        """Add the time."""
        return f"{names.within(self.by.that)} by {format_time(self.by.at)}"

    def told(self, telling: Telling, *, held: bool) -> str:
        """Say what was so at that time, or was not."""
        when = format_time(self.by.at)
        if next(self.by.that.nested(()), None) is None:
            return f"by {when} {self.by.that.told(telling, held=held)}"
        return f"by {when} this was {'' if held else 'not '}so: {self.by.that.words(telling)}"


def _each(conditions: Iterable[BaseCondition], loc: Path) -> Iterator[tuple[BaseCondition, Path]]:
    for index, condition in enumerate(conditions):
        yield condition, (*loc, index)
