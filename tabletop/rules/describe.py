"""Say the rules of an exercise in sentences, for the facilitator to read before play."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from tabletop.rules.kind import objective_code, points_in_words
from tabletop.rules.kinds import kind_of
from tabletop.scenario.prose import listed
from tabletop.scenario.rules import Rule
from tabletop.scenario.scenario import Scenario

Tone = Literal["plain", "strong", "new", "dim", "warn"]
Line = tuple[tuple[str, Tone], ...]
"""Pieces of text and how they stand out."""


def rules_page(scenario: Scenario) -> list[Line]:
    """Return objectives with their weights, what lateness and options cost, and every rule."""
    lines: list[Line] = [
        *_heading("Objectives and their weights"),
        *_objectives(scenario),
        *_heading("How scores come about"),
        *(_plain(text) for text in _scores(scenario)),
        *_heading("Decisions that come late"),
        *(_plain(text) for text in _late(scenario)),
    ]
    if scenario.has_capital:
        lines += [*_heading("Domestic capital"), *(_plain(text) for text in _capital(scenario))]
    lines += _heading("Rules that compare what teams did")
    for rule in scenario.rules:
        sentence = kind_of(rule, scenario).sentence()
        lines += [((f"  {rule_title(rule)}", "new"),), ((f"    {sentence}", "plain"),)]
    if not scenario.rules:
        lines.append(_plain("There are none: only the options chosen give points."))
    return lines[1:]


def rule_title(rule: Rule) -> str:
    """Return what a rule is called: its title, or else its id in words."""
    return rule.words


def _heading(title: str) -> Iterator[Line]:
    yield ()
    yield ((title, "strong"),)


def _plain(text: str) -> Line:
    return ((f"  {text}", "plain"),)


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
        cost = points_in_words({scenario.late.objective: scenario.late.points}, scenario)
        yield f"A decision that comes too late to do such good also costs: {cost}."
    yield "Bad effects always count."


def _capital(scenario: Scenario) -> Iterator[str]:
    capital = scenario.capital
    yield f"Each team begins with {capital.start}. Options add to it or use it up."
    options = (option for one in scenario.decisions.values() for option in one.options.values())
    if any(option.cost is not None for option in options):
        yield "An option that costs more than a team has left is locked to it; exercise control may open it."
    then = f"At 0 or below it is set to {capital.reset}"
    yield f"{then}; the team is told so by an inject." if capital.backlash is not None else f"{then}."
    if capital.gate_bonus is not None:
        bonus = capital.gate_bonus
        yield (
            f"At each gate, a team with a score of {bonus.score:g} or more on "
            f"{objective_code(bonus.objective, scenario)} gains {bonus.points:g}."
        )
    yield "It never turns into points."
