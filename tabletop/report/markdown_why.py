"""Ratings, and what would have changed the scores, as Markdown."""

from __future__ import annotations

from tabletop.report.contents import outlooks_by_goal, rating
from tabletop.report.markdown_results import refs
from tabletop.report.mdtext import Page, Piece, Strong
from tabletop.report.model import AfterActionReport, Alternative


def add_ratings(page: Page, report: AfterActionReport) -> None:
    """Ratings proposed by the scores, and those that people gave."""
    shown = [item for item in report.ratings if item.stands is not None]
    if not shown:
        return
    page.heading(3, "Ratings on the HSEEP scale")
    by = () if report.anonymous else ("By",)
    page.table(
        ("Objective", "Team", "Proposed", "Given", "Note", *by),
        [
            (
                report.goal(item.objective),
                report.team_name(item.team) if item.team else "All teams",
                rating(item.proposed),
                Strong(rating(item.given)) if item.given else "–",
                f"{item.note} {refs(item.evidence)}".strip() or "–",
                *(() if report.anonymous else (item.author or "–",)),
            )
            for item in shown
        ],
    )


def add_changes(page: Page, report: AfterActionReport) -> None:
    """The single changes that would have moved each score most."""
    if not report.outlooks:
        page.paragraph("No objective was exercised.")
        return
    page.paragraph(
        "For each score the three single changes that would have moved it most: another option, the same "
        "option on time, one card shared, one consultation."
    )
    for objective, outlooks in outlooks_by_goal(report):
        page.heading(3, report.goal(objective))
        for outlook in outlooks:
            page.paragraph([Strong(report.team_name(outlook.team)), f" {outlook.score}"])
            if outlook.changes:
                page.bullets([_change(change) for change in outlook.changes])
            else:
                page.paragraph("No single change would have moved it.")


def _change(change: Alternative) -> list[Piece]:
    subject = f" ({change.subject})" if change.subject else ""
    return [Strong(f"{change.after}"), f" ({change.by}) if {change.text}{subject}"]
