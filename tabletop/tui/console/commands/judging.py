"""What people judge: notes, observations, adjustments of a score, ratings."""

from __future__ import annotations

from typing import Final

from tabletop.exercise import commands as c
from tabletop.tui.console.console import Console
from tabletop.tui.console.reasons import allowed
from tabletop.tui.kit.command_registry import CommandGroup, ScreenCommand
from tabletop.tui.kit.fields import TextField
from tabletop.tui.kit.form import Form
from tabletop.tui.overview.judging import (
    adjustment_form,
    lists_actions,
    observation_form,
    rating_form,
    tick_form,
)


def _note(console: Console, _about: str = "") -> Form:
    return Form(
        "Note",
        console.pending,
        console.draft("note"),
        fields=[TextField("text", "Note")],
        build=lambda given: c.Note(**given),
    )


def _observe(console: Console, _about: str = "") -> Form:
    """About the inject under the cursor as well, or about the one that the draft names."""
    draft = console.draft("observe")
    chosen = console.model.msel.row(str(draft.before.choices.get("about", "")))
    return observation_form(console.model, console.pending, draft, row=chosen or console.row)


def _adjust(console: Console, _about: str = "") -> Form:
    return adjustment_form(console.model, console.pending, console.draft("adjust"))


def _grade(console: Console, _about: str = "") -> Form:
    return rating_form(console.model, console.pending, console.draft("grade"))


def _tick(console: Console, _about: str = "") -> Form:
    about = console.row.entry if console.row is not None else ""
    return tick_form(console.model, console.pending, console.draft("tick"), about=about)


JUDGING: Final[CommandGroup[Console]] = CommandGroup(
    "Judging",
    (
        ScreenCommand(
            "note",
            "n",
            "Note",
            "Take a note for yourself; it is kept in the log, not in the report",
            lambda console: console.ask(_note(console)),
            allowed(c.Note),
            rank=13,
            form=_note,
        ),
        ScreenCommand(
            "observe",
            "o",
            "Observe",
            "Record what was seen, tied to an inject, a decision, a team or an objective",
            lambda console: console.ask(_observe(console)),
            allowed(c.Observe),
            rank=14,
            form=_observe,
        ),
        ScreenCommand(
            "adjust",
            "t",
            "Adjust score",
            "Change a team's score on an objective by up to one point, with a reason",
            lambda console: console.ask(_adjust(console)),
            allowed(c.Adjust),
            rank=46,
            form=_adjust,
        ),
        ScreenCommand(
            "grade",
            "y",
            "Rate",
            "Rate how an objective was performed: P, S, M or U, with a note",
            lambda console: console.ask(_grade(console)),
            allowed(c.Grade),
            rank=47,
            form=_grade,
        ),
        ScreenCommand(
            "tick",
            "l",
            "Expected",
            "Tick an expected action of an inject as done or not seen",
            lambda console: console.ask(_tick(console)),
            allowed(c.Tick),
            rank=49,
            form=_tick,
            hidden=lambda console: not (console.model.version and lists_actions(console.model)),
        ),
    ),
)
