"""`tabletop explain`: show the reason of each point, and what would have changed it."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from shlex import quote
from shutil import get_terminal_size
from typing import Final

import click

from tabletop.cli.records import read_records
from tabletop.errors import InputError
from tabletop.exercise.events import ExerciseCreated, Record
from tabletop.exercise.losses import loss_sentence
from tabletop.exercise.marking import MARKING, practice_sentence
from tabletop.pages.text import TextPage
from tabletop.report.explaining import explain
from tabletop.report.json import explanation_data, harmless, plain
from tabletop.report.model.explanation import Explanation
from tabletop.report.sections.anchors import write_anchors
from tabletop.report.sections.changes import write_improvements
from tabletop.report.sections.explanation import write_explanation
from tabletop.report.sections.explanation_summary import write_explanation_summary
from tabletop.rules.anchors import AnchorTable, anchor_table
from tabletop.rules.scoring import score_log
from tabletop.rules.version import rescored_sentence
from tabletop.scenario.resolving import Resolver

_WIDEST: Final = 100
"""Maximum cells per line: longer lines are hard to read aloud."""


@click.command("explain")
@click.argument("log", metavar="LOG")
@click.option("--team", metavar="TEAM", help="Only what concerns this team, by its id or name.")
@click.option("--objective", metavar="OBJECTIVE", help="Only this objective, by its id or code.")
@click.option("--all", "everything", is_flag=True, help="Every mark of every team, with its reason.")
@click.option("--no-what-if", "what_if", flag_value=False, default=True, help="Only what happened.")
@click.option("--best", is_flag=True, help="Only the five changes that would have helped most.")
@click.option("--json", "as_json", is_flag=True, help="Print the explanation as JSON.")
def command(
    log: str,
    team: str | None,
    objective: str | None,
    *,
    everything: bool,
    what_if: bool,
    best: bool,
    as_json: bool,
) -> int:
    """Explain every mark of LOG: sentences to read aloud, each with what it rests on.

    Without --team, --objective or --all it says in a few lines what each team came to, and where to look.
    With one of them every mark stands with its reason, after a table of all that could move the bar.
    Beneath each score stands what would have helped it, each with its price elsewhere, and what saved it.
    Tried are another option, the same option on time, one card shared, one consultation, and choices of
    several teams that fit. LOG is a log file or the name of an exercise.
    """
    if best and not what_if:
        raise InputError("--best shows what would have helped most: leave out --no-what-if.")
    path, records, _, code = read_records(log)
    try:
        created = records[0].event if records else None
        if not isinstance(created, ExerciseCreated):
            raise ValueError("it creates no exercise")
        words = Resolver(created.scenario)
        explanation = explain(
            records,
            team=None if team is None else words.team(team),
            objective=None if objective is None else words.objective(objective),
            what_if=what_if,
        )
    except (ValueError, LookupError) as error:
        raise InputError(
            f"{path} holds no exercise that can be explained: {error}. `tabletop verify {path}` says more."
        ) from error
    told = _Told(explanation, anchor_table(created.anchors, score_log(records)), _notes(created, records))
    if as_json:
        click.echo(told.as_json(best=best))
    else:
        in_full = everything or team is not None or objective is not None
        click.echo(told.as_text(log, best=best, in_full=in_full), nl=False)
    return code


def _notes(created: ExerciseCreated, records: Sequence[Record]) -> dict[str, str]:
    """Return what a reader has to know before any score, by its key in JSON."""
    notes = {
        "practice": practice_sentence(created.players),
        "incomplete": loss_sentence(records),
        "rescored": rescored_sentence(created.rules_version, created.program),
    }
    return {key: note for key, note in notes.items() if note}


@dataclass(frozen=True, slots=True)
class _Told:
    """An explanation with what stands above it."""

    explanation: Explanation
    anchors: AnchorTable | None
    notes: Mapping[str, str]

    def as_json(self, *, best: bool) -> str:
        """Return it as JSON; `best` leaves out all but the changes that would have helped most."""
        data = explanation_data(self.explanation)
        if best:
            del data["explained"]
        data |= self.notes
        data |= {"anchors": plain(self.anchors)} if self.anchors is not None else {}
        return harmless(json.dumps(data, ensure_ascii=False, indent=1))

    def as_text(self, log: str, *, best: bool, in_full: bool) -> str:
        """Return it for the terminal: the changes that helped most, every mark, or a summary."""
        page, found = TextPage(_width(), marking=MARKING), self.explanation
        told = "what would have helped most" if best else "why each point was given"
        page.heading(2, f"{found.exercise} ({found.scenario}): {told}")
        for note in self.notes.values():
            page.paragraph(note)
        if best:
            write_improvements(page, found.best)
            return page.text()
        write_anchors(page, self.anchors)
        if in_full:
            write_explanation(page, found)
        else:
            write_explanation_summary(page, found, _deeper(log, found))
        return page.text()


def _deeper(log: str, found: Explanation) -> list[str]:
    """Return the commands that show more, with a team and an objective of this exercise."""
    log, known = quote(log), found.explained
    one = min(known, key=lambda score: score.earned, default=None)
    ways = [f"tabletop explain {log} --all  everything", f"tabletop explain {log} --json  the same as data"]
    if one is None:
        return ways
    team, goal = quote(one.team), quote(one.code)
    return [
        f"tabletop explain {log} --team {team} --objective {goal}  one result",
        f"tabletop explain {log} --team {team}  one team",
        f"tabletop explain {log} --objective {goal}  one objective",
        *ways,
    ]


def _width() -> int:
    return min(_WIDEST, get_terminal_size().columns) if sys.stdout.isatty() else _WIDEST
