"""The master scenario events list as played."""

from __future__ import annotations

from functools import partial
from typing import Literal

from tabletop.pages.content import Column, Gap, Inline, Piece, Row, joined, note, reference, strong, tag
from tabletop.pages.page import Page
from tabletop.report.charts.timeline import timeline_chart
from tabletop.report.model import AfterActionReport
from tabletop.report.model.play import InjectRun
from tabletop.report.sections.actions import expected_action
from tabletop.report.sections.attachments import write_attachments
from tabletop.scenario.prose import capitalised

_COLUMNS = (
    Column("Code", 8, key=True),
    Column("Planned", 12),
    Column("Released", 15),
    Column("Inject"),
    Column("To", 14),
    Column("Read", 16),
)


def write_msel(page: Page, report: AfterActionReport) -> None:
    """Write when each inject was to go out and did, what it was, whom it reached and who read it."""
    page.figure(
        partial(timeline_chart, report),
        "What reached each team and what it was asked, by game time. Shaded bands are phases.",
    )
    page.table(
        _COLUMNS,
        [
            Row(
                (
                    strong(row.code or "–"),
                    row.planned,
                    _released(row),
                    _inject(row),
                    report.team_names(row.to),
                    _read(report, row),
                ),
                "muted" if row.released is None else "",
            )
            for row in report.msel
        ],
    )
    _write_storylines(page, report)
    _write_actions(page, report)
    write_attachments(page, report)


def _write_storylines(page: Page, report: AfterActionReport) -> None:
    """Write each storyline by itself, inject by inject, if there is more than one."""
    names = list(dict.fromkeys(row.storyline for row in report.msel if row.storyline))
    if len(names) < 2:
        return
    page.heading(3, "Storylines")
    page.bullets(
        [
            [
                strong(f"{capitalised(name)}: "),
                *joined([_step(row) for row in report.msel if row.storyline == name], "; "),
            ]
            for name in names
        ]
    )


def _step(row: InjectRun) -> str:
    """Return when an inject of a storyline went out, in a few words."""
    when = f"at {row.released}" if row.released is not None else row.fate
    return f"{row.code} {row.title} ({when})".strip()


def _write_actions(page: Page, report: AfterActionReport) -> None:
    """Write what players were expected to do, inject by inject, and what was seen of it."""
    rows = [row for row in report.msel if row.actions and row.released is not None]
    if not rows:
        return
    page.heading(3, "Expected actions")
    page.table(
        (Column("Code", 8, key=True), Column("Inject", 22), "Expected", Column("Objective", 20)),
        [
            (
                strong(row.code or "–"),
                row.title,
                expected_action(report, action),
                report.goal(action.objective) if action.objective else "",
            )
            for row in rows
            for action in row.actions
        ],
    )


def _released(row: InjectRun) -> list[Piece]:
    look: Literal["tag", "good", "bad"] = "tag"
    if row.fate in {"late", "held back", "skipped"}:
        look = "bad"
    elif row.fate == "on time":
        look = "good"
    fate = tag(row.fate, look)
    if row.released is None:
        return [fate]
    return [row.released, note(f" ({row.local})" if row.local else ""), Gap(", ", line=True), fate]


def _inject(row: InjectRun) -> list[Piece]:
    puts = f"; puts {', '.join(row.decisions)}" if row.decisions else ""
    flags = {"edited": row.edited, "re-addressed": row.readdressed}
    changed = [piece for flag, holds in flags.items() if holds for piece in (Gap(" ("), tag(flag), Gap(")"))]
    office = f", for {row.office}" if row.office else ""
    details: list[Inline] = [note(f"{row.sender}, {row.channel}{office}{puts}")]
    if row.evidence:
        details.append(reference(row.evidence))
    remarks = [
        note(_columns(row)),
        note(f"Expected: {row.expected}" if row.expected else ""),
        note(f"{capitalised(row.fate)}: {row.reason}" if row.reason else ""),
    ]
    return [
        strong(row.title),
        *changed,
        Gap(" – ", line=True),
        *joined(details, " "),
        *(piece for remark in remarks if remark.text for piece in (Gap(" ", line=True), remark)),
    ]


def _columns(row: InjectRun) -> str:
    """Return the columns that only planners fill in: ``Storyline: economy. Priority: high.``"""
    columns = {
        "Storyline": row.storyline,
        "Controller": row.controller,
        "Priority": row.priority,
        "Location": row.location,
    }
    return " ".join(f"{name}: {value}." for name, value in columns.items() if value)


def _read(report: AfterActionReport, row: InjectRun) -> list[Piece]:
    parts: list[Inline] = [f"{report.team_name(reading.team)} {reading.at}" for reading in row.read]
    if row.unread:
        named = f": {report.team_names(row.unread)}" if row.read else ""
        parts.append(note(f"not confirmed{named}"))
    return joined(parts, Gap("; ", line=True))
