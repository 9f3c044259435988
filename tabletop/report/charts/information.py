"""Time without critical information over game time: a line for each team."""

from __future__ import annotations

from tabletop.pages import svg
from tabletop.report.charts.axes import Scale, clock, spread, ticks
from tabletop.report.model import AfterActionReport
from tabletop.report.model.picture import InformationRun

KEY = "information"
_TOP, _BOTTOM, _LEFT, _RIGHT = 34.0, 158.0, 30.0, 610.0


def information_chart(report: AfterActionReport) -> str:
    """Draw the chart; return nothing if no team ever lacked a card."""
    most = max((int(run.total) for run in report.information), default=0)
    if not most:
        return ""
    length = int(report.overview.played) or 1
    x, y = Scale(0, length, _LEFT, _RIGHT), Scale(0, most, _BOTTOM, _TOP)
    parts = [svg.legend(KEY, [team.name for team in report.overview.teams], _LEFT, 12, lines=True)[0]]
    for value in ticks(most, 5):
        parts.append(svg.line(_LEFT, y(value), _RIGHT, y(value), stroke=svg.RULE if value == 0 else svg.GRID))
        parts.append(
            svg.text(_LEFT - 5, y(value) + 3, clock(value), size=8.5, fill=svg.MUTED, text_anchor="end")
        )
    for tick in ticks(length, 13):
        parts.append(
            svg.text(x(tick), _BOTTOM + 14, clock(tick), size=8.5, fill=svg.MUTED, text_anchor="middle")
        )
    words = "Game time in minutes after STARTEX"
    parts.append(svg.text(_RIGHT, _BOTTOM + 27, words, size=8.5, fill=svg.MUTED, text_anchor="end"))
    parts += [_line(run, index, x, y, length) for index, run in enumerate(report.information)]
    places = spread([y(int(run.total)) for run in report.information], 11, _TOP, _BOTTOM)
    for index, (run, place) in enumerate(zip(report.information, places, strict=True)):
        shown = svg.fitted(f"{run.total} {report.team_name(run.team)}", svg.WIDTH - _RIGHT - 8, 9.5)
        parts.append(svg.text(_RIGHT + 6, place + 3, shown, size=9.5, fill=svg.colour(index)))
    return svg.picture(
        KEY, "Acting without a partner's information", _description(report), _BOTTOM + 30, parts
    )


def _line(run: InformationRun, index: int, x: Scale, y: Scale, length: int) -> str:
    path = f"M{svg.number(x(0))},{svg.number(y(0))}"
    for point in run.points:
        path += f" L{svg.number(x(int(point.at)))},{svg.number(y(int(point.without)))}"
    style: dict[str, str | float] = {"stroke": svg.colour(index), "stroke_width": 1.8}
    if svg.dash(index):
        style["stroke_dasharray"] = svg.dash(index)
    return svg.element("path", d=f"{path} H{svg.number(x(length))}", fill="none", **style)


def _description(report: AfterActionReport) -> str:
    return " ".join(f"{report.team_name(run.team)}: {run.total} in all." for run in report.information)
