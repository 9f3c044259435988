"""What a kind of rule is: one class that answers every question about the rules of that kind."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from inspect import isabstract
from typing import Any, ClassVar, Final, Generic, NamedTuple, Self, TypeVar

from tabletop.exercise.events import BaseEvent, Event, Record
from tabletop.exercise.state import Exercise
from tabletop.rules.ledger import Finding, LedgerEntry, Span, Spans, TeamSpan
from tabletop.rules.topics import Topic
from tabletop.scenario import rules as r
from tabletop.scenario.base import Effects, signs
from tabletop.scenario.nearest import nearest
from tabletop.scenario.problems import quoted
from tabletop.scenario.prose import listed
from tabletop.scenario.quantities import Points
from tabletop.scenario.scenario import Scenario

R = TypeVar("R", bound=r.Rule)

REGISTERED: Final[dict[type[r.Rule], type[RuleKind[Any]]]] = {}
"""The kind of each shape. Read it through `tabletop.rules.kinds`, which imports every kind."""

_LISTED: Final = 8
"""How many tags a hint lists."""


class Why(NamedTuple):
    """Why a rule can never fire, and what its author can do."""

    message: str
    hint: str


ONE_TEAM: Final = Why("it compares teams, and there is one", "add a team, or remove the rule")


class RuleKind(ABC, Generic[R]):
    """A rule in its scenario. A subclass that leaves out an answer cannot be registered."""

    looks_at: ClassVar[tuple[type, ...]] = (BaseEvent,)
    """The types of event that `see` is shown. It must pass over any other."""

    def __init__(self, rule: R, scenario: Scenario) -> None:
        self.rule = rule
        self.scenario = scenario

    @abstractmethod
    def decisions(self) -> Sequence[str]:
        """Return the decisions that the rule judges or asks about."""

    @abstractmethod
    def spans(self) -> Iterable[TeamSpan]:
        """Yield the best and the worst by team and objective, once for every situation the rule may judge.

        What teams do by hand counts once: each card once for each partner, each contradiction once.
        """

    @abstractmethod
    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """Return the findings that a record brings or changes; `state` already holds it.

        The cost of a record must not grow with the log.
        """

    @abstractmethod
    def fork(self) -> Self:
        """Return an independent copy that has seen the same; self if the rule remembers nothing."""

    @abstractmethod
    def topics(self, event: Event, phase: str) -> Iterable[Topic]:
        """Yield what the event is about for this rule, beyond `state_topics`; `phase` is where it happens."""

    @abstractmethod
    def why_never(self) -> Why:
        """Say why the rule can never fire. Asked only when it cannot."""

    @abstractmethod
    def sentence(self) -> str:
        """Say what the rule judges and the points it gives."""

    def without_effect(self) -> Iterator[tuple[str, str]]:
        """Yield each key that its author wrote and that changes nothing, with the reason."""
        yield from ()

    @property
    def can_fire(self) -> bool:
        """Whether the rule can give or take a point at all."""
        return any(span != Span() for _, span in self.spans())

    def no_points(self) -> Why | None:
        """Say that the rule gives no points, if that is so."""
        points = self.rule.points_by_key()
        if not points or any(any(effects.values()) for effects in points.values()):
            return None
        ways = " or ".join(map(quoted, points))
        return Why("it gives no points", f"say under {ways} which objective gains or loses what")

    def finding(
        self, about: Iterable[str], spans: Spans, entries: Iterable[LedgerEntry] = (), unmarked: str = ""
    ) -> Finding:
        """Return what the rule makes of a situation; `unmarked` says what it found if that gives no mark."""
        return Finding((self.rule.id, *about), tuple(entries), spans, unmarked)

    def entries(
        self, teams: Iterable[str], effects: Effects, reason: str, evidence: Iterable[int], at: int
    ) -> Iterator[LedgerEntry]:
        """Yield one entry a team and objective."""
        seqs = tuple(sorted(set(evidence)))
        for team in teams:
            for objective, points in signs(effects).items():
                yield LedgerEntry(team, objective, points, self.rule.id, reason, seqs, at)

    def team(self, word: str) -> str:
        """Return what a team is called."""
        known = self.scenario.teams.get(word)
        return known.name if known is not None else word

    def cases(self, *cases: tuple[str, Effects, str]) -> str:
        """Return a sentence for each case that gives points: when, which, and to whom."""
        told = [
            f"{when}: {points_in_words(effects, self.scenario)}{whom}."
            for when, effects, whom in cases
            if any(effects.values())
        ]
        return " ".join(told) or "It gives no points."


def register(shape: type[R]) -> Callable[[type[RuleKind[R]]], type[RuleKind[R]]]:
    """Make a class the kind of the rules of a shape.

    The decorator raises TypeError if the class leaves something out, or if the shape already has a kind.
    """

    def add(kind: type[RuleKind[R]]) -> type[RuleKind[R]]:
        if isabstract(kind):
            raise TypeError(f"{kind.__name__} leaves out {listed(sorted(kind.__abstractmethods__))}")
        if shape in REGISTERED:
            raise TypeError(f"{shape.__name__} already has a kind: {REGISTERED[shape].__name__}")
        REGISTERED[shape] = kind
        return kind

    return add


def points_in_words(effects: Mapping[str, float], scenario: Scenario) -> str:
    """Return ``+2 on O4 and −1 on O5``."""
    return listed(
        [f"{Points(points)} on {objective_code(goal, scenario)}" for goal, points in effects.items()]
    )


def objective_code(objective: str, scenario: Scenario) -> str:
    """Return the code of an objective."""
    known = scenario.objectives.get(objective)
    return known.code if known is not None else objective


def tag_hint(tags: Iterable[str], known: Iterable[str], what: str) -> str:
    """Say which tag was meant, else which there are; `what` carries them: a card, an option."""
    there = sorted(known)
    for tag in tags:
        near = nearest(tag, there) if tag not in there else None
        if near is not None:
            return f"did you mean {quoted(near)}?"
    give = f"give a{'n' if what == 'option' else ''} {what} that tag, or remove the rule"
    if there and len(there) <= _LISTED:
        return f"{give}; {what}s are tagged: {', '.join(there)}"
    return give
