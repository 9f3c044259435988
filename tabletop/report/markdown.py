"""The report as Markdown: the same words as on the page, without the pictures."""

from __future__ import annotations

from tabletop.exercise.marking import MARKING
from tabletop.report.contents import HOT_WASH, SECTIONS, how_scores_are_made
from tabletop.report.markdown_results import add_judgements, add_objectives, add_plan, add_scores
from tabletop.report.markdown_run import add_capital, add_coordination, add_decisions, add_msel
from tabletop.report.markdown_why import add_changes, add_ratings
from tabletop.report.mdtext import Page, Strong
from tabletop.report.model import AfterActionReport


def render_markdown(report: AfterActionReport) -> str:
    """The whole document."""
    page = Page()
    page.paragraph(Strong(MARKING))
    page.heading(1, f"After-action report: {report.overview.exercise}")
    parts = {
        "summary": _add_summary,
        "overview": _add_overview,
        "scores": _add_scores,
        "objectives": add_objectives,
        "changes": add_changes,
        "plan": add_plan,
        "coordination": add_coordination,
        "capital": add_capital,
        "decisions": add_decisions,
        "judgements": add_judgements,
        "msel": add_msel,
        "discussion": _add_discussion,
        "basis": _add_basis,
    }
    for key, section in SECTIONS.items():
        page.heading(2, f"{section.number} {section.title}")
        parts[key](page, report)
    page.paragraph(Strong(MARKING))
    return page.text()


def _add_summary(page: Page, report: AfterActionReport) -> None:
    for paragraph in report.summary.paragraphs:
        page.paragraph([Strong(f"{paragraph.title}."), f" {paragraph.text}"])


def _add_scores(page: Page, report: AfterActionReport) -> None:
    add_scores(page, report)
    add_ratings(page, report)


def _add_overview(page: Page, report: AfterActionReport) -> None:
    seen = report.overview
    real = f"; {seen.real} of real time" if seen.real else ""
    facts = {
        "Exercise": seen.exercise,
        "Scenario": f"{seen.scenario} ({seen.scenario_id}, content {seen.scenario_hash})",
        "Date": f"{seen.date} (UTC)" if seen.date else None,
        "Sponsor": seen.sponsor,
        "Duration": f"{seen.played} of game time, {seen.planned} planned{real}",
        "Players": seen.players,
        "Scope": seen.scope,
        "Threat": seen.threat,
        "Scenario in brief": seen.summary,
    }
    page.table(("", ""), [(Strong(name), value) for name, value in facts.items() if value])
    if seen.situation:
        page.heading(3, "Situation at the start")
        page.quotation(seen.situation)
    page.heading(3, "Teams")
    page.table(
        ("Team", "Offices represented"),
        [(Strong(team.name), "; ".join(team.offices) or "–") for team in seen.teams],
    )
    page.heading(3, "Objectives")
    page.table(
        ("Code", "Objective", "Why it matters"),
        [
            (
                Strong(goal.code),
                _goal(goal.title, critical=goal.time_critical, scored=goal.score is not None),
                goal.why or "–",
            )
            for goal in report.all_objectives
        ],
    )
    page.heading(3, "Phases")
    page.table(
        ("Phase", "Planned from", "Began", "Ended"),
        [
            (phase.title, str(phase.planned), _or_dash(phase.began), _or_dash(phase.ended))
            for phase in seen.phases
        ],
    )
    _add_course(page, report)


def _goal(title: str, *, critical: bool, scored: bool) -> str:
    remarks = [*(["time-critical"] if critical else []), *([] if scored else ["not exercised"])]
    return f"{title} ({', '.join(remarks)})" if remarks else title


def _or_dash(value: object) -> str:
    return "–" if value is None else str(value)


def _add_course(page: Page, report: AfterActionReport) -> None:
    course = report.overview.course
    if not course:
        return
    page.heading(3, "Course of the exercise")
    timed = any(turn.wall for turn in course)
    page.table(
        ("Game time", "Event", "Detail", *(["Time of day (UTC)"] if timed else [])),
        [(str(turn.at), turn.what, turn.detail, *([turn.wall or ""] if timed else [])) for turn in course],
    )


def _add_discussion(page: Page, report: AfterActionReport) -> None:
    page.heading(3, "Hot wash")
    page.bullets(HOT_WASH)
    for phase in report.prompts:
        page.heading(3, phase.phase)
        page.bullets(phase.prompts)
    if report.ground_rules:
        page.heading(3, "Ground rules of the exercise")
        page.bullets(report.ground_rules)


def _add_basis(page: Page, report: AfterActionReport) -> None:
    seen = report.overview
    for paragraph in how_scores_are_made(report):
        page.paragraph(paragraph)
    if seen.rules:
        page.table(
            ("Rule", "Entries", "Points given", "Points taken"),
            [(rule.title, str(rule.entries), str(rule.gained), str(rule.lost)) for rule in seen.rules],
            right=(1, 2, 3),
        )
    left_out = " Names of seats, dates and times of day are left out." if report.anonymous else ""
    page.paragraph(
        f"Everything above is drawn from the exercise's log of {seen.events} events and from nothing else. "
        f"The complete ledger is in the JSON form of this report.{left_out}"
    )
    chain = f", chain {seen.chain_head}" if seen.chain_head else ""
    page.bullets(
        (
            f"Recorded by tabletop {seen.program}",
            f"Scenario {seen.scenario_id}, content {seen.scenario_hash}",
            f"Last event number {seen.events}{chain}",
        )
    )
