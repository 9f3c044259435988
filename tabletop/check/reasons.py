"""Why a rule can never fire, in words for its author."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

from tabletop.check.rulespans import judged_by
from tabletop.scenario import rules as r
from tabletop.scenario.nearest import nearest
from tabletop.scenario.problems import quoted
from tabletop.scenario.scenario import Scenario

_LISTED: Final = 8
_ASK_ALL: Final = "put a decision to all teams ('team: all')"


class Why(NamedTuple):
    """Why a rule never fires, and what the author can do."""

    message: str
    hint: str


def why_never(rule: r.AnyRule, scenario: Scenario) -> Why:
    """Say why a rule for which nothing can come out never fires."""
    keys = list(rule.points_by_key())
    if keys and not _gives_points(rule):
        ways = " or ".join(map(quoted, keys))
        return Why("it gives no points", f"say under {ways} which objective gains or loses what")
    if isinstance(rule, r.OnDecisions):
        return _no_decision(rule, scenario)
    if isinstance(rule, r.ContradictoryWarning):
        return Why(
            "no option or inject lets two teams tell the public of one area different things",
            "give options or injects 'advice', or remove the rule",
        )
    if len(scenario.teams) < 2:
        return Why("it compares teams, and there is one", "add a team, or remove the rule")
    return _no_card(rule, scenario)


def card_tags(scenario: Scenario) -> set[str]:
    """Return every tag that a card carries."""
    return {tag for card in scenario.cards.values() for tag in card.tags}


def _gives_points(rule: r.AnyRule) -> bool:
    if isinstance(rule, r.Bonus):
        return any(any(effects.values()) for effects in rule.points.values())
    return any(any(effects.values()) for effects in rule.points_by_key().values())


def _no_card(rule: r.AnyRule, scenario: Scenario) -> Why:
    """Say which card there would have to be."""
    if not scenario.cards:
        return Why("no inject hands out a card", "give an inject a 'card', or remove the rule")
    known = card_tags(scenario)
    if isinstance(rule, r.CaveatKept | r.PromptSharing) and rule.tags and known.isdisjoint(rule.tags):
        return Why(
            f"no card is tagged {' or '.join(map(quoted, rule.tags))}", _tag_hint(rule.tags, known, "card")
        )
    if isinstance(rule, r.PromptSharing):
        return Why("'except-tags' leaves out every card it could judge", "leave out fewer tags")
    return Why("with two teams a card can be passed on to its owner alone", "add a team, or remove the rule")


def _no_decision(rule: r.OnDecisions, scenario: Scenario) -> Why:
    """Say what no decision has that the rule looks for."""
    everyone = set(scenario.teams)
    if rule.decisions is None and all(set(one.team) != everyone for one in scenario.decisions.values()):
        return Why("no decision is put to all teams", f"{_ASK_ALL}, or remove the rule")
    where = "decision put to all teams" if rule.decisions is None else "decision that it names"
    if isinstance(rule, r.SameLabel):
        return Why(f"no {where} has options with a label", "give such options a 'label', or remove the rule")
    known = {
        tag for one in scenario.decisions.values() for option in one.options.values() for tag in option.tags
    }
    if isinstance(rule, r.FreeRider):
        if _few_teams(rule, scenario):
            return Why(f"no {where} asks three teams or more", f"{_ASK_ALL}, or remove the rule")
        return Why(
            f"no {where} has an option tagged {quoted(rule.full)} and another tagged {quoted(rule.defers)}",
            _tag_hint((rule.full, rule.defers), known, "option"),
        )
    tag = rule.tag if isinstance(rule, r.NobodyCame) else ""
    if tag in known and judged_by(rule, scenario):
        return Why(
            f"no option tagged {quoted(tag)} of a {where} gives points to halve",
            "tag an option with good effects, or remove the rule",
        )
    return Why(f"no {where} has an option tagged {quoted(tag)}", _tag_hint((tag,), known, "option"))


def _few_teams(rule: r.FreeRider, scenario: Scenario) -> bool:
    judged = judged_by(rule, scenario)
    return bool(judged) and all(len(scenario.decisions[word].team) < 3 for word in judged)


def _tag_hint(tags: Iterable[str], known: Collection[str], what: str) -> str:
    """Say which tag was meant, else which there are."""
    wanted = [tag for tag in tags if tag not in known]
    for tag in wanted:
        near = nearest(tag, sorted(known))
        if near is not None:
            return f"did you mean {quoted(near)}?"
    give = f"give a{'n' if what == 'option' else ''} {what} that tag, or remove the rule"
    if known and len(known) <= _LISTED:
        return f"{give}; {what}s are tagged: {', '.join(sorted(known))}"
    return give
