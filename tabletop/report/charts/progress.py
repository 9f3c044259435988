"""Score over game time: one small panel for each objective, a line for each team and one for all."""

from __future__ import annotations

from tabletop.pages import svg
from tabletop.report.charts.axes import Scale, clock, spread, ticks
from tabletop.report.model import AfterActionReport
from tabletop.report.model.results import ObjectiveResult
from tabletop.scenario.quantities import Score

KEY = "progress"
_COLUMNS = 3
_GAP = 18.0
_PANEL = (svg.WIDTH - _GAP * (_COLUMNS - 1)) / _COLUMNS
_HEIGHT, _TOP = 132.0, 30.0
_INSET_LEFT, _INSET_RIGHT, _INSET_TOP, _INSET_BOTTOM = 22.0, 27.0, 24.0, 24.0

Point = tuple[int, Score | None]


def progress_chart(report: AfterActionReport) -> str:
    """Draw the chart; return nothing if no score ever moved."""
    if not report.objectives or not report.progress:
        return ""
    teams = [team.name for team in report.overview.teams]
    swatches, after = svg.legend(KEY, teams, 0, 12, lines=True)
    parts = [swatches]
    if len(teams) > 1:
        parts.append(svg.line(after, 8.5, after + 22, 8.5, stroke=svg.INK, stroke_width=2.6))
        parts.append(svg.text(after + 27, 12, "all teams"))
    for index, result in enumerate(report.objectives):
        row, column = divmod(index, _COLUMNS)
        parts.append(_panel(report, result, column * (_PANEL + _GAP), _TOP + row * _HEIGHT))
    rows = -(-len(report.objectives) // _COLUMNS)
    return svg.picture(
        KEY,
        "Score over game time",
        "How the score on each objective moved as decisions were taken; game time in minutes. "
        "The last values are those of the table of scores.",
        _TOP + rows * _HEIGHT,
        parts,
    )


def _panel(report: AfterActionReport, result: ObjectiveResult, left: float, top: float) -> str:
    length = int(report.overview.played) or 1
    x = Scale(0, length, left + _INSET_LEFT, left + _PANEL - _INSET_RIGHT)
    y = Scale(0, 100, top + _HEIGHT - _INSET_BOTTOM, top + _INSET_TOP)
    parts = [svg.text(left, top + 12, svg.fitted(result.name, _PANEL, 10), font_weight="bold")]
    for value in (0, 50, 100):
        parts.append(
            svg.line(x.start, y(value), x.end, y(value), stroke=svg.RULE if value == 0 else svg.GRID)
        )
        parts.append(
            svg.text(x.start - 4, y(value) + 3, str(value), size=8, fill=svg.MUTED, text_anchor="end")
        )
    for tick in ticks(length, 6):
        parts.append(
            svg.text(x(tick), y.start + 11, clock(tick), size=8, fill=svg.MUTED, text_anchor="middle")
        )
    rated = {standing.team for standing in result.teams if standing.shown is not None}
    if not rated:
        parts.append(
            svg.text(x.start + 4, y(50) - 4, "not rated", size=8.5, fill=svg.MUTED, font_style="italic")
        )
    lines: list[tuple[list[Point], dict[str, str | float]]] = []
    for index, team in enumerate(report.overview.teams):
        if team.id not in rated:
            continue
        points = [(int(sample.at), sample.teams[result.id][team.id]) for sample in report.progress]
        style: dict[str, str | float] = {"stroke": svg.colour(index), "stroke_width": 1.5}
        if svg.dash(index):
            style["stroke_dasharray"] = svg.dash(index)
        lines.append((points, style))
    if len(lines) > 1 and result.shown is not None:
        whole = [(int(sample.at), sample.objectives[result.id]) for sample in report.progress]
        lines.append((whole, {"stroke": svg.INK, "stroke_width": 2.4}))
    parts += [_steps(points, x, y, length, style) for points, style in lines]
    parts.append(_ends([(points[-1][1], str(style["stroke"])) for points, style in lines], x, y))
    return svg.element("g", *parts)


def _steps(points: list[Point], x: Scale, y: Scale, length: int, style: dict[str, str | float]) -> str:
    """Return a line that keeps its height until the next decision; it begins where there is a score."""
    path, level = "", 0.0
    for at, score in points:
        if score is None:
            continue
        if not path:
            path = f"M{svg.number(x(at))},{svg.number(y(score))}"
        elif y(score) != level:
            path += f" H{svg.number(x(at))} V{svg.number(y(score))}"
        level = y(score)
    if not path:
        return ""
    path += f" H{svg.number(x(length))}"
    return svg.element("path", d=path, fill="none", stroke_linejoin="round", **style)


def _ends(ends: list[tuple[Score | None, str]], x: Scale, y: Scale) -> str:
    """Return the last values beside the lines, moved apart where they would overlap."""
    shown = [(score, stroke) for score, stroke in ends if score is not None]
    places = spread([y(score) for score, _ in shown], 8.6, y.end - 4, y.start + 2)
    return "".join(
        svg.text(
            x.end + 4,
            place + 3,
            f"{float(score):.0f}",
            size=8.5,
            fill=stroke,
            font_weight="bold" if stroke == svg.INK else "normal",
        )
        for (score, stroke), place in zip(shown, places, strict=True)
    )
