"""The executive summary."""

from __future__ import annotations

from tabletop.pages.content import strong
from tabletop.pages.page import Page
from tabletop.report.model import AfterActionReport


def write_summary(page: Page, report: AfterActionReport) -> None:
    """Write each paragraph behind the words that it begins under."""
    for paragraph in report.summary.paragraphs:
        page.paragraph([strong(f"{paragraph.title}."), f" {paragraph.text}"])
