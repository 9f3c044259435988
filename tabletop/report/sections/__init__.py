"""The sections of an after-action report, in their order. Each is written once and set on any page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tabletop.pages.page import Page
from tabletop.report.model import AfterActionReport
from tabletop.report.sections.basis import write_basis
from tabletop.report.sections.capital import write_capital
from tabletop.report.sections.changes import write_best, write_changes
from tabletop.report.sections.coordination import write_coordination
from tabletop.report.sections.decisions import write_decisions
from tabletop.report.sections.discussion import write_discussion
from tabletop.report.sections.judgements import write_judgements
from tabletop.report.sections.msel import write_msel
from tabletop.report.sections.objectives import write_objectives
from tabletop.report.sections.overview import write_overview, write_summary
from tabletop.report.sections.picture import write_picture
from tabletop.report.sections.plan import write_plan
from tabletop.report.sections.reading import write_reading
from tabletop.report.sections.scores import write_scores

_SEVERAL: Final = 2
Write = Callable[[Page, AfterActionReport], None]

SECTIONS: Final[tuple[tuple[str, str, Write], ...]] = (
    ("reading", "How to read this report", write_reading),
    ("summary", "Executive summary", write_summary),
    ("overview", "Overview of the exercise", write_overview),
    ("scores", "Scores", write_scores),
    ("objectives", "Strengths and areas for improvement", write_objectives),
    ("improvements", "What would have helped most", write_best),
    ("plan", "Improvement plan", write_plan),
    ("between", "Coordination between teams", write_coordination),
    ("picture", "Shared picture", write_picture),
    ("capital", "Domestic capital", write_capital),
    ("decisions", "Decisions", write_decisions),
    ("judgements", "Observations and adjustments", write_judgements),
    ("msel", "Timeline and MSEL as played", write_msel),
    ("discussion", "Questions for discussion", write_discussion),
    ("basis", "Basis of this report", write_basis),
    ("changes", "Annex: what would have changed each score", write_changes),
)
"""Address, title and writer of each section."""


def write_sections(page: Page, report: AfterActionReport) -> None:
    """Write every section that the exercise has under its number."""
    absent = {"capital"} if not report.capital else set()
    absent |= {"between"} if len(report.names) < _SEVERAL else set()
    written = (section for section in SECTIONS if section[0] not in absent)
    for number, (key, title, write) in enumerate(written, 1):
        between = key == "between" and not report.judges_coordination
        page.section(number, "Between the teams" if between else title, key)
        write(page, report)
