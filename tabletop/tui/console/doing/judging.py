"""What people judge: notes, observations, adjustments of a score, ratings."""

from __future__ import annotations

from functools import partial
from typing import Final, Literal, cast

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.state import Stage
from tabletop.rules.ratings import Letter, propose
from tabletop.tui.console.desk import ConsoleCommand, Desk, Group
from tabletop.tui.console.dialogs.fields import Field, OneField, TextField, Values
from tabletop.tui.console.dialogs.form import Form
from tabletop.tui.console.dialogs.rating import RatingForm, Standing
from tabletop.tui.widgets.rows import Part

_STARTED = frozenset(Stage) - {Stage.READY, Stage.CLOSED}
_KINDS = (("", "neither"), ("strength", "strength"), ("improvement", "area for improvement"))


def _note(desk: Desk) -> None:
    fields: list[Field] = [TextField("text", "Note")]
    form = Form(
        "Note", fields, lambda values: c.Note(text=values.text("text")), desk.submit, draft=desk.draft("note")
    )
    desk.ask(form)


def _teams(desk: Desk) -> list[tuple[str, str]]:
    return [(team, known.name) for team, known in desk.model.scenario.teams.items()]


def _objectives(desk: Desk) -> list[tuple[str, str]]:
    return [(name, f"{goal.code} {goal.title}") for name, goal in desk.model.scenario.objectives.items()]


def _subjects(desk: Desk) -> list[tuple[str, str]]:
    """The inject under the cursor, what has gone out, the latest first, and what was asked."""
    model = desk.model
    rows = sorted((row for row in model.rows() if row.sent is not None), key=lambda row: -(row.sent or 0))
    if desk.row is not None and desk.row not in rows:
        rows.append(desk.row)
    asked = dict.fromkeys(decision for decision, _ in model.state.decisions)
    decisions = [
        (name, f"{model.decision(name).code or ''} {model.decision(name).title}".strip()) for name in asked
    ]
    return [*((row.entry, f"{row.code} {row.title}".strip()) for row in rows), *decisions]


def _observe(desk: Desk) -> None:
    draft = desk.draft("observe")
    fields: list[Field] = [
        TextField("text", "Seen"),
        OneField("kind", "It is", _KINDS, value=""),
        OneField("about", "About", [("", "the exercise"), *_subjects(desk)], value=""),
        OneField("team", "Team", [("", "all"), *_teams(desk)], value=""),
        OneField("objective", "Objective", [("", "none"), *_objectives(desk)], value=""),
    ]
    desk.ask(Form("Observation", fields, _observe_command, desk.submit, draft=draft))


def _observe_command(values: Values) -> c.Observe:
    kind = cast(Literal["strength", "improvement"] | None, values.one("kind") or None)
    return c.Observe(
        text=values.text("text"),
        about=values.one("about") or None,
        team=values.one("team") or None,
        objective=values.one("objective") or None,
        kind=kind,
    )


def _adjust(desk: Desk) -> None:
    teams, objectives = _teams(desk), _objectives(desk)
    fields: list[Field] = [
        OneField("team", "Team", teams, value=teams[0][0]),
        OneField("objective", "Objective", objectives, value=objectives[0][0]),
        OneField(
            "points", "Points", [(points, points) for points in ("-1", "-0.5", "+0.5", "+1")], value="+0.5"
        ),
        TextField("reason", "Reason"),
    ]
    intro: list[tuple[Part, ...]] = [
        (("The value that the rules gave stays beside it in the report.", "dim"),)
    ]
    desk.ask(
        Form("Adjust a score", fields, _adjust_command, desk.submit, intro=intro, draft=desk.draft("adjust"))
    )


def _adjust_command(values: Values) -> c.Adjust:
    return c.Adjust(
        team=values.one("team"),
        objective=values.one("objective"),
        points=float(values.one("points")),
        reason=values.text("reason"),
    )


def _grade(desk: Desk) -> None:
    draft = desk.draft("grade")
    desk.ask(RatingForm(_objectives(desk), _teams(desk), partial(_rated, desk), desk.submit, draft))


def _rated(desk: Desk, objective: str, team: str | None) -> Standing:
    """The score as it stands, for one team or for all, and the latest rating."""
    goal = desk.model.scorecard().objective(objective)
    score = goal.score if team is None else goal.teams[team].score
    given: Letter | None = next(
        (
            sight.event.rating
            for sight in reversed(desk.model.sights)
            if isinstance(sight.event, e.RatingGiven)
            and (sight.event.objective, sight.event.team) == (objective, team)
        ),
        None,
    )
    return Standing(score, propose(score, desk.model.scenario.ratings), given)


JUDGING: Final = Group(
    "Judging",
    (
        ConsoleCommand(
            "note",
            "n",
            "N",
            "Note",
            "Take a note for yourself and for the report",
            _note,
            lambda desk: desk.model.stage is not Stage.CLOSED,
            rank=13,
        ),
        ConsoleCommand(
            "observe",
            "o",
            "O",
            "Observe",
            "Record what was seen, tied to an inject, a decision, a team or an objective",
            _observe,
            lambda desk: desk.model.stage in _STARTED,
            rank=14,
        ),
        ConsoleCommand(
            "adjust",
            "t",
            "T",
            "Adjust score",
            "Change a team's score on an objective by up to one point, with a reason",
            _adjust,
            lambda desk: desk.model.stage in _STARTED,
            rank=46,
        ),
        ConsoleCommand(
            "grade",
            "y",
            "Y",
            "Rate",
            "Rate how an objective was performed: P, S, M or U, with a note",
            _grade,
            lambda desk: desk.model.stage in _STARTED,
            rank=47,
        ),
    ),
)
