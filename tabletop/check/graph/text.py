"""The timeline with its branches as text for a terminal."""

from __future__ import annotations

from typing import Final

from tabletop.check.graph.rows import GraphRows, Heading, InjectRow
from tabletop.pages.content import Gap, Piece
from tabletop.pages.page import Page
from tabletop.pages.text import TextPage
from tabletop.scenario.scenario import Scenario

_WIDTH: Final = 80
_LINE: Final = Gap("; ", line=True)
_COLUMNS: Final = ("Time", "Code", "Inject", "To")


def graph_text(scenario: Scenario) -> str:
    """Return the timeline as plain text."""
    page = TextPage(_WIDTH)
    page.heading(1, f"Timeline of {scenario.id}")
    gathered: list[InjectRow] = []
    for row in GraphRows(scenario).rows():
        if isinstance(row, Heading):
            _write(page, gathered, scenario)
            gathered = []
            page.heading(2, row.title)
        else:
            gathered.append(row)
    _write(page, gathered, scenario)
    page.paragraph("◆ asks, └ branch, ~ planned: each team decides as its window ends.", "note")
    return page.text().rstrip("\n")


def _write(page: Page, rows: list[InjectRow], scenario: Scenario) -> None:
    if rows:
        page.table(_COLUMNS, [(row.time, row.code, _inject(row), _teams(row, scenario)) for row in rows])


def _inject(row: InjectRow) -> list[Piece]:
    pieces: list[Piece] = [row.title]
    for asked in row.asks:
        pieces += [_LINE, f"◆ {asked}"]
    if row.when:
        pieces += [_LINE, f"└ {row.when}"]
    return pieces


def _teams(row: InjectRow, scenario: Scenario) -> str:
    everyone = len(row.teams) == len(scenario.teams) > 1
    return "all" if everyone else ", ".join(scenario.teams[team].name for team in row.teams)
