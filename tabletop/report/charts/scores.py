"""Score per objective and team: grouped bars with their values."""

from __future__ import annotations

from tabletop.pages import svg
from tabletop.report.charts.axes import Scale
from tabletop.report.model import AfterActionReport
from tabletop.report.model.results import ObjectiveResult, ScoreRow

KEY = "scores"
_LABEL = 178.0
_HALO: dict[str, str | float] = {"paint_order": "stroke", "stroke": "#fff", "stroke_width": 3.0}
_LEFT, _RIGHT = 192.0, 626.0
_BAR, _STEP, _GROUP_GAP, _TOP = 8.5, 10.5, 10.0, 46.0


def score_chart(report: AfterActionReport) -> str:
    """Draw the chart; return nothing if nothing was exercised."""
    if not report.objectives:
        return ""
    teams = [team.name for team in report.overview.teams]
    scale = Scale(0, 100, _LEFT, _RIGHT)
    group = max(len(teams) * _STEP, 24.0) + _GROUP_GAP
    bottom = _TOP + group * len(report.objectives)
    parts = [svg.patterns(KEY, teams), *_frame(scale, bottom)]
    swatches, after = svg.legend(KEY, teams, _LEFT, 14)
    parts.append(swatches)
    shown = [
        standing for result in report.objectives for standing in result.teams if standing.shown is not None
    ]
    if any(standing.adjusted for standing in shown):
        parts += [_diamond(after + 4, 10.5), svg.text(after + 13, 14, "before adjustment")]
    for index, result in enumerate(report.objectives):
        parts.append(_group(result, _TOP + index * group, group, scale))
    return svg.picture(
        KEY,
        "Score per objective and team",
        " ".join(_sentence(report, result) for result in report.objectives),
        bottom + 18,
        parts,
    )


def _frame(scale: Scale, bottom: float) -> list[str]:
    parts = []
    for value in (0, 25, 50, 75, 100):
        x = scale(value)
        parts.append(svg.line(x, _TOP - 8, x, bottom, stroke=svg.RULE if value == 0 else svg.GRID))
        parts.append(svg.text(x, bottom + 13, str(value), size=9, fill=svg.MUTED, text_anchor="middle"))
    parts.append(svg.text(svg.WIDTH, _TOP - 14, "All teams", size=9, fill=svg.MUTED, text_anchor="end"))
    return parts


def _group(result: ObjectiveResult, top: float, height: float, scale: Scale) -> str:
    middle = top + (height - _GROUP_GAP) / 2
    rows = svg.wrapped(result.title, _LABEL - 34, 10.5)
    parts = [svg.text(0, middle + 4, result.code, size=10.5, font_weight="bold")]
    first = middle + 4 - 6.5 * (len(rows) - 1)
    parts += [svg.text(34, first + 13 * index, row, size=10.5) for index, row in enumerate(rows)]
    used = (height - _GROUP_GAP - len(result.teams) * _STEP) / 2
    for index, standing in enumerate(result.teams):
        parts.append(_bar(standing, index, top + used + index * _STEP, scale))
    if result.shown is not None:
        x = scale(float(result.shown))
        parts.append(svg.line(x, top - 2, x, top + height - _GROUP_GAP + 2, stroke=svg.INK, stroke_width=1.6))
    for index, standing in enumerate(result.teams):  # over the line, so that it crosses no figure
        parts.append(_value(standing, top + used + index * _STEP, scale))
    shown = "–" if result.shown is None else str(result.shown)
    parts.append(svg.text(svg.WIDTH, middle + 4.5, shown, size=12, font_weight="bold", text_anchor="end"))
    rule = top + height - _GROUP_GAP / 2
    parts.append(svg.line(0, rule, svg.WIDTH, rule, stroke_width=0.6))
    return svg.element("g", *parts)


def _bar(standing: ScoreRow, index: int, y: float, scale: Scale) -> str:
    if standing.shown is None:
        return ""
    end = max(scale(float(standing.shown)), _LEFT + 1.5)
    return svg.rectangle(_LEFT, y, end - _LEFT, _BAR, fill=svg.fill(KEY, index))


def _value(standing: ScoreRow, y: float, scale: Scale) -> str:
    if standing.shown is None:
        why = "no situation arose" if standing.score is None else "not rated"
        return svg.text(_LEFT + 4, y + 8, why, size=8.5, fill=svg.MUTED, font_style="italic")
    parts = [svg.text(scale(float(standing.shown)) + 5, y + 8, str(standing.shown), size=9, **_HALO)]
    if standing.adjusted and standing.rule_score is not None:
        parts.append(_diamond(scale(float(standing.rule_score)), y + _BAR / 2))
    return "".join(parts)


def _diamond(x: float, y: float) -> str:
    return svg.element(
        "path",
        d=f"M{svg.number(x - 4)},{svg.number(y)} l4,-4 l4,4 l-4,4 z",
        fill="#fff",
        stroke=svg.INK,
        stroke_width=1.2,
    )


def _sentence(report: AfterActionReport, result: ObjectiveResult) -> str:
    teams = ", ".join(
        f"{report.team_name(standing.team)} {standing.tally}"
        for standing in result.teams
        if standing.score is not None
    )
    return f"{result.name}: {teams}."
