"""The improvement plan, to be filled in."""

from __future__ import annotations

from tabletop.pages.content import Column, Inline, Piece, reference
from tabletop.pages.page import Page
from tabletop.report.model import AfterActionReport
from tabletop.report.model.results import PlanRow
from tabletop.scenario.prose import capitalised, number

_COLUMNS = (
    Column("No.", 6),
    Column("Area for improvement"),
    Column("Objectives", 12),
    Column("Corrective action", 20),
    Column("Priority", 8),
    Column("Owner", 10),
    Column("Start", 7),
    Column("Due", 7),
)


def write_plan(page: Page, report: AfterActionReport) -> None:
    """Write a row for each area for improvement, and two empty ones."""
    page.paragraph(
        "To be filled in by those who own the processes concerned. Name processes, not people; give each "
        "action an owner and a date.",
        "lead",
    )
    if report.prices:
        left = "mark is left out. It is" if report.prices == 1 else "marks are left out. They are"
        page.paragraph(
            f"{capitalised(number(report.prices))} bad {left} the price of the best choice and no fault: "
            "no other option would have brought the teams more.",
            "note",
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
    named = row.source == "observation" and row.issue.startswith(names)
    whose = [f"{names}: "] if row.teams and not named else []
    return [*whose, row.issue, " ", reference(row.evidence)]
