"""The report in each of its formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from tabletop.exercise.marking import MARKING, marked_title
from tabletop.pages.html import HtmlPage
from tabletop.pages.markdown import MarkdownPage
from tabletop.pages.page import Figure, Page
from tabletop.report.json import render_json
from tabletop.report.model import AfterActionReport
from tabletop.report.sections import write_sections
from tabletop.rules.tally import Tally

_KIND: Final = "After-action report"


def write_report(page: Page, report: AfterActionReport) -> None:
    """Write the cover and every section."""
    seen = report.overview
    page.cover(
        marked_title(_KIND, practice=bool(seen.practice)),
        seen.title,
        remark="without names of seats" if report.anonymous else "",
        origin=" · ".join(
            filter(None, (seen.scenario * (seen.scenario != seen.title), seen.date, seen.sponsor))
        ),
        figures=_figures(report),
    )
    write_sections(page, report)


def _figures(report: AfterActionReport) -> list[Figure]:
    """Return the figures that a reader looks for first."""
    exercised = len(report.objectives)
    went = Tally.total(goal.tally for goal in report.objectives)
    in_time = sum(run.outcome == "in time" for run in report.decisions)
    return [
        ("Situations that went well", str(went.well), f" of {went.situations}"),
        ("Objectives exercised", str(exercised), f" of {exercised + len(report.not_exercised)}"),
        ("Decisions in time", str(in_time), f" of {len(report.decisions)}"),
        ("Cards passed on", str(sum(pair.cards for pair in report.sharing)), ""),
        ("Consultations", str(len(report.consultations)), ""),
        ("Game time", str(round(report.overview.played / 60)), " min"),
    ]


def render_markdown(report: AfterActionReport) -> str:
    """Return the report as Markdown, without its pictures."""
    page = MarkdownPage(marking=MARKING)
    write_report(page, report)
    return page.text()


def render_html(report: AfterActionReport) -> str:
    """Return the report as one HTML file."""
    kind = marked_title(_KIND, practice=bool(report.overview.practice))
    page = HtmlPage(title=f"EXERCISE – {kind} – {report.overview.title}", marking=MARKING)
    write_report(page, report)
    return page.text()


RENDERERS: Final[Mapping[str, Callable[[AfterActionReport], str]]] = {
    "md": render_markdown,
    "html": render_html,
    "json": render_json,
}
"""What makes each format, by the ending of its files."""
