"""`tabletop run`: the facilitator's console, on a new exercise or on one that was not finished."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tabletop.errors import InputError

if TYPE_CHECKING:
    from tabletop.host.session import Session


@click.command("run", short_help="Run an exercise as its facilitator.")
@click.argument("scenario")
@click.option("--name", default=None, help="Name of the exercise; else the scenario's id and a number.")
@click.option(
    "--log", "log_file", type=click.Path(path_type=Path), default=None, help="Where to keep the log."
)
@click.option("--resume", is_flag=True, help="Go on with the latest exercise that was not finished.")
@click.option("--new", "fresh", is_flag=True, help="Begin a new exercise without asking.")
@click.option(
    "--seed", type=click.IntRange(0, 2**31 - 1), default=None, help="Order of options; else by chance."
)
def command(
    scenario: str, name: str | None, log_file: Path | None, resume: bool, fresh: bool, seed: int | None
) -> int:
    """Run SCENARIO (a name from 'tabletop list', or a path) as its facilitator.

    Everything that happens is kept in a log as it happens. If the program or the machine stops, the
    same command goes on where it was.
    """
    if resume and fresh:
        raise InputError("--resume goes on with an exercise and --new begins one: give one of them")
    _need_a_terminal()
    session = _open(scenario, name, log_file, resume=resume, fresh=fresh, seed=seed)
    from tabletop.cli.screen import show

    show(session)
    return 0


def _need_a_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise InputError(
            "'tabletop run' needs a terminal to show its screen; 'tabletop play' runs without one"
        )


def _open(
    scenario: str, name: str | None, log_file: Path | None, *, resume: bool, fresh: bool, seed: int | None
) -> Session:
    """The session that is meant: an unfinished one that the user wants, or a new one."""
    from tabletop.host.opening import begin, go_on
    from tabletop.scenario.library import find_scenario
    from tabletop.scenario.linking import load_scenario
    from tabletop.store.folder import free_name, log_path

    if log_file is not None and log_file.exists():
        if fresh:
            raise InputError(
                f"{log_file} exists already: give another --log, or leave out --new to go on with it"
            )
        return go_on(log_file)
    loaded = load_scenario(find_scenario(scenario)).scenario
    if log_file is None and not fresh:
        waiting = _waiting(loaded.id, name, resume=resume)
        if waiting is not None:
            return go_on(waiting)
    if resume:
        raise InputError(f"no exercise of '{loaded.id}' waits to be finished: run it without --resume")
    name = name or (log_file.stem if log_file else free_name(loaded.id))
    return begin(loaded, log_file or log_path(name), name=name, seed=seed)


def _waiting(scenario: str, name: str | None, *, resume: bool) -> Path | None:
    """The unfinished log to go on with: the latest, if `--resume` says so or the user does."""
    from tabletop.plaintext import one_line
    from tabletop.scenario.gametime import format_time
    from tabletop.store.folder import unfinished

    found = [log for log in unfinished(scenario) if name in (None, log.name)]
    if not found:
        return None
    latest = found[0]
    if resume:
        return latest.path
    question = (
        f"'{one_line(latest.name)}' was not finished: it stands at {format_time(latest.at)} after "
        f"{latest.events} events ({latest.wall[:16].replace('T', ' ')} UTC). Go on with it?"
    )
    return latest.path if click.confirm(question, default=True, err=True) else None
