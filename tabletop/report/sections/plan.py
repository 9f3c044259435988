"""The improvement plan, to be filled in."""

from __future__ import annotations

from tabletop.pages.content import Column, Inline, Piece, reference
from tabletop.pages.page import Page
from tabletop.report.model import AfterActionReport
from tabletop.report.model.results import PlanRow

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


def write_plan(page: Page, report: AfterActionReport) -> None:
    """Write a row for each area for improvement, and two empty ones."""
    areas = [row for row in report.improvement_plan if row.source != "observation"]
    page.paragraph(
        "To be filled in by those who own the processes concerned. Name processes, not people; give each "
        "action an owner and a date."
        + (
            " A row stands for each objective on which something went badly, with the changes of the section "
            "before that would have helped there."
            if areas
            else ""
        ),
        "lead",
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
