"""The coordination matrix and joint decisions, as Markdown."""

from __future__ import annotations

from tabletop.report.markdown_results import names
from tabletop.report.mdtext import Page, Strong
from tabletop.report.model import AfterActionReport


def add_matrix(page: Page, report: AfterActionReport) -> None:
    """What each team gave each other one and asked of it."""
    page.heading(3, "Coordination matrix")
    page.table(
        (
            "From",
            "To",
            "Cards",
            "In window",
            "Median",
            "Minutes of each",
            "Asked",
            "Answered",
            "Median answer",
            "Part of a decision",
        ),
        [
            (
                report.team_name(tie.by),
                report.team_name(tie.to),
                str(tie.cards),
                str(tie.within),
                "–" if tie.median is None else str(tie.median),
                ", ".join(one.after.minutes for one in tie.handovers) or "–",
                str(tie.asked),
                str(tie.answered),
                "–" if tie.median_answer is None else str(tie.median_answer),
                str(tie.implied),
            )
            for tie in report.ties
        ],
        right=(2, 3, 4, 6, 7, 8, 9),
    )
    page.paragraph(
        "Each card counts once, from when the giver had it until it passed it on. Asked and answered are "
        "consultations by request; beside them stand those that were part of a decision."
    )
    if report.joint:
        _add_joint(page, report)


def _add_joint(page: Page, report: AfterActionReport) -> None:
    page.heading(3, "Decisions put to several teams")
    page.table(
        ("Decision", "Put at", "Decided, the first to the last", "Lag", "Did not decide"),
        [
            (
                Strong(joint.name),
                str(joint.put),
                "; ".join(
                    f"{report.team_name(one.team)} {one.at}{' (late)' if one.late else ''}: {one.option}"
                    for one in joint.answers
                )
                or "–",
                "–" if joint.lag is None else str(joint.lag),
                names(report, joint.missing) or "–",
            )
            for joint in report.joint
        ],
        right=(3,),
    )
