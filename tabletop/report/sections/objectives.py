"""Strengths and areas for improvement, objective by objective."""

from __future__ import annotations

from collections.abc import Sequence

from tabletop.pages.content import Gap, Piece, Span, code, joined, note, reference, signed, strong, tag
from tabletop.pages.page import Page
from tabletop.report.model import AfterActionReport
from tabletop.report.model.results import ObjectiveResult, Occasion, ReportFinding
from tabletop.report.sections.actions import actions_of
from tabletop.report.words import NOT_EXERCISED


def write_objectives(page: Page, report: AfterActionReport) -> None:
    """Write what was found on each exercised objective, and on others that people said something of."""
    shown = [
        *report.objectives,
        *(goal for goal in report.not_exercised if _has_findings(report, goal)),
    ]
    if not shown:
        page.paragraph(NOT_EXERCISED, "none")
    for goal in shown:
        with page.group("block"):
            page.heading(3, [code(goal.code), f" {goal.title}", Gap(": "), _came_to(goal)])
            if goal.analysis:
                page.paragraph([strong("Analysis."), f" {goal.analysis}"])
            _write_findings(page, report, "Strengths", goal.strengths, goal.more_strengths, "good")
            _write_findings(
                page, report, "Areas for improvement", goal.improvements, goal.more_improvements, "bad"
            )
            actions = list(actions_of(report, goal.id))
            if actions:
                page.label(strong("Expected actions"))
                page.bullets(actions)


def _has_findings(report: AfterActionReport, goal: ObjectiveResult) -> bool:
    return bool(goal.strengths or goal.improvements or any(actions_of(report, goal.id)))


def _came_to(goal: ObjectiveResult) -> Span:
    return tag("not exercised") if goal.score is None else Span(str(goal.tally), "result")


def _write_findings(
    page: Page,
    report: AfterActionReport,
    title: str,
    findings: Sequence[ReportFinding],
    more: str,
    sign: str,
) -> None:
    page.label(strong(title))
    if findings:
        page.bullets([_finding(report, finding) for finding in findings], lead=True)
    else:
        page.paragraph(f"No {sign} mark was given.", "none")
    if more:
        page.paragraph(f"Further {sign} marks, not listed here: {more}.", "note")


def _finding(report: AfterActionReport, finding: ReportFinding) -> list[Piece]:
    lead = Span("Observed", "tag", strong=True)
    if finding.points is not None:
        lead = signed(finding.points, bold=True)
    by: list[Piece] = [tag("adjustment:"), " "] if finding.source == "adjustment" else []
    occasions = joined([_occasion(report, seen) for seen in finding.occasions], Gap("; "))
    return [lead, " ", *by, finding.text, Gap(" – ", line=True), *occasions]


def _occasion(report: AfterActionReport, seen: Occasion) -> list[Piece]:
    team = f"{report.team_name(seen.team)} " if seen.team else ""
    numbers: list[Piece] = [" ", reference(seen.evidence)] if seen.evidence else []
    return [note(f"{team}{seen.at}"), *numbers]
