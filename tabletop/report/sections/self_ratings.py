"""Teams on themselves: what each gave itself, beside what others gave and the score proposes."""

from __future__ import annotations

from tabletop.pages.content import Column, Inline, reference, strong
from tabletop.pages.page import Page
from tabletop.plaintext import in_quotes
from tabletop.report.model import AfterActionReport
from tabletop.report.model.results import SelfRatingRow
from tabletop.report.words import rating_words


def write_self_ratings(page: Page, report: AfterActionReport) -> None:
    """Write a row for each objective on which a team rated itself, then the teams' notes."""
    if not report.self_ratings:
        return
    page.heading(3, "Teams on themselves")
    page.table(
        (
            Column("Team", 14, key=True),
            Column("Rated at", 10),
            Column("Objective", 28),
            Column("Own rating", 20),
            Column("Given", 14),
            Column("Proposed", 20),
        ),
        [
            (
                report.team_name(run.team),
                run.at,
                report.goal(row.objective),
                strong(rating_words(row.own)),
                _by_evaluators(row),
                rating_words(row.proposed),
            )
            for run in report.self_ratings
            for row in run.ratings
        ],
    )
    for run in report.self_ratings:
        if run.note.strip():
            page.paragraph(
                [
                    strong(f"{report.team_name(run.team)} at {run.at}:"),
                    f" {in_quotes(run.note.strip())} ",
                    reference(run.evidence),
                ]
            )
    page.paragraph(
        "What teams give themselves is part of no score, nor of the agreement between those who rate.", "note"
    )


def _by_evaluators(row: SelfRatingRow) -> Inline:
    """Return what was given for this team, else for all teams."""
    if row.given:
        return ", ".join(row.given)
    return f"{', '.join(row.given_to_all)} (all teams)" if row.given_to_all else None
