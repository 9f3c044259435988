"""The timeline with its branches as an SVG picture for a sheet of A4 in landscape.

A row is an inject. Points say which teams read it, diamonds which decide; lines lead from the inject where a
branch begins to those that depend on it. Nothing is said by colour alone, so that it can be printed in grey.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from tabletop.check.graph.rows import GraphRow, GraphRows, Heading, InjectRow
from tabletop.exercise.marking import MARKING
from tabletop.pages import svg
from tabletop.scenario.scenario import Scenario

_WIDTH: Final = 1123.0
_HEIGHT: Final = 794.0
"""A4 in landscape, in CSS pixels."""
_SCALES: Final = (1.0, 1.05, 1.1, 1.15, 1.2, 1.25, 1.3)
"""How much larger the drawing may be than the sheet on which it is shown, so that all rows fit on one."""
_MARGIN: Final = 26.0
_HEAD: Final = 92.0
_FOOT: Final = 34.0
_ROWS: Final = (16.2, 24.0)
"""The least and the greatest height of a row."""
_SIZE: Final = 9.8
"""The size of letters: more than 7 points on paper, more than 5 if the drawing is made smaller."""
_STEP: Final = 12.0
"""From one line of a row to the next."""
_LINES_MOST: Final = 5
_TIME: Final = 50.0
_TEAM: Final = 24.0
_TEAMS_MOST: Final = 200.0
_LANE: Final = 9.0
_LANES_MOST: Final = 14
_COLUMNS: Final = (0.31, 0.31, 0.38)
"""The shares of the width that the columns of text get."""
_FONTS: Final = "system-ui, 'Segoe UI', 'Noto Sans', 'Noto Sans CJK JP', Arial, sans-serif"
_KEY: Final = "timeline"


class _Sheet:
    """Where columns and rows are."""

    def __init__(
        self, teams: Sequence[str], lanes: int, rows: Sequence[GraphRow], scale: float = 1.0
    ) -> None:
        self.width, sheet = _WIDTH * scale, _HEIGHT * scale
        self.teams = tuple(teams)
        self.team_step = min(_TEAM, _TEAMS_MOST / len(self.teams))
        lanes = max(1, min(lanes, _LANES_MOST))
        self.box = _MARGIN + _TIME + len(self.teams) * self.team_step + 22 + lanes * _LANE
        self.texts = [self._texts(row) for row in rows]
        more = [max((len(text) for text in texts), default=1) for texts in self.texts]
        extra = [(max(lines, 1) - 1) * _STEP for lines in more]
        least, most = _ROWS
        self.row = min(most, max(least, (sheet - _HEAD - _FOOT - sum(extra)) / len(rows)))
        self._tops = list(accumulate((self.row + height for height in extra), initial=_HEAD))
        self.height = max(sheet, self._tops[-1] + _FOOT)
        """The height of the drawing: a sheet of A4, or more if there are more rows than fit."""
        self.fits = self.height == sheet

    def _texts(self, row: GraphRow) -> tuple[list[str], list[str]]:
        """Return the lines of what an inject asks, and of what it waits for."""
        if isinstance(row, Heading):
            return [], []
        asks, waits = (self.column(index)[1] - 8 for index in (1, 2))
        return (
            [svg.fitted(f"◆ {one}", asks, _SIZE) for one in row.asks],
            svg.wrapped(row.when, waits, _SIZE, lines=_LINES_MOST) if row.when else [],
        )

    def column(self, index: int) -> tuple[float, float]:
        """Return where a column begins and how wide it is: inject, what it asks, what it waits for."""
        wide = self.width - _MARGIN - self.box
        return self.box + sum(_COLUMNS[:index]) * wide, _COLUMNS[index] * wide

    def middle(self, index: int) -> float:
        """Return the middle of the first line of a row."""
        return self._tops[index] + self.row / 2

    def bottom(self, index: int) -> float:
        """Return where a row ends."""
        return self._tops[index + 1]

    def team(self, index: int) -> float:
        """Return the middle of a team's column."""
        return _MARGIN + _TIME + (index + 0.5) * self.team_step

    def lane(self, index: int) -> float:
        """Return where the lines of a lane run; lanes are counted from the boxes."""
        return self.box - 10 - (index % _LANES_MOST) * _LANE


@dataclass(frozen=True, slots=True)
class _Branch:
    """A line from a row to the rows that depend on it."""

    source: int
    targets: tuple[int, ...]
    lane: int


def graph_picture(scenario: Scenario) -> str:
    """Return the picture."""
    rows = GraphRows(scenario).rows()
    branches = _branches(rows)
    lanes = max((branch.lane + 1 for branch in branches), default=0)
    teams = tuple(scenario.teams)
    sheets = ((scale, _Sheet(teams, lanes, rows, scale)) for scale in _SCALES)
    scale, frame = next((one for one in sheets if one[1].fits), (1.0, _Sheet(teams, lanes, rows)))
    parts = [
        svg.rectangle(0, 0, frame.width, frame.height, fill="#fff"),
        *_title(scenario, frame),
        *_team_heads(scenario, frame),
        *(part for index, one in enumerate(rows) for part in _row(one, index, frame)),
        *(part for branch in branches for part in _line(branch, frame)),
        *_legend(frame),
        *(
            svg.text(frame.width / 2, y, MARKING, size=9, text_anchor="middle")
            for y in (12, frame.height - 4)
        ),
    ]
    drawn = svg.element("g", *parts, font_family=_FONTS)
    title = f"Timeline of {scenario.title}"
    description = "Every inject with its time, its teams, the decisions it asks and what it depends on."
    return svg.picture(_KEY, title, description, frame.height, [drawn], width=frame.width, scale=scale) + "\n"


def _branches(rows: Sequence[GraphRow]) -> list[_Branch]:
    """Return a line for each row that others depend on, in lanes in which they do not touch."""
    index = {row.id: number for number, row in enumerate(rows) if isinstance(row, InjectRow)}
    targets: dict[int, list[int]] = {}
    for number, row in enumerate(rows):
        for source in row.sources if isinstance(row, InjectRow) else ():
            targets.setdefault(index[source], []).append(number)
    lanes: list[list[tuple[int, int]]] = []
    found = []
    reach = {start: (min(start, *ends), max(start, *ends)) for start, ends in targets.items()}
    for start in sorted(targets, key=lambda one: (reach[one][1] - reach[one][0], one)):
        lane = next((number for number, taken in enumerate(lanes) if _free(taken, reach[start])), len(lanes))
        if lane == len(lanes):
            lanes.append([])
        lanes[lane].append(reach[start])
        found.append(_Branch(start, tuple(targets[start]), lane))
    return found


def _free(taken: Iterable[tuple[int, int]], wanted: tuple[int, int]) -> bool:
    return all(wanted[1] < first or last < wanted[0] for first, last in taken)


def _title(scenario: Scenario, frame: _Sheet) -> Iterator[str]:
    yield svg.text(_MARGIN, 30, svg.fitted(scenario.title, 500, 16), size=16, font_weight="bold")
    imprint = " · ".join(filter(None, ("Timeline and branches", scenario.id, scenario.imprint)))
    yield svg.text(frame.width - _MARGIN, 30, svg.fitted(imprint, 520, 10), text_anchor="end", fill=svg.MUTED)


def _team_heads(scenario: Scenario, frame: _Sheet) -> Iterator[str]:
    for index, team in enumerate(scenario.teams.values()):
        x, y = frame.team(index) + 3, _HEAD - 6
        words = svg.fitted(team.name, 56, 9.5)
        yield svg.text(x, y, words, size=9.5, transform=f"rotate(-50 {svg.number(x)} {svg.number(y)})")
    for column, head in enumerate(("Inject", "Asks, and for how long", "Waits for, depends on")):
        x, _ = frame.column(column)
        yield svg.text(x + 4, _HEAD - 6, head, size=9.5, font_weight="bold", fill=svg.MUTED)


def _row(row: GraphRow, index: int, frame: _Sheet) -> Iterator[str]:
    middle = frame.middle(index)
    baseline = middle + _SIZE * 0.36
    if isinstance(row, Heading):
        top, wide = middle - frame.row / 2 + 1, frame.width - 2 * _MARGIN
        yield svg.rectangle(_MARGIN, top, wide, frame.row - 2, fill=svg.GRID)
        # Above the boxes, where no line of a branch crosses it.
        words = svg.fitted(row.title, frame.width - _MARGIN - frame.box - 10, _SIZE)
        yield svg.text(frame.box + 5, baseline, words, size=_SIZE, font_weight="bold")
        return
    bottom = frame.bottom(index)
    yield svg.line(_MARGIN, bottom, frame.width - _MARGIN, bottom, stroke_width=0.4)
    yield svg.text(_MARGIN + _TIME - 6, baseline, row.time, size=_SIZE, text_anchor="end")
    yield from _marks(row, middle, frame)
    yield from _box(row, middle, baseline, frame)
    for column, lines in enumerate(frame.texts[index], 1):
        x, _ = frame.column(column)
        for number, words in enumerate(lines):
            fill = svg.INK if column == 1 else svg.MUTED
            yield svg.text(x + 4, baseline + number * _STEP, words, size=_SIZE, fill=fill)


def _marks(row: InjectRow, middle: float, frame: _Sheet) -> Iterator[str]:
    for index, team in enumerate(frame.teams):
        x, size = frame.team(index), min(4.2, frame.team_step / 2.4)
        if team in row.deciders:
            top, side = svg.number(middle - size - 1), svg.number(size + 1)
            corners = f"M{svg.number(x)},{top} l{side},{side} l-{side},{side} l-{side},-{side} z"
            yield svg.element("path", d=corners, fill=svg.INK)
        elif team in row.teams:
            yield svg.element("circle", cx=x, cy=middle, r=size - 1, fill=svg.RULE)


def _box(row: InjectRow, middle: float, baseline: float, frame: _Sheet) -> Iterator[str]:
    height, width = frame.row - 4, frame.column(0)[1] - 10
    look: dict[str, str | float] = {"fill": "#fff", "stroke": svg.INK, "stroke_width": 0.9}
    if not row.certain:
        look = {"fill": svg.SHADE, "stroke": svg.RULE, "stroke_width": 0.9, "stroke_dasharray": "4 2"}
    yield svg.rectangle(frame.box, middle - height / 2, width, height, rx=3.0, **look)
    words = svg.fitted(f"{row.code} · {row.title}", width - 10, _SIZE)
    yield svg.text(frame.box + 5, baseline, words, size=_SIZE)


def _line(branch: _Branch, frame: _Sheet) -> Iterator[str]:
    x, start = frame.lane(branch.lane), frame.middle(branch.source)
    ends = [frame.middle(target) for target in branch.targets]
    stroke: dict[str, str | float] = {"stroke": svg.MUTED, "stroke_width": 1.0}
    yield svg.element("circle", cx=frame.box, cy=start, r=2.2, fill=svg.MUTED)
    yield svg.line(x, start, frame.box, start, **stroke)
    yield svg.line(x, min(start, *ends), x, max(start, *ends), **stroke)
    for end in ends:
        yield svg.line(x, end, frame.box - 4, end, **stroke)
        tip = f"M{svg.number(frame.box)},{svg.number(end)} l-5,-2.6 v5.2 z"
        yield svg.element("path", d=tip, fill=svg.MUTED)


def _legend(frame: _Sheet) -> Iterator[str]:
    words = (
        "Point: the team reads it. Diamond: it decides. Dashed: goes out only if its condition holds, or by "
        "hand. ~: planned, if each team decides as its window ends."
    )
    yield svg.text(_MARGIN, frame.height - 18, words, size=9, fill=svg.MUTED)
