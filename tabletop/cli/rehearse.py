"""`tabletop rehearse`: play a scenario many times over, by itself, and show what comes of it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Final

import click

from tabletop.cli.chosen_scenario import cut_option, load_chosen
from tabletop.errors import ExitCode, InputError
from tabletop.exercise.marking import MARKING
from tabletop.plaintext import visible

if TYPE_CHECKING:
    from tabletop.exercise.events import Record
    from tabletop.rehearsal.rehearsal import Rehearsal

_WIDEST: Final = 100
_BAR: Final = 30
_CLIMBS: Final = 4
"""Climbs for the best play; each takes half as many plays as the random player."""
_LONGEST_CLIMB: Final = 2_500
"""Plays of one climb at most: by then it has leapt from several summits."""


@click.command("rehearse")
@click.argument("scenario")
@cut_option
@click.option(
    "--plays", type=click.IntRange(1, 1_000_000), default=1_000, show_default=True, help="Random plays."
)
@click.option(
    "--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True, help="Of all chance."
)
@click.option(
    "--processes",
    type=click.IntRange(1, 256),
    default=None,
    help="How many at the same time; else as many as there are processors. The figures are the same.",
)
@click.option(
    "--save", type=click.IntRange(0), metavar="PLAY", help="Write the random play of that number as a log."
)
@click.option(
    "-o",
    "--output",
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the figures into an HTML file; with --save, the log to write.",
)
@click.option(
    "--anchors",
    "keep_anchors",
    is_flag=True,
    help="Keep silence, median and best found beside the scenario, to show with results.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="What is printed.",
)
def command(  # noqa: PLR0913, PLR0917 - one for each option
    scenario: str,
    cut: str | None,
    plays: int,
    seed: int,
    processes: int | None,
    save: int | None,
    file: Path | None,
    keep_anchors: bool,
    form: str,
) -> int:
    """Play SCENARIO many times over, by itself, and show what comes of it.

    Teams are played at random, by simple habits, and by one that looks for the best. No log is written. Every
    play has a number and can be played again: --save writes one as a log that `tabletop verify`, `score`,
    `explain` and `report` read. Ctrl+C stops and shows what is done.
    """
    from tabletop.rehearsal.pool import rehearse
    from tabletop.rehearsal.tasks import Plan

    if keep_anchors and cut is not None:
        raise InputError(
            "--anchors keeps those of the whole scenario: leave out --cut. "
            "An exercise of a cut makes its own when it begins."
        )
    first = _first(scenario, cut)
    if save is not None:
        return _save(first, seed, save, file)
    if file is not None and file.suffix.lower() != ".html":
        raise InputError(f"{file} does not end in .html: -o writes a page, and only with --save a log")
    plan = Plan(plays, seed, climbs=_CLIMBS, steps=min(_LONGEST_CLIMB, max(2, plays // 2)))
    found = rehearse(first, plan, processes or os.cpu_count() or 1, _Progress())
    if sys.stderr.isatty():
        click.echo(err=True)
    _print(found, form)
    if file is not None:
        _write_html(found, file)
    if keep_anchors and not found.interrupted:
        _keep_anchors(found, first, scenario)
    return ExitCode.INTERRUPTED if found.interrupted else ExitCode.DONE


def _first(scenario: str, cut: str | None) -> Record:
    from tabletop.host.first_record import first_record
    from tabletop.system.clock import VirtualTime

    loaded = load_chosen(scenario, cut).scenario
    return first_record(loaded, name=f"{loaded.id}-rehearsal", seed=0, wall=VirtualTime().source().wall())


class _Progress:
    """A progress bar on standard error: drawn anew in a terminal, silent elsewhere."""

    def __init__(self) -> None:
        self._shown = -1

    def __call__(self, done: int, of: int) -> None:
        percent = 100 * done // of
        if percent == self._shown or not sys.stderr.isatty():
            return
        self._shown = percent
        full = _BAR * done // of
        click.echo(f"\r[{'#' * full}{'.' * (_BAR - full)}] {done:,} of {of:,} plays", err=True, nl=False)


def _print(found: Rehearsal, form: str) -> None:
    from tabletop.pages.text import TextPage
    from tabletop.rehearsal.data import rehearsal_data
    from tabletop.rehearsal.showing import show
    from tabletop.report.json import harmless

    if form == "json":
        data = {"marking": MARKING, **rehearsal_data(found), "end": MARKING}
        click.echo(harmless(json.dumps(data, ensure_ascii=False, indent=1)))
        return
    page = TextPage(
        min(_WIDEST, get_terminal_size().columns) if sys.stdout.isatty() else _WIDEST, marking=MARKING
    )
    show(page, found)
    click.echo(page.text(), nl=False)


def _write_html(found: Rehearsal, file: Path) -> None:
    from tabletop.pages.html import HtmlPage
    from tabletop.rehearsal.showing import show

    page = HtmlPage(title=f"EXERCISE – Rehearsal – {found.scenario.title}", marking=MARKING)
    show(page, found)
    try:
        file.write_text(page.text(), encoding="utf-8", newline="\n")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(
            f"the rehearsal cannot be written to {file}: {reason}. Give another file with -o."
        ) from error
    click.echo(visible(f"The rehearsal is in {file}."), err=True)


def _keep_anchors(found: Rehearsal, first: Record, scenario: str) -> None:
    from tabletop.rehearsal.anchors import anchors_file, anchors_of, write_anchors
    from tabletop.scenario.library import find_scenario

    made = anchors_of(found, first)
    if made is not None:
        file = anchors_file(find_scenario(scenario))
        write_anchors(file, made)
        click.echo(visible(f"The anchors are in {file}."), err=True)


def _save(first: Record, seed: int, number: int, file: Path | None) -> int:
    """Play one random play again and write it as an ordinary log."""
    from tabletop.exercise.events import ExerciseCreated
    from tabletop.rehearsal.game import Start
    from tabletop.rehearsal.tasks import play
    from tabletop.store.sqlite import SqliteLog

    if file is None:
        raise InputError(f"say where to write the log of play {number}: --save {number} -o play-{number}.db")
    created = first.event
    if not isinstance(created, ExerciseCreated):
        raise TypeError("the first record creates the exercise")
    name = f"{created.scenario.id}-play-{number}"
    first = first.model_copy(update={"event": created.model_copy(update={"seed": number, "name": name})})
    records: list[Record] = [first]
    play(Start(first), "random", seed, number, records.append)
    log = SqliteLog.create(file)
    try:
        log.append(records)
    finally:
        log.close()
    click.echo(visible(str(file)))
    click.echo(visible(f"Play {number}: {len(records)} events. Next: tabletop report {file}"), err=True)
    return ExitCode.DONE
