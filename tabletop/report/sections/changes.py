"""What would have changed the scores."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from tabletop.pages.content import Piece, code, signed, strong
from tabletop.pages.page import Page
from tabletop.report.model import AfterActionReport
from tabletop.report.model.explanation import Alternative
from tabletop.report.words import NOT_EXERCISED


def write_changes(page: Page, report: AfterActionReport) -> None:
    """Write the single changes that would have moved each score most."""
    if not report.outlooks:
        page.paragraph(NOT_EXERCISED, "none")
        return
    page.paragraph(
        "For each score the three single changes that would have moved it most: another option, the same "
        "option on time, one card shared, one consultation.",
        "lead",
    )
    for objective, outlooks in groupby(report.outlooks, key=lambda outlook: outlook.objective):
        with page.group("block"):
            page.heading(3, [code(report.code(objective)), f" {report.goals[objective][1]}"])
            for outlook in outlooks:
                page.label([strong(report.team_name(outlook.team)), " ", outlook.score])
                write_alternatives(page, outlook.changes)


def write_alternatives(page: Page, changes: Sequence[Alternative]) -> None:
    """Write what one team could have done otherwise, each with the score that it would have brought."""
    if changes:
        page.bullets([_alternative(change) for change in changes], lead=True)
    else:
        page.paragraph("No single change would have moved it.", "none")


def _alternative(change: Alternative) -> list[Piece]:
    subject = f" ({change.subject})" if change.subject else ""
    return [strong(change.after), " (", signed(change.by), f") if {change.text}{subject}"]
