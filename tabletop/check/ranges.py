"""The range of points that a scenario can give each team on each objective, whatever anyone does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tabletop.plaintext import display_width, one_line
from tabletop.rules.kinds import kinds_of
from tabletop.rules.ledger import Span
from tabletop.rules.worth import best_and_worst, outcomes
from tabletop.scenario.base import Effects
from tabletop.scenario.quantities import Points
from tabletop.scenario.scenario import Scenario

_COLUMNS: Final = ("options", "rules", "together")
_CELLS: Final = 16
_NOTE: Final = (
    "Each cell: worst to best. Not every sum can be reached, and no play goes beyond one except by doing",
    "again by hand what counts once here: passing a card on, contradicting what a partner tells the public.",
)


@dataclass(frozen=True, slots=True)
class Range:
    """The best and the worst that options, and that rules, can give one team on one objective."""

    options: Span
    rules: Span

    @property
    def together(self) -> Span:
        """Both added up. Not every such sum can be reached, but none lies outside."""
        return self.options + self.rules

    @property
    def moves(self) -> bool:
        """Whether anything can move the team's score on the objective."""
        return self.together.best > self.together.worst


Ranges = Mapping[tuple[str, str], Range]
"""By team and objective; every pair of the scenario is there."""


def ranges(scenario: Scenario) -> Ranges:
    """Return the range of points for each team and objective."""
    pairs = [(team, goal) for goal in scenario.objectives for team in scenario.teams]
    options, rules = dict.fromkeys(pairs, Span()), dict.fromkeys(pairs, Span())
    for word, decision in scenario.decisions.items():
        for team in decision.team if word not in scenario.presets else ():
            for goal, span in best_and_worst(_outcomes(scenario, word, team)).items():
                options[team, goal] += span
    for rule in kinds_of(scenario):
        for pair, span in rule.spans():
            rules[pair] += span
    return {pair: Range(options[pair], rules[pair]) for pair in pairs}


def _outcomes(scenario: Scenario, word: str, team: str) -> list[Effects]:
    """Return what a decision can give a team; one that may never be asked can also give nothing."""
    possible = list(outcomes(scenario.decisions[word], team, scenario))
    return possible if _certain(scenario, word) else [*possible, {}]


def _certain(scenario: Scenario, word: str) -> bool:
    """Whether the decision is asked however the exercise goes, as long as injects go out as planned."""
    return scenario.decisions[word].when is None and any(
        word in entry.decisions and entry.at is not None and entry.when is None for entry in scenario.timeline
    )


def ranges_data(scenario: Scenario) -> list[dict[str, Any]]:
    """Return the ranges as plain data for ``tabletop check --ranges --json``."""
    found = ranges(scenario)
    return [
        {
            "id": word,
            "code": goal.code,
            "title": goal.title,
            "teams": {team: _data(found[team, word]) for team in scenario.teams},
        }
        for word, goal in scenario.objectives.items()
    ]


def _data(one: Range) -> dict[str, Any]:
    return {
        **_span(one.together),
        "options": _span(one.options),
        "rules": _span(one.rules),
    }


def _span(span: Span) -> dict[str, float]:
    # Adding 0.0 turns -0.0 into 0.0.
    return {"worst": span.worst + 0.0, "best": span.best + 0.0}


def ranges_table(scenario: Scenario) -> str:
    """Return the table as plain text."""
    return "\n".join(_table_lines(scenario))


def _table_lines(scenario: Scenario) -> Iterator[str]:
    found = ranges(scenario)
    names = {team: one_line(part.name) for team, part in scenario.teams.items()}
    width = max(map(display_width, names.values())) + 2
    yield f"Points that {scenario.id} can give"
    for word, goal in scenario.objectives.items():
        yield ""
        yield f"{goal.code} {one_line(goal.title)}"
        yield " " * (2 + width) + "".join(column.rjust(_CELLS) for column in _COLUMNS)
        for team, name in names.items():
            one = found[team, word]
            cells = "".join(_cell(span).rjust(_CELLS) for span in (one.options, one.rules, one.together))
            yield "  " + name + " " * (width - display_width(name)) + cells
    yield ""
    yield from _NOTE


def _cell(span: Span) -> str:
    return "–" if span == Span() else f"{Points(span.worst)} to {Points(span.best)}"
