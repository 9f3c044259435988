"""What people judge: notes, observations, adjustments of a score, ratings."""

from __future__ import annotations

from typing import Final

from tabletop.exercise import commands as c
from tabletop.tui.console.desk import ConsoleCommand, Desk, Group
from tabletop.tui.console.dialogs.fields import Field, TextField
from tabletop.tui.console.dialogs.form import Form
from tabletop.tui.console.dialogs.judging import adjustment_form, observation_form, rating_form
from tabletop.tui.console.reasons import OPEN, STARTED, only_in


def _note(desk: Desk) -> None:
    fields: list[Field] = [TextField("text", "Note")]
    form = Form(
        "Note", fields, lambda values: c.Note(text=values.text("text")), desk.submit, draft=desk.draft("note")
    )
    desk.ask(form)


def _observe(desk: Desk) -> None:
    desk.ask(observation_form(desk.model, desk.submit, desk.draft("observe"), row=desk.row))


def _adjust(desk: Desk) -> None:
    desk.ask(adjustment_form(desk.model, desk.submit, desk.draft("adjust")))


def _grade(desk: Desk) -> None:
    desk.ask(rating_form(desk.model, desk.submit, desk.draft("grade")))


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
            only_in(*OPEN),
            rank=13,
        ),
        ConsoleCommand(
            "observe",
            "o",
            "O",
            "Observe",
            "Record what was seen, tied to an inject, a decision, a team or an objective",
            _observe,
            only_in(*STARTED),
            rank=14,
        ),
        ConsoleCommand(
            "adjust",
            "t",
            "T",
            "Adjust score",
            "Change a team's score on an objective by up to one point, with a reason",
            _adjust,
            only_in(*STARTED),
            rank=46,
        ),
        ConsoleCommand(
            "grade",
            "y",
            "Y",
            "Rate",
            "Rate how an objective was performed: P, S, M or U, with a note",
            _grade,
            only_in(*STARTED),
            rank=47,
        ),
    ),
)
