"""Marks of an outcome: which of its parts stands for a team, and the conditions that decide it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from tabletop.exercise.conditions import Deciding, compile_condition
from tabletop.exercise.state import Exercise
from tabletop.rules.ledger import Judged
from tabletop.rules.topics import Topic, topics_read
from tabletop.scenario import conditions as c
from tabletop.scenario.base import Effects, Part
from tabletop.scenario.conditions import BaseCondition
from tabletop.scenario.decisions import Decision
from tabletop.scenario.outcomes import IfPart, Outcome
from tabletop.scenario.scenario import Scenario


class Verdict(NamedTuple):
    """Whether a condition held, None if that is not known yet, and so of each plain condition in it."""

    held: bool | None
    answers: tuple[bool | None, ...] = ()
    beyond_reach: bool = False
    """Whether it hung on a card that nobody had."""


Holds: TypeAlias = Callable[[Part], Verdict]
"""Judges a condition."""

Facts: TypeAlias = Mapping[int, bool]
"""What was so when a decision was taken, by the place of the plain condition in its tree."""

NO_CARDS: Final = frozenset[str]()

NOT_COUNTED: Final = "Not counted: it hung on a card that nobody had"


@dataclass(frozen=True, slots=True)
class Mark:
    """What an outcome gives a team on one objective, why, and the conditions that were judged for it."""

    points: float
    why: str = ""
    judged: tuple[Judged, ...] = ()


def marks(outcome: Outcome, team: str, holds: Holds) -> dict[str, Mark]:
    """Return the marks of an outcome for a team, by objective.

    A part that holds stands in place of the plain mark, one for the team in place of one for all; of several,
    the last printed. Nobody is marked down for lacking a card that nobody had: a mark that hangs on it is not
    counted.
    """
    found = {goal: Mark(points, outcome.reason(goal)) for goal, points in outcome.points.items()}
    for part in _speaking(outcome, team):
        verdict = Verdict(held=True) if part.when is None else holds(part.when)
        for goal, (points, why) in part.marks.items():
            judged: tuple[Judged, ...] = ()
            if part.when is not None:
                judged = (Judged(part.when, verdict.held is True, points, verdict.answers, why),)
            before = found.get(goal, Mark(0.0))
            if verdict.held and not (verdict.beyond_reach and points < before.points):
                found[goal] = Mark(points, why, judged)
            elif verdict.beyond_reach and before.points < 0 and points > before.points:
                found[goal] = Mark(0.0, NOT_COUNTED, (*before.judged, *judged))
            else:
                found[goal] = Mark(before.points, before.why, (*before.judged, *judged))
    return found


def extremes(outcome: Outcome, team: str, beyond: frozenset[str] = NO_CARDS) -> Iterator[Effects]:
    """Yield the best points by objective that an outcome can give a team, then the worst.

    `beyond` names cards that nobody has: what needs one of them cannot be given.
    """
    possible = {goal: [points] for goal, points in outcome.points.items()}
    for part in _speaking(outcome, team):
        if beyond and part.when is not None and _needs(part.when, beyond):
            continue
        for goal, (points, _) in part.marks.items():
            before = [] if part.when is None else possible.get(goal, [0.0])
            possible[goal] = [*before, points]
    yield {goal: max(points) for goal, points in possible.items()}
    if outcome.if_:
        yield {goal: min(points) for goal, points in possible.items()}


def _speaking(outcome: Outcome, team: str) -> list[IfPart]:
    """Return the parts that speak for a team: those for all first, then its own."""
    if not outcome.if_:
        return []
    parts = [part for part in outcome.if_ if part.speaks_for(team)]
    return sorted(parts, key=lambda part: part.for_ is not None)


def _cards(leaf: BaseCondition) -> frozenset[str]:
    return frozenset(one.word for one in leaf.references() if one.kind == "card")


def _needs(condition: BaseCondition, beyond: frozenset[str]) -> bool:
    """Whether a condition cannot hold while nobody has these cards, whatever else is so."""
    answers = (False if _cards(leaf) & beyond else None for leaf in _plain(condition))
    return _resolve(condition, answers) is False


class ConditionTree:
    """A condition of an outcome, judged in two steps: what had happened, and what others chose.

    What teams held, shared, asked and said counts as it stood when the decision was taken. What was chosen
    in other decisions counts once every team asked has closed them; until then it is not known.
    """

    def __init__(self, condition: BaseCondition, scenario: Scenario, deciding: Deciding) -> None:
        self._condition = condition
        self._cards = [_cards(leaf) for leaf in _plain(condition)]
        self._leaves = [
            (leaf, compile_condition(leaf, scenario, deciding), _awaited(leaf, scenario, deciding))
            for leaf in _plain(condition)
        ]

    def now(self, state: Exercise) -> Facts:
        """Return what is so of all that does not wait for a decision."""
        return {
            place: test(state, state.at)
            for place, (_, test, awaited) in enumerate(self._leaves)
            if not awaited
        }

    def holds(self, facts: Facts, state: Exercise, beyond: frozenset[str] = NO_CARDS) -> Verdict:
        """Return whether it held; not known as long as a decision that matters to it is open.

        `beyond` names the cards that nobody had when the decision was taken.
        """
        answers = []
        for place, (_, test, awaited) in enumerate(self._leaves):
            asked = [state.decision(*key) for key in awaited]
            known = all(one is not None and not one.open for one in asked)
            answers.append((test(state, state.at) if known else None) if awaited else facts[place])
        held = _resolve(self._condition, iter(answers))
        if not beyond or held is None:
            return Verdict(held, tuple(answers))
        open_ = (None if cards & beyond else one for cards, one in zip(self._cards, answers, strict=True))
        return Verdict(held, tuple(answers), _resolve(self._condition, open_) is None)


def decisive(
    condition: BaseCondition, answers: Sequence[bool | None]
) -> Iterator[tuple[BaseCondition, bool | None]]:
    """Yield the plain conditions on which it hung whether a condition held, each with what was so of it."""
    match condition:
        case c.All(all=several) | c.AnyOf(any=several):
            held = _resolve(condition, iter(answers))
            for one in several:
                size = sum(1 for _ in _plain(one))
                own, answers = answers[:size], answers[size:]
                if _resolve(one, iter(own)) is held:
                    yield from decisive(one, own)
        case c.Not(not_=inner):
            yield from decisive(inner, answers)
        case _:
            yield condition, answers[0]


def _plain(condition: BaseCondition) -> Iterator[BaseCondition]:
    """Yield the conditions that others are joined from, in the order written."""
    match condition:
        case c.All(all=several) | c.AnyOf(any=several):
            for one in several:
                yield from _plain(one)
        case c.Not(not_=inner):
            yield from _plain(inner)
        case _:
            yield condition


def _resolve(condition: Part, answers: Iterator[bool | None]) -> bool | None:
    """Join the answers to plain conditions as they were written; what is not known may not matter."""
    match condition:
        case c.All(all=several):
            found = [_resolve(one, answers) for one in several]
            return False if False in found else None if None in found else True
        case c.AnyOf(any=several):
            found = [_resolve(one, answers) for one in several]
            return True if True in found else None if None in found else False
        case c.Not(not_=inner):
            answer = _resolve(inner, answers)
            return None if answer is None else not answer
        case _:
            return next(answers)


def _awaited(leaf: BaseCondition, scenario: Scenario, deciding: Deciding) -> tuple[tuple[str, str], ...]:
    """Return the decisions, each with a team asked, that a plain condition asks about."""
    if isinstance(leaf, c.Chose) and isinstance(leaf.chose, c.TeamChoice) and leaf.chose.by is not None:
        return ((leaf.chose.decision, leaf.chose.by),)
    if isinstance(leaf, c.Partners):
        asked = scenario.decisions[deciding.decision].team
        return tuple((deciding.decision, team) for team in asked if team != deciding.team)
    named = dict.fromkeys(one.word for one in leaf.references() if one.kind == "decision")
    return tuple((name, team) for name in named for team in scenario.decisions[name].team)


class Conditions:
    """The conditions of the outcomes of one decision, for one of the teams asked."""

    def __init__(self, decision: Decision, scenario: Scenario, deciding: Deciding) -> None:
        outcomes = decision.outcomes
        written = [part.when for outcome in outcomes for part in outcome.if_ if part.when is not None]
        self._team = deciding.team
        self._trees = {id(condition): ConditionTree(condition, scenario, deciding) for condition in written}
        named = [one for condition in written for one in condition.references()]
        leaves = (leaf for condition in written for leaf, _ in condition.walk())
        mates = {deciding.decision} if any(isinstance(leaf, c.Partners) for leaf in leaves) else set()
        self.reads: frozenset[Topic] = frozenset(
            topic for condition in written for topic in topics_read(condition, deciding.team)
        )
        self.decisions = frozenset(one.word for one in named if one.kind == "decision") | mates
        self.cards = frozenset(one.word for one in named if one.kind == "card")

    def __bool__(self) -> bool:
        return bool(self._trees)

    def now(self, outcomes: Iterable[Outcome], state: Exercise) -> Mapping[int, Facts]:
        """Return what is so at this moment for each condition on which these outcomes hang."""
        return {
            id(part.when): self._trees[id(part.when)].now(state)
            for outcome in outcomes
            for part in outcome.if_
            if part.when is not None and part.speaks_for(self._team)
        }

    def beyond_reach(self, state: Exercise, at: int) -> frozenset[str]:
        """Return the cards named in the conditions that nobody had by then."""
        if not self.cards:
            return NO_CARDS
        return self.cards - {card for (_, card), held in state.hands.items() if held.at <= at}

    def judge(self, facts: Mapping[int, Facts], state: Exercise, beyond: frozenset[str]) -> Holds:
        """Return what says of a condition, of which these facts were noted, whether it held."""

        def holds(condition: Part) -> Verdict:
            return self._trees[id(condition)].holds(facts[id(condition)], state, beyond)

        return holds
