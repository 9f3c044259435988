"""What would have changed the scores."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from tabletop.pages.content import Piece, code, reference, signed, strong, tag
from tabletop.pages.page import Page
from tabletop.report.model import AfterActionReport
from tabletop.report.model.explanation import Alternative, Improvement
from tabletop.report.words import NOT_EXERCISED
from tabletop.scenario.prose import counted

TRIED: Final = (
    "For each score stand up to three changes that would have helped it: another option, the same option on "
    "time, one card shared, one consultation, or choices of several teams that fit. After each stand the "
    "marks that it brings here, and its price elsewhere. Last stands the one change that would have cost "
    "most: what saved it."
)
BEST: Final = (
    "Of all changes that were tried, by one team and by several together, these would have brought the "
    "exercise as a whole most, all marks of all teams together: one for each decision, card or consultation."
)


def write_changes(page: Page, report: AfterActionReport) -> None:
    """Write what would have helped each score, and what saved it."""
    if not report.outlooks:
        page.paragraph(NOT_EXERCISED, "none")
        return
    page.paragraph(TRIED, "lead")
    shown = {
        (goal.id, standing.team)
        for goal in report.objectives
        for standing in goal.teams
        if standing.shown is not None
    }
    for objective, outlooks in groupby(report.outlooks, key=lambda outlook: outlook.objective):
        with page.group("block"):
            page.heading(3, [code(report.code(objective)), f" {report.goals[objective][1]}"])
            for outlook in outlooks:
                rated = (outlook.objective, outlook.team) in shown
                page.label(
                    [
                        strong(report.team_name(outlook.team)),
                        " ",
                        outlook.score if rated else tag("not rated"),
                    ]
                )
                write_alternatives(page, outlook.changes, rated=rated)


def write_alternatives(page: Page, changes: Sequence[Alternative], *, rated: bool) -> None:
    """Write what one team could have done otherwise, what would have helped first, each with its price.

    Where too few situations arose to rate the team, that price alone is shown.
    """
    helped = [change for change in changes if change.helped]
    saved = [change for change in changes if not change.helped]
    if helped:
        page.bullets([_alternative(change, rated=rated) for change in helped], lead=rated)
    else:
        page.paragraph("No change that was tried would have raised it.", "none")
    if saved:
        page.bullets([_saved(change, rated=rated) for change in saved])


def write_improvements(page: Page, best: Sequence[Improvement]) -> None:
    """Write what would have helped the exercise as a whole most, each with its price."""
    if not best:
        page.paragraph("No change that was tried would have brought more good marks than it takes.", "none")
        return
    page.paragraph(BEST, "lead")
    page.bullets([_improvement(one) for one in best], lead=True)


def write_best(page: Page, report: AfterActionReport) -> None:
    """Write the best improvements of the exercise that was played, and what was locked."""
    write_improvements(page, report.improvements)
    if report.prices:
        page.paragraph(
            f"For {counted(report.prices, 'bad mark')}, no other choice that was tried, by one team or by "
            "several together, would have brought more over all objectives and teams: something had to be "
            "given up there for something else.",
            "note",
        )
    if report.locks:
        page.label(strong("What was locked"))
        page.bullets([[one.text, " ", reference(one.evidence)] for one in report.locks])


def _alternative(change: Alternative, *, rated: bool) -> list[Piece]:
    if not rated:
        return [f"If {_deed(change)}"]
    return [strong(change.after), " (", signed(change.by), f") if {_deed(change)}"]


def _saved(change: Alternative, *, rated: bool) -> list[Piece]:
    if not rated:
        return [f"What saved it: if {_deed(change)}"]
    return ["What saved it: it would have been ", *_alternative(change, rated=rated)]


def _deed(change: Alternative) -> str:
    """Return what would have been done otherwise, with its price."""
    subject = f" ({change.subject})" if change.subject else ""
    return f"{change.text}{subject}: {change.price}"


def _improvement(one: Improvement) -> list[Piece]:
    subject = f" ({one.subject})" if one.subject else ""
    return [signed(one.total), f" if {one.text}{subject}: {one.price}"]
