"""What was played: facts, the situation, teams, objectives, phases, the course of the exercise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tabletop.pages.content import Column, Gap, Inline, Piece, joined, strong, tag
from tabletop.pages.page import Page
from tabletop.report.model import AfterActionReport
from tabletop.report.model.outline import CourseEvent, Overview
from tabletop.report.model.results import ObjectiveResult

_BLANK: Final = "____________________ (to be filled in)"
_HEADLESS: Final = "By the program, in virtual time: nobody sat at a terminal"


def write_summary(page: Page, report: AfterActionReport) -> None:
    """Write each paragraph behind the words that it begins under."""
    for paragraph in report.summary.paragraphs:
        page.paragraph([strong(f"{paragraph.title}."), f" {paragraph.text}"])


def write_overview(page: Page, report: AfterActionReport) -> None:
    """Write what was played, by whom, for which objectives, and when."""
    seen = report.overview
    page.facts(_facts(seen, blank=None if report.anonymous else _BLANK))
    if seen.situation:
        page.heading(3, "Situation at the start")
        page.quotation(seen.situation)
    page.heading(3, "Teams")
    page.table(
        (Column("Team", 20, key=True), "Offices represented"),
        [(strong(team.name), "; ".join(team.offices) or None) for team in seen.teams],
    )
    page.heading(3, "Objectives")
    page.table(
        (Column("Code", 8, key=True), Column("Objective", 30), "Why it matters"),
        [(strong(goal.code), _objective(goal), goal.why or None) for goal in report.all_objectives],
    )
    page.heading(3, "Phases")
    page.table(
        (Column("Phase", key=True), Column("Planned from", 20), Column("Began", 20), Column("Ended", 20)),
        [(phase.title, phase.planned, phase.began, phase.ended) for phase in seen.phases],
    )
    if seen.course:
        _write_course(page, seen.course)


def _facts(seen: Overview, *, blank: str | None) -> list[tuple[str, Inline]]:
    """Return what is known, and `blank` for what people know who were there; None leaves it out."""
    real = f"; {seen.real} of real time" if seen.real else ""
    facts: dict[str, Inline] = {
        "Exercise": seen.title,
        "Scenario": seen.scenario,
        "How it was played": _HEADLESS if seen.headless else None,
        "Practice": seen.practice,
        "Rules and objectives": seen.consent,
        "Record": seen.incomplete,
        "Rules": seen.rescored,
        "Handling": seen.handling or blank,
        "Date": f"{seen.date} (UTC)" if seen.date else blank,
        "Place": blank,
        "Sponsor": seen.sponsor or blank,
        "Point of contact": blank,
        "Participants": "; ".join(seen.initialled) or blank,
        "Evaluators": "; ".join(seen.judges) or blank,
        "Core capabilities": blank,
        "Duration": f"{seen.played} of game time, {seen.planned} planned{real}",
        "Planned for": seen.players,
        "Scope": seen.scope,
        "Threat": seen.threat,
        "Scenario in brief": seen.summary,
    }
    return [(name, value) for name, value in facts.items() if value]


def _objective(goal: ObjectiveResult) -> list[Piece]:
    tags = [
        *([tag("time-critical")] if goal.time_critical else []),
        *([tag("not exercised")] if goal.score is None else []),
    ]
    return [goal.title, Gap(" ("), *joined(tags, Gap(", ")), Gap(")")] if tags else [goal.title]


def _write_course(page: Page, course: Sequence[CourseEvent]) -> None:
    page.heading(3, "Course of the exercise")
    timed = any(turn.wall for turn in course)
    page.table(
        (
            Column("Game time", 15),
            Column("Event", 30),
            "Detail",
            *([Column("Time of day (UTC)", 30)] if timed else []),
        ),
        [(turn.at, turn.what, turn.detail, *([turn.wall or ""] if timed else [])) for turn in course],
    )
