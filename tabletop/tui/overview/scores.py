"""The scores panel: for each objective a bar, how many situations went well, and what stands beside it."""

from __future__ import annotations

from textual.content import Content

from tabletop.exercise.anchors import Anchors, Result
from tabletop.plaintext import one_line
from tabletop.rules.scoring import ObjectiveScore
from tabletop.scenario.quantities import MINUS
from tabletop.tui.kit.box import Box
from tabletop.tui.kit.rows import shortened
from tabletop.tui.overview.overview_model import LatestPoints, OverviewModel
from tabletop.tui.overview.wording import at_time

_LOW, _HIGH = 40.0, 70.0
_TEAMS = 80
"""Cells from which there is room for each team's count."""
_BARS = 44
"""Cells from which there is room for a bar."""
_ANCHORS = 34
"""Cells from which there is room for silence, chance and the best found."""
_COLUMN = 7
"""Cells of each of those."""


class ScoresBox(Box):
    """One line an objective; where they do not fit, how many more there are, and the key that shows them."""

    _top = 0
    longer = False
    """Whether there is more than fits."""

    def turn(self, pages: int) -> None:
        """Turn the page; it is drawn at the next look."""
        self._top = max(0, self._top + pages * max(1, self.content_size.height - 1))

    def _page(self, lines: list[Content], height: int) -> list[Content]:
        """Return the lines that fit."""
        self.longer = height > 1 and len(lines) > height
        if not self.longer:
            self._top = 0
            return lines
        room = height - 1
        self._top = min(self._top, len(lines) - room)
        below = len(lines) - room - self._top
        hint = f"{below} more: PgDn" if below else "PgUp: back to the first"
        return [*lines[self._top : self._top + room], Content.styled(f" {hint}", "$text-muted")]

    def show_scores(self, model: OverviewModel, width: int, height: int) -> None:
        """Show the scores as they stand."""
        card, changes = model.scorecard(), model.changes()
        fit = width >= _ANCHORS and height > len(card.objectives)
        anchors = model.anchors if fit else None
        lines = [
            _objective(model, goal, changes.get(goal.objective), anchors, width) for goal in card.objectives
        ]
        if all(goal.score is None for goal in card.objectives):
            lines.insert(0, Content.styled("no situation has arisen yet", "$text-muted"))
        elif anchors is not None:
            lines.insert(0, _heading(width))
        self.draw(Content("\n").join(self._page(lines, height)))


def _objective(
    model: OverviewModel,
    goal: ObjectiveScore,
    change: LatestPoints | None,
    anchors: Anchors | None,
    width: int,
) -> Content:
    """Bar, how many situations went well, code and title, each team where there is room, the latest mark.

    Where there are anchors, they take the place of the latest mark.
    """
    tally, score = goal.tally, goal.score if goal.rated else None
    last = ""
    if change is not None and anchors is None:
        mark = "+" if change.points > 0 else MINUS
        last = f"{mark} {model.short[change.team]} {at_time(change.at - change.at % 60)}"
    count = f"{tally.well}/{tally.situations}" if tally.situations else "-"
    teams = Content("")
    if width >= _TEAMS:
        teams = Content.assemble(*(_team(model, team, goal) for team in goal.teams))
        last = f"{last:>14}" if anchors is None else ""
    beside = _beside(anchors, goal.objective)
    bar = (0 if width < _BARS else 5) if anchors is not None else 10 if _BARS <= width < _TEAMS else 5
    room = max(4, width - bar - 9 - len(last) - teams.cell_length - beside.cell_length)
    title = shortened(one_line(f"{goal.code} {goal.title}"), room)
    return Content.assemble(
        (f"{count:>6} ", "bold" if tally.situations else "$text-muted"),
        *_bar(score, bar),
        (f" {title:<{room}}", "" if tally.situations else "$text-muted"),
        teams,
        (f" {last}", "$text-success" if change is not None and change.points > 0 else "$text-error"),
        beside,
    )


def _beside(anchors: Anchors | None, objective: str) -> Content:
    """Return what silence, the median of chance and the best play found came to, in the same counts."""
    if anchors is None:
        return Content("")
    counts = (one.objectives.get(objective, Result()).brief for one in anchors.results)
    return Content.styled("".join(f"{count:>{_COLUMN}}" for count in counts), "$text-muted")


def _heading(width: int) -> Content:
    columns = "".join(f"{name:>{_COLUMN}}" for name in ("silent", "chance", "best"))
    return Content.styled(f"{'here':>6}{columns:>{width - 6}}", "$text-muted")


def _team(model: OverviewModel, team: str, goal: ObjectiveScore) -> Content:
    tally = goal.teams[team].tally
    text = f"{tally.well}/{tally.situations}" if tally.situations else "-"
    return Content.assemble((f"  {model.short[team]}", "$text-muted"), f"{text:>6}")


def _bar(score: float | None, cells: int) -> tuple[tuple[str, str], tuple[str, str]]:
    """Coloured cells: a drawn bar would be two cells a sign in some East Asian fonts."""
    if score is None:
        return (("", ""), (" " * cells, "on $boost"))
    filled = round(score / 100 * cells)
    colour = "$error" if score < _LOW else "$warning" if score < _HIGH else "$success"
    return ((" " * filled, f"on {colour}"), (" " * (cells - filled), "on $boost"))
