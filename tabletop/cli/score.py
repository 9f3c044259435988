"""`tabletop score`: print the coordination scorecard of a log, as text or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from tabletop.cli.other_rules import other_data, other_lines, score_by
from tabletop.cli.records import read_records
from tabletop.cli.scorecard_text import ScorecardText
from tabletop.errors import InputError
from tabletop.exercise.apply import fold
from tabletop.exercise.consent import consent_data, consent_sentence
from tabletop.exercise.events import ExerciseCreated, Record
from tabletop.exercise.losses import loss_sentence
from tabletop.exercise.marking import practice_sentence
from tabletop.exercise.state import Exercise
from tabletop.pages.text import TextPage
from tabletop.report.json import harmless, plain
from tabletop.report.sections.anchors import write_anchors
from tabletop.rules.anchors import AnchorTable, anchor_table
from tabletop.rules.ratings import Rating, ratings, ratings_data
from tabletop.rules.scorefile import to_data
from tabletop.rules.scoring import Scorecard, score_log
from tabletop.rules.version import rescored_sentence

_ANCHORS_WIDE: Final = 100
"""Cells that the anchors may take."""


@click.command("score")
@click.argument("log", metavar="LOG")
@click.option(
    "--rules",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Also score it by the rules of this framework or scenario file, and show the difference.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the scorecard as JSON.")
def command(log: str, rules: Path | None, as_json: bool) -> int:
    """Show the scorecard of LOG: how the situations went, and every mark with its reason.

    LOG is a log file or the name of an exercise.
    """
    path, records, _, code = read_records(log)
    try:
        scored = _scored(records)
    except (ValueError, LookupError) as error:
        raise InputError(
            f"{path} holds no exercise that can be scored: {error}. `tabletop verify {path}` says more."
        ) from error
    by_other = (rules, score_by(rules, records)) if rules is not None else None
    if as_json:
        click.echo(harmless(json.dumps(scored.data(by_other), ensure_ascii=False, indent=1)))
    else:
        for line in scored.lines(by_other):
            click.echo(line)
    return code


def _scored(records: Sequence[Record]) -> _Scored:
    """Score the records. Raises `ValueError` or `LookupError` if they hold no exercise."""
    if not records:
        raise ValueError("the log is empty")
    card, created = score_log(records), records[0].event
    if not isinstance(created, ExerciseCreated):
        raise ValueError("it creates no exercise")
    return _Scored(
        card,
        created,
        fold(records),
        ratings(card, records, created.scenario.ratings),
        anchor_table(created.anchors, card),
        loss_sentence(records),
    )


@dataclass(frozen=True, slots=True)
class _Scored:
    """A scorecard with what has to be known to read it."""

    card: Scorecard
    created: ExerciseCreated
    state: Exercise
    rated: tuple[Rating, ...]
    anchors: AnchorTable | None
    incomplete: str

    @property
    def practice(self) -> str:
        return practice_sentence(self.created.players)

    @property
    def rescored(self) -> str:
        return rescored_sentence(self.created.rules_version, self.created.program)

    def data(self, by_other: tuple[Path, Scorecard] | None) -> dict[str, Any]:
        """Return everything for programs; what does not apply is left out."""
        beside = {
            "consent": consent_data(self.state),
            "practice": self.practice or None,
            "incomplete": self.incomplete or None,
            "rescored": self.rescored or None,
            "anchors": plain(self.anchors) if self.anchors is not None else None,
            "ratings": ratings_data(self.rated),
            "other": other_data(by_other[0], self.card, by_other[1]) if by_other is not None else None,
        }
        return to_data(self.card) | {key: value for key, value in beside.items() if value is not None}

    def lines(self, by_other: tuple[Path, Scorecard] | None) -> Iterator[str]:
        """Yield everything for people."""
        written = ScorecardText(self.card, self.created.scenario)
        compared = [self.practice, ""] if self.practice else []
        if consent_data(self.state) is not None:
            compared += [f"rules and objectives: {consent_sentence(self.state)}", ""]
        compared += [*_anchor_lines(self.anchors), *written.ratings(self.rated)]
        if by_other is not None:
            compared += [*other_lines(by_other[0], self.card, by_other[1], written.teams), ""]
        return written.lines(compared, tuple(filter(None, (self.incomplete, self.rescored))))


def _anchor_lines(table: AnchorTable | None) -> list[str]:
    page = TextPage(_ANCHORS_WIDE)
    write_anchors(page, table)
    return [*page.text().splitlines(), ""] if table is not None else []
