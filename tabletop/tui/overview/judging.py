"""Forms for what people judge: observations, adjustments of a score, ratings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.state import ActionTick
from tabletop.rules.ratings import Rating, given_ratings, proposed_for
from tabletop.scenario.gametime import parse_time
from tabletop.tui.kit.fields import LineField, OneField, TextField
from tabletop.tui.kit.form import Form
from tabletop.tui.kit.form_draft import FormDraft
from tabletop.tui.kit.pending import PendingCommands
from tabletop.tui.kit.rows import Line, Part
from tabletop.tui.overview.msel import MselRow
from tabletop.tui.overview.overview_model import OverviewModel
from tabletop.tui.overview.own_ratings import OwnRatings
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
    """Make the form of an observation, `about` to begin with. `row` may be chosen before it goes out."""
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
    """Make the form that changes a score, with a reason."""
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


NOTHING_SENT: Final = "No inject that says what is expected has gone out yet."


def tick_form(model: OverviewModel, pending: PendingCommands, draft: FormDraft, *, about: str = "") -> Form:
    """Make the form of an expected action, seen done or not. `about` is the inject to begin with."""
    actions = _actions(model)
    first = next((key for key, _ in actions if key.startswith(f"{about}/")), actions[0][0] if actions else "")
    fields = [
        OneField(
            "action",
            "Expected",
            actions or [("", "nothing yet")],
            value=first,
            needed=NOTHING_SENT,
        ),
        OneField("outcome", "It was", [("done", "done"), ("not-seen", "not seen")], value="done"),
        OneField("team", "Team", [("", "as expected"), *_teams(model)], value=""),
        LineField("happened", "Done at", hint="now; else the game time, as T+36"),
        TextField("note", "Note"),
    ]
    return Form("Tick an expected action", pending, draft, fields=fields, build=_tick)


def _time(typed: str) -> str | None:
    """Return a game time as commands have it; None for now. Raises `ValueError` in words."""
    text = typed.strip().upper()
    if not text:
        return None
    written = f"T+{text}" if text[0].isdigit() else text
    parse_time(written)
    return written


def _tick(given: dict[str, Any]) -> c.Tick:
    inject, _, number = given["action"].rpartition("/")
    happened = _time(given["happened"])
    return c.Tick.model_validate({**given, "inject": inject, "action": int(number), "happened": happened})


def _actions(model: OverviewModel) -> list[tuple[str, str]]:
    """Return the expected actions of injects that have gone out, the latest inject first."""
    rows = sorted((one for one in model.rows() if one.sent is not None), key=lambda one: -(one.sent or 0))
    found = []
    for row in rows:
        planned = model.scenario.entries.get(row.entry)
        for number, action in enumerate(planned.inject.actions if planned else (), 1):
            who = f"{model.team(action.team)}: " if action.team else ""
            found.append((f"{row.entry}/{number}", f"{row.code} {who}{action.words}".strip()))
    return found


def no_actions(model: OverviewModel) -> str:
    """Say why no expected action can be ticked now; nothing if one can."""
    if not any(entry.inject.actions for entry in model.scenario.timeline):
        return "No inject of this scenario says what is expected, so there is nothing to tick."
    return "" if _actions(model) else NOTHING_SENT


def rating_form(model: OverviewModel, pending: PendingCommands, draft: FormDraft) -> Form:
    """How an objective was performed."""
    return RatingForm(_objectives(model), _teams(model), partial(_basis, model, pending), pending, draft)


def _teams(model: OverviewModel) -> list[tuple[str, str]]:
    return [(team, known.name) for team, known in model.scenario.teams.items()]


def _objectives(model: OverviewModel) -> list[tuple[str, str]]:
    return [(name, f"{goal.code} {goal.title}") for name, goal in model.scenario.objectives.items()]


def _subjects(model: OverviewModel, row: MselRow | None) -> list[tuple[str, str]]:
    """Return what has gone out, the latest first, an inject that has not, and what was asked."""
    rows = sorted((one for one in model.rows() if one.sent is not None), key=lambda one: -(one.sent or 0))
    if row is not None and row not in rows:
        rows.append(row)
    asked = dict.fromkeys(decision for decision, _ in model.state.decisions)
    decisions = [
        (name, f"{model.decision(name).code or ''} {model.decision(name).title}".strip()) for name in asked
    ]
    return [*((one.entry, f"{one.code} {one.title}".strip()) for one in rows), *decisions]


def _basis(model: OverviewModel, pending: PendingCommands, objective: str, team: str | None) -> RatingBasis:
    """Return what is known of an objective for one team or for all, and what this person gave."""
    records = [sight.record() for sight in model.sights if isinstance(sight.event, e.RatingGiven)]
    given = given_ratings(records).get((objective, team), ())
    goal = model.scorecard().objective(objective)
    standing = goal if team is None else goal.teams[team]
    mine = OwnRatings.at(model, pending).names
    return RatingBasis(
        Rating(objective, team, proposed_for(standing, model.scenario.ratings), given),
        standing.tally,
        own=next((one.letter for one in given if one.by in mine), None),
        actions=tuple(_expected_of(model, objective, team)),
        themselves=tuple(
            (known.name, letter)
            for one, known in model.scenario.teams.items()
            if team in (None, one) and (letter := model.state.self_rating(one, objective)) is not None
        ),
    )


def _expected_of(model: OverviewModel, objective: str, team: str | None) -> Iterator[Line]:
    """Yield the expected actions for an objective whose injects have gone out, each with its latest ticks."""
    for row in model.rows():
        planned = model.scenario.entries.get(row.entry) if row.sent is not None else None
        for number, action in enumerate(planned.inject.actions if planned else (), 1):
            if action.objective == objective and (team is None or action.team in (None, team)):
                ticks = [
                    tick
                    for (entry, place, of, _), tick in model.state.ticks.items()
                    if (entry, place) == (row.entry, number) and (team is None or of in ("", team))
                ]
                yield (_ticked(ticks), (f"{row.code} {action.words}".strip(), "plain"))


def _ticked(ticks: Sequence[ActionTick]) -> Part:
    if not ticks:
        return ("not ticked  ", "dim")
    if len({tick.done for tick in ticks}) > 1:
        return ("done and not seen  ", "warn")
    return ("done  ", "good") if ticks[0].done else ("not seen  ", "bad")
