"""Base class of conditions, which answers whatever linking, checks and documents ask of a kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple, Self, TypeAlias

from tabletop.scenario.base import Part

if TYPE_CHECKING:
    from tabletop.scenario.conditions.names import Names
    from tabletop.scenario.conditions.telling import Telling
    from tabletop.scenario.linking.participants import Participants

Path: TypeAlias = tuple[str | int, ...]

ReferenceKind: TypeAlias = Literal[
    "team", "teams", "decision", "option", "card", "label", "entry", "subject", "objective"
]
"""The kind of thing referred to; ``teams`` also allows ``all``, a ``subject`` is an entry or a decision."""


class Reference(NamedTuple):
    """A referring word and its location inside its condition."""

    kind: ReferenceKind
    word: str
    loc: Path
    at_key: bool = False
    decision: str = ""
    """For an option: its decision, empty for the one being taken; for a team: the one it must be asked."""


Kind: TypeAlias = Literal["entry", "decision", "card"]
Node: TypeAlias = tuple[Kind, str]
"""An entry released, a decision recorded or a card handed out."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened or did not: a card shared, an entry released, a statement made."""

    about: str
    key: tuple[str, ...]
    holds: bool = True
    lasts: bool = True
    """Whether it stays the case once it is."""


@dataclass(frozen=True, slots=True)
class ChoiceFact:
    """Every team asked, or at least one of them, is at one of these options, ``none`` among them."""

    decision: str
    options: frozenset[str]
    every: bool


class Claim(NamedTuple):
    """What must be the case together while a part of a condition is true, and while it is not."""

    holds: frozenset[Fact | ChoiceFact]
    fails: frozenset[Fact | ChoiceFact]


class Choices:
    """The decisions of a scenario: the options of each with ``none``, and those that one team takes alone."""

    def __init__(self, options: dict[str, frozenset[str]], alone: frozenset[str]) -> None:
        self.options = options
        self.alone = alone


class BaseCondition(Part):
    """Base class of conditions."""

    about_choices: ClassVar[bool] = False
    """Whether it is about decisions, which count until both are closed; else about what came before."""

    def nested(self, loc: Path) -> Iterator[tuple[BaseCondition, Path]]:
        """Yield the conditions inside this one, each with its location."""
        yield from ()

    def walk(self, loc: Path = ()) -> Iterator[tuple[BaseCondition, Path]]:
        """Yield this condition and all inside it, in the order written."""
        yield self, loc
        for inner, place in self.nested(loc):
            yield from inner.walk(place)

    def references(self, loc: Path = ()) -> Iterator[Reference]:
        """Yield every reference in the condition, in the order written."""
        for condition, place in self.walk(loc):
            yield from condition.own_references(place)

    def own_references(self, loc: Path) -> Iterator[Reference]:
        """Yield the references of this condition, without those of conditions inside it."""
        yield from ()

    @property
    def without_decider(self) -> str:
        """The form to write where no team decides; empty if the condition names its teams itself."""
        return ""

    def with_teams(self, participants: Participants) -> Self:
        """Return the condition with ``all`` as every team except the one that shares or consults."""
        return self

    def prerequisites(self) -> frozenset[Node]:
        """Return what must have happened whenever the condition is true.

        The result is a lower bound: of alternatives only what all of them need, of a negation nothing.
        """
        return frozenset()

    def claims(self, choices: Choices) -> list[Claim]:
        """Return what each part of a condition without others inside it claims; all of them must hold."""
        return []

    def words(self, names: Names) -> str:
        """Return the condition in words, with the short codes that planners have on paper."""
        raise NotImplementedError

    def told(self, telling: Telling, *, held: bool) -> str:
        """Return what was so or was not when it was judged, in the words of those who played."""
        return f"{'this was' if held else 'this was not'} so: {self.words(telling)}"


def each(kind: ReferenceKind, words: Iterable[str], loc: Path) -> Iterator[Reference]:
    """Yield a reference for each word of a list."""
    for index, word in enumerate(words):
        yield Reference(kind, word, (*loc, index))


def nodes(kind: Kind, words: Iterable[str]) -> frozenset[Node]:
    """Return the prerequisites of one kind."""
    return frozenset((kind, word) for word in words)


def claim(
    about: str,
    *key: str,
    implied: Iterable[Fact | ChoiceFact] = (),
    holds: bool = True,
    lasts: bool = True,
) -> Claim:
    """Return the claim that a fact holds, with what it implies."""
    fact, denied = Fact(about, key, holds, lasts), Fact(about, key, not holds, lasts)
    return Claim(frozenset({fact, *implied}), frozenset({denied}))
