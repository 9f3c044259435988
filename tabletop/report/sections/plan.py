"""The improvement plan, to be filled in."""

from __future__ import annotations

from tabletop.pages.content import Column, Inline, Piece, reference
from tabletop.pages.page import Page
from tabletop.report.model import AfterActionReport
from tabletop.report.model.results import PlanRow

_COLUMNS = (
    Column("No.", 5),
    Column("Area for improvement"),
    Column("Objectives", 12),
    Column("Corrective action", 25),
    Column("Owner", 14),
    Column("Due", 10),
)


def write_plan(page: Page, report: AfterActionReport) -> None:
    """Write a row for each area for improvement, and two empty ones."""
    page.paragraph(
        "To be filled in by those who own the processes concerned. Name processes, not people; give each "
        "action an owner and a date.",
        "lead",
    )
    rows: list[list[Inline]] = [
        [
            row.number,
            _issue(report, row),
            ", ".join(report.code(goal) for goal in row.objectives),
            row.action,
            row.owner,
            row.due,
        ]
        for row in report.improvement_plan
    ]
    blank: list[Inline] = [""] * len(_COLUMNS)
    page.table(_COLUMNS, [*rows, blank, blank], form=True)


def _issue(report: AfterActionReport, row: PlanRow) -> list[Piece]:
    """Return the words of a row behind the teams that they do not name already."""
    teams = [team for team in row.teams if report.team_name(team) not in row.issue]
    whose = [f"{report.team_names(teams)}: "] if teams else []
    return [*whose, row.issue, " ", reference(row.evidence)]
