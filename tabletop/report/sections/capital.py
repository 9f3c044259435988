"""Domestic capital, team by team."""

from __future__ import annotations

from functools import partial

from tabletop.pages.content import Column
from tabletop.pages.page import Page
from tabletop.report.charts.capital import capital_chart
from tabletop.report.model import AfterActionReport


def write_capital(page: Page, report: AfterActionReport) -> None:
    """Write what each team began with, came down to and ended with."""
    page.paragraph(
        "What each team could still afford at home. Used up, it brings a backlash.",
        "lead",
    )
    page.figure(
        partial(capital_chart, report),
        "Domestic capital by game time in minutes. A cross marks a backlash.",
    )
    page.table(
        (
            Column("Team", key=True),
            Column("Start", right=True),
            Column("Lowest", right=True),
            Column("End", right=True),
            "Backlashes",
        ),
        [
            (
                report.team_name(run.team),
                run.start,
                run.lowest,
                run.end,
                ", ".join(map(str, run.backlashes)) or "none",
            )
            for run in report.capital
        ],
    )
