"""Say the rules of an exercise in sentences, for the facilitator to read before play."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from tabletop.rules.kind import objective_code
from tabletop.rules.kinds import kind_of
from tabletop.rules.tally import FEWEST_RATED
from tabletop.scenario.prose import listed, number
from tabletop.scenario.scenario import Scenario

Tone = Literal["plain", "strong", "new", "dim", "warn"]
Line = tuple[tuple[str, Tone], ...]
"""Pieces of text and how they stand out."""


def rules_page(scenario: Scenario) -> list[Line]:
    """Return objectives, how results come about, what lateness and options cost, and every rule."""
    lines: list[Line] = [
        *_heading("Objectives"),
        *_objectives(scenario),
        *_heading("How results come about"),
        *(_plain(text) for text in _scores(scenario)),
        *_heading("Decisions that come late"),
        *(_plain(text) for text in _late(scenario)),
    ]
    if scenario.has_capital:
        lines += [*_heading("Domestic capital"), *(_plain(text) for text in _capital(scenario))]
    lines += _heading("Rules that compare what teams did")
    for rule in scenario.rules:
        sentence = kind_of(rule, scenario).sentence()
        lines += [((f"  {rule.words}", "new"),), ((f"    {sentence}", "plain"),)]
    if not scenario.rules:
        lines.append(_plain("There are none: only the options chosen give marks."))
    return lines[1:]


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
            (critical, "warn"),
        )


def _scores(scenario: Scenario) -> Iterator[str]:
    yield (
        "An option carries at most one mark for an objective: good (+) or bad (−), with its reason. Deciding "
        "nothing has marks of its own."
    )
    yield (
        "Counted are the situations that arise: how many went well, and how many badly. The bar beside it "
        "runs from 0, the worst that they allowed, to 100, the best."
    )
    yield f"Under {number(FEWEST_RATED)} situations nothing is rated. No figure stands for everything."
    yield "For all teams together stands their mean, with the gap between the highest and the lowest."
    bands = scenario.ratings
    yield f"Ratings proposed: P from {bands.P:g}, S from {bands.S:g}, M from {bands.M:g}, U below."
    yield "Where something went badly, S is proposed at most."


def _late(scenario: Scenario) -> Iterator[str]:
    critical = [goal.code for goal in scenario.objectives.values() if goal.time_critical]
    if not critical:
        yield "No objective is time-critical: marks count whenever a decision is taken."
        return
    yield f"On {listed(critical)} a good mark counts only for what is done inside the window."
    yield (
        "Lateness costs nothing else. If a late decision would come to less than deciding nothing, "
        "the marks of deciding nothing stand."
    )


def _capital(scenario: Scenario) -> Iterator[str]:
    capital = scenario.capital
    yield f"Each team begins with {capital.start}. Options add to it or use it up."
    options = (option for one in scenario.decisions.values() for option in one.options.values())
    if any(option.cost is not None for option in options):
        yield "An option that costs more than a team has left is locked to it; exercise control may open it."
    if capital.reset:
        then = f"At 0 or below it is set to {capital.reset}"
        yield f"{then}; the team is told so by an inject." if capital.backlash is not None else f"{then}."
    else:
        told = " At 0 an inject tells the team so." if capital.backlash is not None else ""
        yield f"What is spent stays spent.{told}"
    if capital.gate_bonus is not None:
        bonus = capital.gate_bonus
        yield (
            f"At each gate, a team with a score of {bonus.score:g} or more on "
            f"{objective_code(bonus.objective, scenario)} gains {bonus.points:g}."
        )
    yield "It never changes a mark."
