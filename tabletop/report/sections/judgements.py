"""What people judged: observations, and scores that they adjusted."""

from __future__ import annotations

from tabletop.pages.content import Column, Gap, Inline, joined, reference, signed, tag
from tabletop.pages.page import Page
from tabletop.report.model import AfterActionReport
from tabletop.report.model.results import Adjustment, Observation


def write_judgements(page: Page, report: AfterActionReport) -> None:
    """Write observations, then adjustments; in an anonymous report without who made them."""
    by = [] if report.anonymous else [Column("By", 12)]
    page.heading(3, "Observations")
    if report.observations:
        page.table(
            (Column("Time", 10), Column("Kind", 15), Column("Tied to", 25), "Observation", *by),
            [
                (
                    item.at,
                    tag(item.kind, "good" if item.kind == "strength" else "bad") if item.kind else None,
                    _tied_to(report, item),
                    [item.text, " ", reference(item.evidence)],
                    *([item.author or ""] if by else []),
                )
                for item in report.observations
            ],
        )
    else:
        page.paragraph("No observations were recorded.", "none")
    page.heading(3, "Adjusted scores")
    if report.adjustments:
        _write_adjustments(page, report, by)
    else:
        page.paragraph("No score was adjusted by a person.", "none")


def _write_adjustments(page: Page, report: AfterActionReport, by: list[Column]) -> None:
    page.table(
        (
            Column("Time", 10),
            Column("Team", 14),
            Column("Objective", 20),
            Column("Points", 8, right=True),
            Column("Score", 8, right=True),
            Column("By the rules", 8, right=True),
            "Reason",
            *by,
        ),
        [
            (
                item.at,
                report.team_name(item.team),
                report.goal(item.objective),
                signed(item.points),
                *((item.score, item.rule_score) if _rated(report, item) else (tag("not rated"), None)),
                [item.reason, " ", reference(item.evidence)],
                *([item.author or ""] if by else []),
            )
            for item in report.adjustments
        ],
    )


def _rated(report: AfterActionReport, item: Adjustment) -> bool:
    return any(
        goal.id == item.objective and standing.team == item.team and standing.shown is not None
        for goal in report.objectives
        for standing in goal.teams
    )


def _tied_to(report: AfterActionReport, item: Observation) -> Inline:
    parts = (
        item.about,
        report.team_name(item.team) if item.team else None,
        report.goal(item.objective) if item.objective else None,
    )
    return joined(filter(None, parts), Gap("; ", line=True)) or None
