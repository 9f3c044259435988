"""Forms for what people judge: observations, adjustments of a score, ratings."""

from __future__ import annotations

from functools import partial

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.rules.ratings import Letter, proposed_for
from tabletop.tui.kit.fields import OneField, TextField
from tabletop.tui.kit.form import Form
from tabletop.tui.kit.form_draft import FormDraft
from tabletop.tui.kit.pending import PendingCommands
from tabletop.tui.kit.rows import Line
from tabletop.tui.overview.msel import MselRow
from tabletop.tui.overview.overview_model import OverviewModel
from tabletop.tui.overview.rating import RatingBasis, RatingForm

_POINTS = ("-1", "+1")
_KINDS = (("", "neither"), ("strength", "strength"), ("improvement", "area for improvement"))


def observation_form(
    model: OverviewModel,
    pending: PendingCommands,
    draft: FormDraft,
    *,
    row: MselRow | None = None,
    about: str = "",
) -> Form:
    """What was seen. `row` may be chosen besides what has gone out; `about` is chosen to begin with."""
    subjects = _subjects(model, row)
    known = {subject for subject, _ in subjects}
    fields = [
        TextField("text", "Seen"),
        OneField("kind", "It is", _KINDS, value=""),
        OneField("about", "About", [("", "the exercise"), *subjects], value=about if about in known else ""),
        OneField("team", "Team", [("", "all"), *_teams(model)], value=""),
        OneField("objective", "Objective", [("", "none"), *_objectives(model)], value=""),
    ]
    return Form("Observation", pending, draft, fields=fields, build=lambda given: c.Observe(**given))


def adjustment_form(model: OverviewModel, pending: PendingCommands, draft: FormDraft) -> Form:
    """A change of a score, with a reason."""
    teams, objectives = _teams(model), _objectives(model)
    fields = [
        OneField("team", "Team", teams, value=teams[0][0]),
        OneField("objective", "Objective", objectives, value=objectives[0][0]),
        OneField("points", "Mark", [(points, points) for points in _POINTS], value="+1", convert=float),
        TextField("reason", "Reason"),
    ]
    intro: list[Line] = [(("The value that the rules gave stays beside it in the report.", "dim"),)]
    return Form(
        "Adjust a score", pending, draft, fields=fields, build=lambda given: c.Adjust(**given), intro=intro
    )


def rating_form(model: OverviewModel, pending: PendingCommands, draft: FormDraft) -> Form:
    """How an objective was performed."""
    return RatingForm(_objectives(model), _teams(model), partial(_rated, model), pending, draft)


def _teams(model: OverviewModel) -> list[tuple[str, str]]:
    return [(team, known.name) for team, known in model.scenario.teams.items()]


def _objectives(model: OverviewModel) -> list[tuple[str, str]]:
    return [(name, f"{goal.code} {goal.title}") for name, goal in model.scenario.objectives.items()]


def _subjects(model: OverviewModel, row: MselRow | None) -> list[tuple[str, str]]:
    """What has gone out, the latest first, an inject that has not, and what was asked."""
    rows = sorted((one for one in model.rows() if one.sent is not None), key=lambda one: -(one.sent or 0))
    if row is not None and row not in rows:
        rows.append(row)
    asked = dict.fromkeys(decision for decision, _ in model.state.decisions)
    decisions = [
        (name, f"{model.decision(name).code or ''} {model.decision(name).title}".strip()) for name in asked
    ]
    return [*((one.entry, f"{one.code} {one.title}".strip()) for one in rows), *decisions]


def _rated(model: OverviewModel, objective: str, team: str | None) -> RatingBasis:
    """The score as it stands, for one team or for all, and the latest rating."""
    goal = model.scorecard().objective(objective)
    standing = goal if team is None else goal.teams[team]
    given: Letter | None = next(
        (
            sight.event.rating
            for sight in reversed(model.sights)
            if isinstance(sight.event, e.RatingGiven)
            and (sight.event.objective, sight.event.team) == (objective, team)
        ),
        None,
    )
    return RatingBasis(standing.tally, proposed_for(standing, model.scenario.ratings), given)
