"""The improvement plan, to be filled in."""

from __future__ import annotations

from typing import Final

from tabletop.pages.content import Column, Inline, Piece, reference
from tabletop.pages.page import Page
from tabletop.report.model import AfterActionReport
from tabletop.report.model.results import PlanRow, PlanSource

_COLUMNS = (
    Column("No.", 5),
    Column("Area for improvement", 40),
    Column("Objectives", 10),
    Column("Corrective action", 18),
    Column("Priority", 8),
    Column("Owner", 9),
    Column("Start", 5),
    Column("Due", 5),
)


_TO_FILL_IN: Final = (
    "To be filled in by those who own the processes concerned. Name processes, not people; give each "
    "action an owner and a date."
)
_ROWS: Final[dict[PlanSource, str]] = {
    "observation": "What people noted for improvement stands first.",
    "objective": "A row stands for each objective on which something went badly or that is rated M or U, "
    "and for each change of the section before that would have helped most.",
    "lock": "A row stands for each option that was locked to a team although its partners chose it.",
    "adjustment": "A row stands for each mark that exercise control took away.",
}
"""What rows there are, by where they come from."""


def write_plan(page: Page, report: AfterActionReport) -> None:
    """Write a row for each area for improvement, and two empty ones."""
    sources = {row.source for row in report.improvement_plan}
    page.paragraph(
        " ".join([_TO_FILL_IN, *(words for source, words in _ROWS.items() if source in sources)]), "lead"
    )
    rows: list[list[Inline]] = [
        [
            row.number,
            _issue(report, row),
            ", ".join(report.code(goal) for goal in row.objectives),
            row.action,
            row.priority,
            row.owner,
            row.start,
            row.due,
        ]
        for row in report.improvement_plan
    ]
    blank: list[Inline] = [""] * len(_COLUMNS)
    page.table(_COLUMNS, [*rows, blank, blank], form=True)


def _issue(report: AfterActionReport, row: PlanRow) -> list[Piece]:
    """Return the words of a row behind the teams that it is about."""
    names = report.team_names(row.teams)
    named = row.source in {"objective", "lock"} or row.issue.startswith(names)
    whose = [f"{names}: "] if row.teams and not named else []
    return [*whose, row.issue, " ", reference(row.evidence)]
