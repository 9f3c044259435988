"""The rules of an exercise in sentences, for the facilitator to read before play. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, Literal

from tabletop.scenario import rules as r
from tabletop.scenario.base import Effects
from tabletop.scenario.gametime import format_length
from tabletop.scenario.prose import listed
from tabletop.scenario.quantities import Points
from tabletop.scenario.scenario import Scenario

Tone = Literal["plain", "strong", "new", "dim", "warn"]
Line = tuple[tuple[str, Tone], ...]
"""Pieces of text and how they stand out."""


def rules_page(scenario: Scenario) -> list[Line]:
    """Objectives with their weights, what lateness costs, domestic capital, every rule with its points."""
    lines: list[Line] = [
        *_heading("Objectives and their weights"),
        *_objectives(scenario),
        *_heading("How scores come about"),
        *(_plain(text) for text in _scores(scenario)),
        *_heading("Decisions that come late"),
        *(_plain(text) for text in _late(scenario)),
        *_heading("Domestic capital"),
        *(_plain(text) for text in _capital(scenario)),
        *_heading("Rules that compare what teams did"),
    ]
    for rule in scenario.rules:
        lines += [((f"  {rule_title(rule)}", "new"),), ((f"    {rule_sentence(rule, scenario)}", "plain"),)]
    if not scenario.rules:
        lines.append(_plain("There are none: only the options chosen give points."))
    return lines[1:]


def rule_title(rule: r.Rule) -> str:
    """What a rule is called: its title, or else its id in words."""
    return rule.title or rule.id.replace("-", " ").capitalize()


def rule_sentence(rule: r.AnyRule, scenario: Scenario) -> str:
    """What a rule judges, and the points it gives."""
    return _TELLERS[type(rule)](rule, scenario)


def _heading(title: str) -> Iterator[Line]:
    yield ()
    yield ((title, "strong"),)


def _plain(text: str) -> Line:
    return ((f"  {text}", "plain"),)


# What holds in every exercise ------------------------------------------------------------------


def _objectives(scenario: Scenario) -> Iterator[Line]:
    for goal in scenario.objectives.values():
        critical = ", time-critical" if goal.time_critical else ""
        yield (
            (f"  {goal.code} ", "new"),
            (goal.title, "plain"),
            (f", weight {goal.weight:g}", "dim"),
            (critical, "warn"),
        )


def _scores(scenario: Scenario) -> Iterator[str]:
    yield "Every option gives the points that the scenario says; rules add to them and take away."
    yield "A team's score runs from 0, the worst that what arose could have given, to 100, the best."
    yield (
        "An objective's score is the mean of its teams, less a quarter of the gap between the highest and "
        "the lowest. The overall score is the mean of the objectives by weight."
    )
    bands = scenario.ratings
    yield f"Ratings proposed: P from {bands.P:g}, S from {bands.S:g}, M from {bands.M:g}, U below."


def _late(scenario: Scenario) -> Iterator[str]:
    critical = [goal.code for goal in scenario.objectives.values() if goal.time_critical]
    if not critical:
        yield "No objective is time-critical: good effects count whenever a decision is taken."
        return
    yield (
        f"On {listed(critical)} good effects count in full within the window, by half up to one and a half "
        "windows, and not at all after that."
    )
    if scenario.late is not None:
        cost = _points({scenario.late.objective: scenario.late.points}, scenario)
        yield f"A decision that comes too late to do such good also costs: {cost}."
    yield "Bad effects always count."


def _capital(scenario: Scenario) -> Iterator[str]:
    capital = scenario.capital
    yield f"Each team begins with {capital.start}. Options add to it or use it up."
    then = f"At 0 or below it is set to {capital.reset}, and the window of the team's next decision is halved"
    yield f"{then}; the team is told so by an inject." if capital.backlash is not None else f"{then}."
    if capital.gate_bonus is not None:
        bonus = capital.gate_bonus
        yield (
            f"At each gate, a team with a score of {bonus.score:g} or more on "
            f"{_code(bonus.objective, scenario)} gains {bonus.points:g}."
        )
    yield "It never turns into points."


# Rules -----------------------------------------------------------------------------------------


def _code(objective: str, scenario: Scenario) -> str:
    known = scenario.objectives.get(objective)
    return known.code if known is not None else objective


def _points(effects: Effects, scenario: Scenario) -> str:
    """``+2 on O4 and −1 on O5``."""
    return listed([f"{Points(points)} on {_code(goal, scenario)}" for goal, points in effects.items()])


def _cases(scenario: Scenario, *cases: tuple[str, Effects, str]) -> str:
    """A sentence for each case that gives points: when, which, and to whom."""
    told = [
        f"{when}: {_points(effects, scenario)}{whom}."
        for when, effects, whom in cases
        if any(effects.values())
    ]
    return " ".join(told) or "It gives no points."


def _on(rule: r.OnDecisions, scenario: Scenario) -> str:
    """On which decisions, where the rule names them."""
    if rule.decisions is None:
        return ""
    known = scenario.decisions
    names = [(known[name].code or known[name].title) if name in known else name for name in rule.decisions]
    return f"On {listed(names)}. "


def _either(tags: Iterable[str]) -> str:
    return " or ".join(tags)


def _same_label(rule: r.SameLabel, scenario: Scenario) -> str:
    return _on(rule, scenario) + _cases(
        scenario,
        ("All teams use the same label", rule.same, " to each"),
        ("All use a label and no two are the same", rule.differ, " to each"),
    )


def _consulted_before(rule: r.ConsultedBefore, scenario: Scenario) -> str:
    return "Judged when a team first speaks in public in a phase. " + _cases(
        scenario,
        ("It has consulted every partner in that phase before", rule.done, ""),
        ("It has not", rule.undone, ""),
    )


def _reciprocity(rule: r.Reciprocity, scenario: Scenario) -> str:
    return "Judged for each team at the end of each phase. " + _cases(
        scenario,
        (f"Cards shared and cards received differ by at most {rule.within}", rule.balanced, ""),
        (f"{rule.received} or more received and none shared", rule.hoarded, ""),
    )


def _caveat_kept(rule: r.CaveatKept, scenario: Scenario) -> str:
    return _cases(
        scenario,
        (f"A card tagged {_either(rule.tags)} shared unsanitised", rule.broken, ", once a card and team"),
    )


def _third_party(rule: r.ThirdParty, scenario: Scenario) -> str:
    return _cases(scenario, ("Another team's card passed on without its leave", rule.broken, ""))


def _contradictory_warning(rule: r.ContradictoryWarning, scenario: Scenario) -> str:
    when = f"Two teams tell the public of one area different things within {format_length(rule.within)}"
    return _cases(scenario, (when, rule.conflict, " to both"))


def _joint_choice(rule: r.JointChoice, scenario: Scenario) -> str:
    return _on(rule, scenario) + _cases(
        scenario,
        ("All teams choose the same option, or options that go together", rule.joint, " to each"),
        ("Exactly one of three or more differs", rule.dissent, " to that one"),
    )


def _free_rider(rule: r.FreeRider, scenario: Scenario) -> str:
    when = (
        f"All teams but one choose an option tagged {rule.full}, and that one an option tagged {rule.defers}"
    )
    return _on(rule, scenario) + _cases(scenario, (when, rule.rode, " to that one"))


def _nobody_came(rule: r.NobodyCame, scenario: Scenario) -> str:
    return (
        f"{_on(rule, scenario)}An option tagged {rule.tag} chosen by one team alone: half of each positive "
        "point that it gave is taken off."
    )


_JUDGED: Final[Mapping[str, str]] = {
    "always": "Judged whenever something happens. ",
    "phase-end": "Judged at the end of each phase. ",
    "endex": "Judged at ENDEX. ",
}


def _bonus(rule: r.Bonus, scenario: Scenario) -> str:
    given = [
        f"{scenario.teams[team].name if team in scenario.teams else team} {_points(effects, scenario)}"
        for team, effects in rule.points.items()
        if any(effects.values())
    ]
    return f"{_JUDGED[rule.judged]}If so: {'; '.join(given)}." if given else "It gives no points."


def _prompt_sharing(rule: r.PromptSharing, scenario: Scenario) -> str:
    tagged = f" tagged {_either(rule.tags)}" if rule.tags else ""
    but = f" not tagged {_either(rule.except_tags)}" if rule.except_tags else ""
    relay = ""
    if rule.relay is not None:
        via = rule.relay.through
        name = scenario.teams[via].name if via in scenario.teams else via
        which = f" tagged {_either(rule.relay.tags)}" if rule.relay.tags else ""
        relay = (
            f" A card{which} between two other teams goes through {name} and counts as "
            f"{format_length(rule.relay.delay)} later."
        )
    return (
        f"For each card{tagged}{but} and each partner, from when its holder got it. "
        + _cases(
            scenario,
            ("Shared within the card's window", rule.prompt, ""),
            ("Up to one and a half windows", rule.late, ""),
            ("Later or never", rule.never, ""),
        )
        + relay
    )


_TELLERS: Final[Mapping[type, Callable[[Any, Scenario], str]]] = {
    r.SameLabel: _same_label,
    r.ConsultedBefore: _consulted_before,
    r.Reciprocity: _reciprocity,
    r.CaveatKept: _caveat_kept,
    r.ThirdParty: _third_party,
    r.ContradictoryWarning: _contradictory_warning,
    r.JointChoice: _joint_choice,
    r.FreeRider: _free_rider,
    r.NobodyCame: _nobody_came,
    r.Bonus: _bonus,
    r.PromptSharing: _prompt_sharing,
}
