"""The decisions that a rule judges: those it names, else every one that fits and is put to all teams."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tabletop.scenario.content import Decision
from tabletop.scenario.linking.cast import Cast
from tabletop.scenario.rules import FreeRider, NobodyCame, OnDecisions, SameLabel


def judged(rule: OnDecisions, decisions: Mapping[str, Decision], cast: Cast) -> tuple[str, ...]:
    """Return the decisions in the order of the scenario; one that is named but unknown is left out."""
    if rule.decisions is not None:
        return tuple(word for word in decisions if word in rule.decisions)
    return tuple(word for word in put_to_all(decisions, cast) if fits(rule, decisions[word]))


def put_to_all(decisions: Mapping[str, Decision], cast: Cast) -> Iterable[str]:
    """Yield each decision that every team takes."""
    return (word for word, decision in decisions.items() if cast.expand(decision.team) == cast.teams)


def fits(rule: OnDecisions, decision: Decision) -> bool:
    """Whether the options of the decision carry what the rule looks for."""
    options = decision.options.values()
    tags = {tag for option in options for tag in option.tags}
    match rule:
        case SameLabel():
            return any(option.label is not None for option in options)
        case FreeRider():
            return {rule.full, rule.defers} <= tags
        case NobodyCame():
            return rule.tag in tags
    return True
