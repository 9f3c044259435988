"""What people judge: notes, observations, adjustments of a score, ratings."""

from __future__ import annotations

from typing import Final

from tabletop.exercise import commands as c
from tabletop.plaintext import in_quotes
from tabletop.tui.console.console import Console
from tabletop.tui.console.reasons import allowed, first_of, unless
from tabletop.tui.kit.command_registry import CommandGroup, ScreenCommand
from tabletop.tui.kit.fields import TextField
from tabletop.tui.kit.form import Form
from tabletop.tui.kit.list_window import ListItem, ListWindow
from tabletop.tui.kit.rows import Part, shortened
from tabletop.tui.overview.judging import (
    adjustment_form,
    no_actions,
    observation_form,
    rating_form,
    tick_form,
)
from tabletop.tui.overview.write_ins import judging_form


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


def _judge(console: Console) -> None:
    """Judge the only answer in a team's own words, or choose one: those to be judged stand first."""
    answers = console.model.state.answers
    if len(answers) == 1:
        _judge_one(console, answers[0])
        return
    chosen = ListWindow[tuple[str, str]](
        "Judge an answer in a team's own words", [_written(console, key) for key in answers], verb="judge it"
    )
    console.ask(chosen, lambda key: _judge_one(console, key))


def _judge_one(console: Console, key: tuple[str, str]) -> None:
    form = _judge_form(console, " ".join(key))
    if form is not None:
        console.ask(form)


def _written(console: Console, key: tuple[str, str]) -> ListItem[tuple[str, str]]:
    asked, known = console.model.state.decisions[key], console.model.decision(key[0])
    mark: Part = ("to judge  ", "warn") if asked.to_judge else ("judged    ", "dim")
    who: Part = (f"{console.model.team(key[1]):<12} ", "strong")
    words: Part = (in_quotes(shortened(asked.words, 80)), "plain")
    return ListItem(key, (mark, who, (f"{known.code or known.title:<5} ", "new"), words))


def _judge_form(console: Console, about: str = "") -> Form | None:
    """Make the form for an answer, ``alert tokyo``; None if it is no answer in own words any more."""
    decision, _, team = about.partition(" ")
    if (decision, team) not in console.model.state.answers:
        return None
    draft = console.draft(f"judge {about}")
    return judging_form(console.model, decision, team, console.pending, draft)


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
            "judge",
            "ctrl+g",
            "Judge answer",
            "Judge a decision in a team's own words: as an option, or objective by objective",
            _judge,
            first_of(
                allowed(c.Judge),
                unless(
                    lambda console: bool(console.model.state.answers),
                    "No team has answered in its own words.",
                ),
            ),
            rank=15,
            form=_judge_form,
            shown_as="Ctrl+G",
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
            "ctrl+t",
            "Expected",
            "Tick an expected action of an inject as done or not seen",
            lambda console: console.ask(_tick(console)),
            first_of(allowed(c.Tick), lambda console: no_actions(console.model)),
            rank=49,
            form=_tick,
            shown_as="Ctrl+T",
        ),
    ),
)
