"""The table of ``tabletop check --ranges``: what options and rules can give, team by team."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tabletop.check.ranges import ranges
from tabletop.plaintext import display_width, one_line
from tabletop.rules.ledger import Span
from tabletop.scenario.quantities import Points
from tabletop.scenario.scenario import Scenario

_COLUMNS: Final = ("options", "rules", "together")
_CELLS: Final = 16
_NOTE: Final = (
    "Each cell: worst to best. Not every sum can be reached, and no play goes beyond one except by doing",
    "again by hand what counts once here: passing a card on, contradicting what a partner tells the public.",
)


def ranges_table(scenario: Scenario) -> str:
    """Return the table as plain text."""
    return "\n".join(_lines(scenario))


def _lines(scenario: Scenario) -> Iterator[str]:
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
