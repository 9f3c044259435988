"""Who shared with whom: a table of counts, the darker the more, with how fast."""

from __future__ import annotations

from tabletop.pages import svg
from tabletop.report.model import AfterActionReport
from tabletop.report.model.exchange import Pair

KEY = "sharing"
_LABEL = 128.0
_TOP, _CELL = 38.0, 56.0
_WIDEST = 176.0


def sharing_chart(report: AfterActionReport) -> str:
    """Draw the chart; return nothing with fewer than two teams or without cards."""
    teams = report.overview.teams
    if len(teams) < 2 or not report.cards:
        return ""
    pairs = {(pair.by, pair.to): pair for pair in report.sharing}
    most = max((pair.cards for pair in report.sharing), default=0)
    width = min((svg.WIDTH - _LABEL - 60) / len(teams), _WIDEST)
    right = _LABEL + width * len(teams)
    parts = [
        svg.text(0, 12, "Given by", size=9, fill=svg.MUTED),
        svg.text(_LABEL, 12, "Received by", size=9, fill=svg.MUTED),
    ]
    parts.append(svg.text(right + 50, 30, "Given", size=9, fill=svg.MUTED, text_anchor="end"))
    for column, team in enumerate(teams):
        middle = _LABEL + width * (column + 0.5)
        shown = svg.fitted(team.name, width - 8, 10.5)
        parts.append(svg.text(middle, 30, shown, size=10.5, font_weight="bold", text_anchor="middle"))
    for row, by in enumerate(teams):
        y = _TOP + row * _CELL
        shown = svg.fitted(by.name, _LABEL - 8, 10.5)
        parts.append(svg.text(0, y + _CELL / 2 + 4, shown, size=10.5, font_weight="bold"))
        for column, to in enumerate(teams):
            pair = pairs.get((by.id, to.id))
            parts.append(_cell(pair, _LABEL + width * column, y, width, most))
        total = sum(pair.cards for pair in report.sharing if pair.by == by.id)
        parts.append(svg.text(right + 50, y + _CELL / 2 + 5, str(total), size=12, text_anchor="end"))
    bottom = _TOP + _CELL * len(teams)
    parts.append(svg.text(0, bottom + 17, "Received", size=9, fill=svg.MUTED))
    for column, to in enumerate(teams):
        total = sum(pair.cards for pair in report.sharing if pair.to == to.id)
        middle = _LABEL + width * (column + 0.5)
        parts.append(svg.text(middle, bottom + 18, str(total), size=12, text_anchor="middle"))
    return svg.picture(KEY, "Who shared cards with whom", _description(report), bottom + 26, parts)


def _cell(pair: Pair | None, x: float, y: float, width: float, most: int) -> str:
    if pair is None:
        return svg.rectangle(x + 1, y + 1, width - 2, _CELL - 2, fill="#e9edf0")
    share = pair.cards / most if most else 0.0
    ink = "#fff" if share > 0.6 else svg.INK
    middle = x + width / 2
    parts = [svg.rectangle(x + 1, y + 1, width - 2, _CELL - 2, fill=_shade(share), stroke=svg.GRID)]
    if not pair.cards:
        parts.append(
            svg.text(middle, y + _CELL / 2 + 4, "none", size=10, fill=svg.MUTED, text_anchor="middle")
        )
        return "".join(parts)
    detail = f"{pair.within} of {pair.cards} in window"
    parts.append(
        svg.text(middle, y + 22, str(pair.cards), size=15, font_weight="bold", fill=ink, text_anchor="middle")
    )
    for offset, words in ((36.0, detail), (48.0, f"median {pair.median}")):
        shown = svg.fitted(words, width - 8, 8.5)
        parts.append(svg.text(middle, y + offset, shown, size=8.5, fill=ink, text_anchor="middle"))
    return "".join(parts)


def _shade(share: float) -> str:
    """Return a colour from white to the first colour of the palette."""
    end = (0, 0x72, 0xB2)
    return "#" + "".join(f"{round(255 + (part - 255) * share * 0.92):02x}" for part in end)


def _description(report: AfterActionReport) -> str:
    return " ".join(
        f"{report.team_name(pair.by)} gave {report.team_name(pair.to)} {pair.cards}, "
        f"{pair.within} within the window."
        for pair in report.sharing
    )
