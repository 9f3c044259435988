"""The shared picture: what the teams believed at the gates, and what they did not know when they acted."""

from __future__ import annotations

from functools import partial

from tabletop.pages.content import Column, Gap, Piece, joined, note, strong, tag
from tabletop.pages.page import Page
from tabletop.report.charts.information import information_chart
from tabletop.report.model import AfterActionReport
from tabletop.report.model.picture import AnswerRun, ProbeRun


def write_picture(page: Page, report: AfterActionReport) -> None:
    """Write the probes with their answers, then the time without critical information."""
    _write_probes(page, report)
    _write_information(page, report)


def _write_probes(page: Page, report: AfterActionReport) -> None:
    found = report.picture
    if not found.probes:
        page.paragraph("No probes were put to the teams.", "none")
        return
    if not any(one.answer is not None for probe in found.probes for one in probe.answers):
        page.paragraph("Not answered: no team answered a probe.", "lead")
    elif found.right is not None:
        shared = "" if found.shared is None else f", {found.shared:.0f} % shared"
        page.paragraph(f"Picture {found.right:.0f} % right{shared}.", "lead")
    page.table(
        (
            Column("Asked at", 10),
            Column("Question", 28, key=True),
            Column("True", 18),
            "Answers",
        ),
        [
            (
                probe.at,
                strong(probe.asks),
                " or ".join(probe.truth) or note("nothing came true: not counted"),
                _answers(report, probe),
            )
            for probe in found.probes
        ],
    )
    page.paragraph(
        "What is true is what the log says at the time of the question. A right answer counts 1; “I do not "
        "know” counts 0.25 if nothing that tells it had reached the team. No answer counts 0; a probe that "
        "no team answered is left out. Shared are pairs of teams with the same right answer.",
        "note",
    )


def _answers(report: AfterActionReport, probe: ProbeRun) -> list[Piece]:
    return joined(
        ([f"{report.team_name(one.team)}: ", *_answer(one)] for one in probe.answers), Gap("; ", line=True)
    )


def _answer(one: AnswerRun) -> list[Piece]:
    said = one.text or ("no answer" if one.answer is None else "does not know")
    if one.mark is None or one.answer is None:
        return [said]
    told = [] if one.told or one.mark == 1 else [note(" (not told)")]
    judged = tag("right", "good") if one.mark == 1 else tag("wrong", "bad") if not one.mark else tag("0.25")
    return [said, " – ", judged, *told]


def _write_information(page: Page, report: AfterActionReport) -> None:
    page.heading(3, "Acting without a partner's information")
    if not any(run.total for run in report.information):
        page.paragraph("No team took a decision while a partner held a card that it did not hold.", "none")
        return
    page.figure(
        partial(information_chart, report),
        "Minutes in which each team worked on a decision while a partner held a card that it did not hold.",
    )
    page.table(
        (
            Column("Team", key=True),
            *(Column(f"by the end of {phase.title}", right=True) for phase in report.overview.phases),
            Column("in all", right=True),
            Column("Cards that it lacked meanwhile", below=True),
        ),
        [
            (
                report.team_name(run.team),
                *(
                    run.by(phase.ended) if phase.ended is not None else None
                    for phase in report.overview.phases
                ),
                run.total,
                "; ".join(run.cards) or None,
            )
            for run in report.information
        ],
    )
    page.paragraph(
        "Counted are the minutes from the moment at which a decision was put to a team until the team took "
        "it, "
        "as long as a partner held a card that the team did not have. This gives no marks.",
        "note",
    )
