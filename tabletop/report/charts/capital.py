"""Domestic capital over game time: a line for each team, backlashes marked."""

from __future__ import annotations

from tabletop.pages import svg
from tabletop.report.charts.axes import Scale, clock, spread, ticks
from tabletop.report.model import AfterActionReport
from tabletop.report.model.results import CapitalRun
from tabletop.scenario.quantities import Level

KEY = "capital"
_TOP, _BOTTOM, _LEFT, _RIGHT = 34.0, 178.0, 26.0, 610.0


def capital_chart(report: AfterActionReport) -> str:
    """Draw the chart; return nothing if nothing moved any team's capital."""
    if not any(run.steps for run in report.capital):
        return ""
    length = int(report.overview.played) or 1
    levels = [level for run in report.capital for level in (run.start, *(step.capital for step in run.steps))]
    high, low = max(levels), min(0, *levels)
    x, y = Scale(0, length, _LEFT, _RIGHT), Scale(low, high, _BOTTOM, _TOP)
    parts = [svg.legend(KEY, [team.name for team in report.overview.teams], _LEFT, 12, lines=True)[0]]
    step = max(1, -(-(high - low) // 8))
    for value in range(low, high + 1, step):
        parts.append(svg.line(_LEFT, y(value), _RIGHT, y(value), stroke=svg.RULE if value == 0 else svg.GRID))
        parts.append(
            svg.text(_LEFT - 5, y(value) + 3, str(Level(value)), size=8.5, fill=svg.MUTED, text_anchor="end")
        )
    for tick in ticks(length, 13):
        parts.append(
            svg.text(x(tick), _BOTTOM + 14, clock(tick), size=8.5, fill=svg.MUTED, text_anchor="middle")
        )
    words = "Game time in minutes after STARTEX"
    parts.append(svg.text(_RIGHT, _BOTTOM + 27, words, size=8.5, fill=svg.MUTED, text_anchor="end"))
    parts += [_line(run, index, x, y, length) for index, run in enumerate(report.capital)]
    places = spread([y(run.end) for run in report.capital], 11, _TOP, _BOTTOM)
    for index, (run, place) in enumerate(zip(report.capital, places, strict=True)):
        shown = svg.fitted(f"{run.end} {report.team_name(run.team)}", svg.WIDTH - _RIGHT - 8, 9.5)
        parts.append(svg.text(_RIGHT + 6, place + 3, shown, size=9.5, fill=svg.colour(index)))
    return svg.picture(KEY, "Domestic capital over game time", _description(report), _BOTTOM + 30, parts)


def _line(run: CapitalRun, index: int, x: Scale, y: Scale, length: int) -> str:
    # Lines of equal height lie beside one another, not under one another.
    aside = (index - 1) * 1.4
    path = f"M{svg.number(x(0))},{svg.number(y(run.start) + aside)}"
    for step in run.steps:
        path += f" H{svg.number(x(step.at))} V{svg.number(y(step.capital) + aside)}"
    style: dict[str, str | float] = {"stroke": svg.colour(index), "stroke_width": 1.8}
    if svg.dash(index):
        style["stroke_dasharray"] = svg.dash(index)
    parts = [svg.element("path", d=f"{path} H{svg.number(x(length))}", fill="none", **style)]
    for at in run.backlashes:
        d = f"M{svg.number(x(at) - 4)},{svg.number(y(0) - 4)} l8,8 m0,-8 l-8,8"
        parts.append(svg.element("path", d=d, stroke=svg.colour(index), stroke_width=2.2, fill="none"))
    return "".join(parts)


def _description(report: AfterActionReport) -> str:
    return " ".join(
        f"{report.team_name(run.team)} from {run.start} to {run.end}, {run.lowest} at the lowest, "
        f"backlashes: {len(run.backlashes)}."
        for run in report.capital
    )
