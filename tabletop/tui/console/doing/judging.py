"""What people judge: notes, observations, adjustments of a score, ratings."""

from __future__ import annotations

from typing import Final

from tabletop.exercise import commands as c
from tabletop.tui.console.desk import ConsoleCommand, Desk, Group
from tabletop.tui.console.reasons import allowed
from tabletop.tui.kit.fields import Field, TextField
from tabletop.tui.kit.form import Form
from tabletop.tui.overview.judging import adjustment_form, observation_form, rating_form


def _note(desk: Desk, _about: str = "") -> Form:
    fields: list[Field] = [TextField("text", "Note")]
    draft = desk.draft("note")
    return Form("Note", fields, lambda values: c.Note(text=values.text("text")), desk.submit, draft=draft)


def _observe(desk: Desk, _about: str = "") -> Form:
    """About the inject under the cursor as well, or about the one that the draft names."""
    draft = desk.draft("observe")
    chosen = desk.model.msel.row(str(draft.before.choices.get("about", "")))
    return observation_form(desk.model, desk.submit, draft, row=chosen or desk.row)


def _adjust(desk: Desk, _about: str = "") -> Form:
    return adjustment_form(desk.model, desk.submit, desk.draft("adjust"))


def _grade(desk: Desk, _about: str = "") -> Form:
    return rating_form(desk.model, desk.submit, desk.draft("grade"))


JUDGING: Final = Group(
    "Judging",
    (
        ConsoleCommand(
            "note",
            "n",
            "N",
            "Note",
            "Take a note for yourself; it is kept in the log, not in the report",
            lambda desk: desk.ask(_note(desk)),
            allowed(c.Note),
            rank=13,
            form=_note,
        ),
        ConsoleCommand(
            "observe",
            "o",
            "O",
            "Observe",
            "Record what was seen, tied to an inject, a decision, a team or an objective",
            lambda desk: desk.ask(_observe(desk)),
            allowed(c.Observe),
            rank=14,
            form=_observe,
        ),
        ConsoleCommand(
            "adjust",
            "t",
            "T",
            "Adjust score",
            "Change a team's score on an objective by up to one point, with a reason",
            lambda desk: desk.ask(_adjust(desk)),
            allowed(c.Adjust),
            rank=46,
            form=_adjust,
        ),
        ConsoleCommand(
            "grade",
            "y",
            "Y",
            "Rate",
            "Rate how an objective was performed: P, S, M or U, with a note",
            lambda desk: desk.ask(_grade(desk)),
            allowed(c.Grade),
            rank=47,
            form=_grade,
        ),
    ),
)
