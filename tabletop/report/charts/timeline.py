"""Injects and decisions over game time: a lane for each team, phases shaded."""

from __future__ import annotations

from dataclasses import dataclass

from tabletop.pages import svg
from tabletop.report.charts.axes import Rows, Scale, clock, ticks
from tabletop.report.model import AfterActionReport
from tabletop.report.model.play import DecisionRun, InjectRun

KEY = "timeline"
_LEFT, _RIGHT = 86.0, 712.0
_ROW, _PAD, _TOP = 14.0, 7.0, 58.0
_ROWS = 10
"""Rows of a lane at most; what finds no place on them is drawn without its code."""
_CODE = 8.8


@dataclass(slots=True)
class _Lane:
    """What is drawn in a team's lane, and how high the lane became."""

    injects: list[str]
    decisions: list[str]
    inject_rows: int
    decision_rows: int

    @property
    def height(self) -> float:
        return _PAD * 2 + _ROW * (max(self.inject_rows, 1) + max(self.decision_rows, 1))


def timeline_chart(report: AfterActionReport) -> str:
    """Draw the chart; return nothing if nothing went out."""
    if not any(row.released is not None for row in report.msel):
        return ""
    x = Scale(0, int(report.overview.played) or 1, _LEFT, _RIGHT)
    teams = [team.name for team in report.overview.teams]
    lanes, top = [], _TOP
    for index, team in enumerate(report.overview.teams):
        lane = _lane(report, team.id, index, x, top)
        lanes.append((top, lane, team.name, index))
        top += lane.height
    parts = [svg.patterns(KEY, teams), *_phases(report, x, top), *_axis(report, x, top)]
    parts += _key()
    for start, lane, name, index in lanes:
        parts.append(svg.line(0, start, svg.WIDTH, start, stroke=svg.RULE, stroke_width=0.7))
        shown = svg.fitted(name, _LEFT - 8, 10.5)
        parts.append(svg.text(0, start + 17, shown, size=10.5, font_weight="bold", fill=svg.colour(index)))
        parts += [*lane.injects, *lane.decisions]
    parts.append(svg.line(0, top, svg.WIDTH, top, stroke=svg.RULE, stroke_width=0.7))
    return svg.picture(KEY, "Injects and decisions over game time", _description(report), top + 30, parts)


def _phases(report: AfterActionReport, x: Scale, bottom: float) -> list[str]:
    parts = []
    for index, phase in enumerate(report.overview.phases):
        if phase.began is None:
            continue
        start, end = x(phase.began), x(phase.ended if phase.ended is not None else report.overview.played)
        if index % 2 == 0:
            parts.append(svg.rectangle(start, _TOP - 20, end - start, bottom - _TOP + 20, fill=svg.SHADE))
        title = svg.fitted(phase.title, end - start - 6, 9)
        if len(title) > 2:
            parts.append(svg.text(start + 4, _TOP - 8, title, size=9, fill=svg.MUTED))
    return parts


def _axis(report: AfterActionReport, x: Scale, bottom: float) -> list[str]:
    parts = []
    for tick in ticks(int(report.overview.played), 13):
        parts.append(svg.line(x(tick), _TOP - 2, x(tick), bottom + 4, stroke_width=0.7))
        parts.append(
            svg.text(x(tick), bottom + 14, clock(tick), size=8.5, fill=svg.MUTED, text_anchor="middle")
        )
    words = "Game time in minutes after STARTEX"
    parts.append(svg.text(_RIGHT, bottom + 27, words, size=8.5, fill=svg.MUTED, text_anchor="end"))
    return parts


def _key() -> list[str]:
    """Draw what the marks mean."""
    grey = svg.MUTED
    return [
        _triangle(6, 9, grey),
        svg.text(14, 12, "inject", size=9),
        svg.rectangle(56, 5, 26, 7, fill=grey),
        svg.text(87, 12, "decision, from put to taken", size=9),
        svg.rectangle(222, 5, 14, 7, fill=grey),
        svg.rectangle(236, 5.5, 14, 6, fill="#fff", stroke=grey),
        svg.text(255, 12, "late: past its window", size=9),
        svg.rectangle(362, 5.5, 26, 6, fill="#fff", stroke=grey, stroke_dasharray="3 2"),
        _cross(388, 8.5, grey),
        svg.text(397, 12, "not taken", size=9),
    ]


def _lane(report: AfterActionReport, team: str, index: int, x: Scale, top: float) -> _Lane:
    rows = Rows(_ROWS)
    injects = []
    for inject in report.msel:
        if inject.released is not None and team in inject.to:
            injects.append(_inject(inject, rows, x, top + _PAD, svg.colour(index)))
    lane = _Lane(injects, [], rows.used, 0)
    below = top + _PAD + _ROW * max(rows.used, 1)
    rows = Rows(_ROWS)
    for run in report.decisions:
        if run.team == team:
            lane.decisions.append(_decision(run, rows, x, below, index, int(report.overview.played)))
    lane.decision_rows = rows.used
    return lane


def _inject(inject: InjectRun, rows: Rows, x: Scale, top: float, stroke: str) -> str:
    at = x(inject.released or 0)
    row, label = _placed(rows, at - 4, at + 3, inject.code)
    y = top + _ROW * (row if row is not None else _ROWS - 1)
    parts = [_triangle(at, y + 6.5, stroke)]
    if row is not None:
        parts.append(svg.text(label, y + 9.5, inject.code, size=_CODE, fill=svg.MUTED))
    return "".join(parts)


def _placed(rows: Rows, start: float, end: float, code: str) -> tuple[int | None, float]:
    """Return the row for a mark with its code, and where the code begins: before it at the right edge."""
    width = svg.width_of(code, _CODE)
    if end + 3 + width <= svg.WIDTH:
        return rows.place(start, end + 3 + width), end + 3
    return rows.place(start - 3 - width, end), start - 3 - width


def _decision(run: DecisionRun, rows: Rows, x: Scale, top: float, index: int, played: int) -> str:
    start, due = x(run.presented), x(run.due)
    end = (
        x(run.taken)
        if run.taken is not None
        else max(due, start)
        if run.outcome == "not taken"
        else x(played)
    )
    code = run.code or svg.fitted(run.title, 40, _CODE)
    row, label = _placed(rows, start, max(end, start + 3) + 3, code)
    y = top + _ROW * (row if row is not None else _ROWS - 1) + 3
    stroke = svg.colour(index)
    if run.taken is None:
        crossed = run.outcome == "not taken"
        parts = [
            svg.rectangle(
                start, y + 0.5, max(end - start, 3), 7, fill="#fff", stroke=stroke, stroke_dasharray="3 2"
            ),
            _cross(max(end, start + 3), y + 4, stroke) if crossed else "",
        ]
    else:
        inside = min(end, due)
        parts = [svg.rectangle(start, y, max(inside - start, 3), 8, fill=svg.fill(KEY, index))]
        if end > due:
            parts.append(svg.rectangle(inside, y + 0.5, end - inside, 7, fill="#fff", stroke=stroke))
    if row is not None:
        parts.append(svg.text(label, y + 7, code, size=_CODE, font_weight="bold"))
    return "".join(parts)


def _triangle(x: float, y: float, stroke: str) -> str:
    return svg.element("path", d=f"M{svg.number(x - 3.6)},{svg.number(y - 3)} h7.2 l-3.6,6.4 z", fill=stroke)


def _cross(x: float, y: float, stroke: str) -> str:
    d = f"M{svg.number(x - 3)},{svg.number(y - 3)} l6,6 m0,-6 l-6,6"
    return svg.element("path", d=d, stroke=stroke, stroke_width=1.6, fill="none")


def _description(report: AfterActionReport) -> str:
    out = sum(row.released is not None for row in report.msel)
    return (
        f"{out} injects as they reached each team and {len(report.decisions)} decisions as they were put and "
        "taken. The same times stand in the tables of decisions and of the MSEL."
    )
