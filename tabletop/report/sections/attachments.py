"""The attached files, as pictures where a page shows pictures."""

from __future__ import annotations

from functools import partial
from html import escape

from tabletop.pages.content import note, strong
from tabletop.pages.page import Page
from tabletop.report.model import AfterActionReport
from tabletop.report.model.play import AttachmentRun
from tabletop.scenario.prose import listed


def write_attachments(page: Page, report: AfterActionReport) -> None:
    """Write what was attached, with what it shows in words and what it was shown with."""
    if not report.attachments:
        return
    page.heading(3, "Attachments")
    for run in report.attachments:
        page.paragraph(
            [strong(run.file), f": {run.alt} ", note(f"({run.kind}; with {listed(run.shown_with)})")]
        )
        page.figure(partial(_drawn, run, report.files[run.file]), run.alt)


def _drawn(run: AttachmentRun, data: str) -> str:
    """Return the picture, or for a PDF a link to it inside the document."""
    if not data:
        return ""
    address, alt, name = (
        f"data:{run.media};base64,{data}",
        escape(run.alt),
        escape(run.file.rpartition("/")[2]),
    )
    if run.media == "application/pdf":
        return f'<a href="{address}" download="{name}">{name}</a>'
    return f'<img src="{address}" alt="{alt}" style="max-width:100%">'
