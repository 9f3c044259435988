"""Questions for the discussion afterwards."""

from __future__ import annotations

from tabletop.pages.page import Page
from tabletop.report.model import AfterActionReport

HOT_WASH = (
    "What was planned?",
    "What happened?",
    "Why was it so, and what should be kept or changed?",
)
"""The three questions of every hot wash."""


def write_discussion(page: Page, report: AfterActionReport) -> None:
    """Write the questions of every hot wash and those of each phase, with the ground rules beside them."""
    with page.group("columns"):
        with page.group("column"):
            page.heading(3, "Hot wash")
            page.bullets(HOT_WASH)
            for phase in report.prompts:
                page.heading(3, phase.phase)
                page.bullets(phase.prompts)
        if report.ground_rules:
            with page.group("column"):
                page.heading(3, "Ground rules of the exercise")
                page.bullets(report.ground_rules)
