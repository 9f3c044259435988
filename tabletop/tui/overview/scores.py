"""The scores panel: a bar for each objective, and the latest points."""

from __future__ import annotations

from textual.content import Content

from tabletop.plaintext import one_line
from tabletop.rules.scoring import ObjectiveScore
from tabletop.tui.kit.box import Box
from tabletop.tui.kit.rows import shortened
from tabletop.tui.overview.overview_model import LatestPoints, OverviewModel
from tabletop.tui.overview.wording import at_time

_LOW, _HIGH = 40.0, 70.0
_TEAMS = 72
"""Cells from which there is room for each team's score."""


class ScoresBox(Box):
    """One line an objective."""

    def show_scores(self, model: OverviewModel, width: int, height: int) -> None:
        """Show the scores as they stand."""
        card, changes = model.scorecard(), model.changes()
        lines = [_objective(model, goal, changes.get(goal.objective), width) for goal in card.objectives]
        overall = card.overall
        words = "no decision has moved a score yet" if overall is None else f"{overall:5.0f} overall"
        lines = [
            *lines[: max(1, height - 1)],
            Content.styled(words, "bold" if overall is not None else "$text-muted"),
        ]
        self.draw(Content("\n").join(lines))


def _objective(
    model: OverviewModel, goal: ObjectiveScore, change: LatestPoints | None, width: int
) -> Content:
    """Score, bar, code and title, each team's score where there is room, and the latest points."""
    score = goal.score
    last = ""
    if change is not None:
        last = f"{change.points:+g} {model.short[change.team]} {at_time(change.at - change.at % 60)}"
    teams = Content("")
    if width >= _TEAMS:
        teams = Content.assemble(*(_team(model, team, goal) for team in goal.teams))
        last = f"{last:>14}"
    bar = 10 if 44 <= width < _TEAMS else 5
    room = max(4, width - bar - 8 - len(last) - teams.cell_length)
    title = shortened(one_line(f"{goal.code} {goal.title}"), room)
    return Content.assemble(
        (f"{score:5.0f} " if score is not None else "    - ", "bold" if score is not None else "$text-muted"),
        *_bar(score, bar),
        (f" {title:<{room}}", "" if score is not None else "$text-muted"),
        teams,
        (f" {last}", "$text-success" if change is not None and change.points > 0 else "$text-error"),
    )


def _team(model: OverviewModel, team: str, goal: ObjectiveScore) -> Content:
    score = goal.teams[team].score
    text = "-" if score is None else f"{score:.0f}"
    return Content.assemble((f"  {model.short[team]}", "$text-muted"), f"{text:>4}")


def _bar(score: float | None, cells: int) -> tuple[tuple[str, str], tuple[str, str]]:
    """Coloured cells: a drawn bar would be two cells a sign in some East Asian fonts."""
    if score is None:
        return (("", ""), (" " * cells, "on $boost"))
    filled = round(score / 100 * cells)
    colour = "$error" if score < _LOW else "$warning" if score < _HIGH else "$success"
    return ((" " * filled, f"on {colour}"), (" " * (cells - filled), "on $boost"))
