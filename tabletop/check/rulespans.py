"""What each rule can give at all: the best and the worst for every team and objective it may ever touch.

A rule for which nothing comes out can never fire.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any, Final, TypeAlias

from tabletop.rules.ledger import Span
from tabletop.rules.measures.choices import half_good
from tabletop.rules.measures.findings import spans
from tabletop.scenario import rules as r
from tabletop.scenario.base import Effects
from tabletop.scenario.content import Card, Decision
from tabletop.scenario.scenario import Scenario

PairSpan: TypeAlias = tuple[tuple[str, str], Span]
"""What can come to one team on one objective."""


def rule_spans(rule: r.AnyRule, scenario: Scenario) -> list[PairSpan]:
    """Return the best and worst by team and objective, once for every situation the rule may judge.

    What teams do by hand counts once: each card once for each partner, each contradiction once.
    """
    return [one for one in _KINDS[type(rule)](rule, scenario) if one[1] != Span()]


def judged_by(rule: r.OnDecisions, scenario: Scenario) -> tuple[str, ...]:
    """Return the decisions that the rule judges."""
    return rule.judged(scenario.decisions, scenario.teams)


def carries(card: Card, tags: Iterable[str]) -> bool:
    """Whether the card has one of the tags."""
    return not set(tags).isdisjoint(card.tags)


def concerns(rule: r.PromptSharing, card: Card) -> bool:
    """Whether the rule is about the card."""
    return (not rule.tags or carries(card, rule.tags)) and not carries(card, rule.except_tags)


def _judged(rule: r.OnDecisions, scenario: Scenario) -> Iterator[Decision]:
    return (scenario.decisions[word] for word in judged_by(rule, scenario))


def _same_label(rule: r.SameLabel, scenario: Scenario) -> Iterator[PairSpan]:
    for decision in _judged(rule, scenario):
        # A statement about a decision that the rule names may carry the label instead of an option.
        if scenario.labels or any(option.label is not None for option in decision.options.values()):
            yield from spans(decision.team, rule.same, rule.differ)


def _consulted(rule: r.ConsultedBefore, scenario: Scenario) -> Iterator[PairSpan]:
    for _ in scenario.phases if len(scenario.teams) > 1 else ():
        yield from spans(scenario.teams, rule.done, rule.undone)


def _reciprocity(rule: r.Reciprocity, scenario: Scenario) -> Iterator[PairSpan]:
    for team in scenario.teams if scenario.cards and len(scenario.teams) > 1 else ():
        foreign = sum(card.holder != team for card in scenario.cards.values())
        could: list[Effects] = [rule.balanced, rule.hoarded] if foreign >= rule.received else [rule.balanced]
        for _ in scenario.phases:
            yield from spans([team], *could)


def _caveat(rule: r.CaveatKept, scenario: Scenario) -> Iterator[PairSpan]:
    for card in scenario.cards.values():
        if carries(card, rule.tags):
            yield from spans(scenario.teams, rule.broken)  # whoever got it raw may pass it on raw


def _third_party(rule: r.ThirdParty, scenario: Scenario) -> Iterator[PairSpan]:
    for card in scenario.cards.values():
        others = [team for team in scenario.teams if team != card.holder]
        for team in others:
            for _ in range(len(others) - 1):
                yield from spans([team], rule.broken)


def _contradictory(rule: r.ContradictoryWarning, scenario: Scenario) -> Iterator[PairSpan]:
    for (one, mine), (other, theirs) in combinations(_advised(scenario), 2):
        conflict = any(area == there and says != said for area, says in mine for there, said in theirs)
        if one != other and conflict:
            yield from spans((one, other), rule.conflict)


def _advised(scenario: Scenario) -> Iterator[tuple[str, set[tuple[str, str]]]]:
    """Yield each team with what one decision or inject may make it tell the public."""
    for decision in scenario.decisions.values():
        advice = [option.advice for option in decision.options.values() if option.advice is not None]
        for team in decision.team if advice else ():
            yield team, {(one.area, one.says) for one in advice}
    for entry in scenario.timeline:
        given = entry.inject.advice
        if given is not None and given.by is not None:
            yield given.by, {(given.area, given.says)}


def _joint(rule: r.JointChoice, scenario: Scenario) -> Iterator[PairSpan]:
    for decision in _judged(rule, scenario):
        yield from spans(decision.team, rule.joint, rule.dissent)


def _free_rider(rule: r.FreeRider, scenario: Scenario) -> Iterator[PairSpan]:
    for decision in _judged(rule, scenario):
        tagged = [option.tags for option in decision.options.values()]
        full = any(rule.full in tags for tags in tagged)
        rides = any(rule.defers in tags and rule.full not in tags for tags in tagged)
        if full and rides and len(decision.team) > 2:
            yield from spans(decision.team, rule.rode)


def _nobody_came(rule: r.NobodyCame, scenario: Scenario) -> Iterator[PairSpan]:
    for decision in _judged(rule, scenario):
        lost: dict[str, float] = {}
        for option in decision.options.values() if len(decision.team) > 1 else ():
            for goal, points in option.effects.items() if rule.tag in option.tags else ():
                lost[goal] = min(lost.get(goal, 0.0), -half_good(points))
        yield from spans(decision.team, lost)


def _bonus(rule: r.Bonus, _scenario: Scenario) -> Iterator[PairSpan]:
    for team, effects in rule.points.items():
        yield from spans([team], effects)


def _prompt(rule: r.PromptSharing, scenario: Scenario) -> Iterator[PairSpan]:
    for card in scenario.cards.values():
        if card.holder is not None and concerns(rule, card):
            for _ in scenario.partners(card.holder):
                yield from spans([card.holder], rule.prompt, rule.late, rule.never)


_KINDS: Final[Mapping[type, Callable[[Any, Scenario], Iterator[PairSpan]]]] = {
    r.SameLabel: _same_label,
    r.ConsultedBefore: _consulted,
    r.Reciprocity: _reciprocity,
    r.CaveatKept: _caveat,
    r.ThirdParty: _third_party,
    r.ContradictoryWarning: _contradictory,
    r.JointChoice: _joint,
    r.FreeRider: _free_rider,
    r.NobodyCame: _nobody_came,
    r.Bonus: _bonus,
    r.PromptSharing: _prompt,
}
