"""Open or create the requested exercise, and register its log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.cli.output import say
from tabletop.errors import InputError
from tabletop.plaintext import one_line

if TYPE_CHECKING:
    from tabletop.exercise.anchors import Anchors
    from tabletop.host.session import Session
    from tabletop.scenario.scenario import Scenario


@dataclass(frozen=True, slots=True)
class NewExercise:
    """An exercise to begin once everything else is ready."""

    scenario: Scenario
    path: Path
    name: str
    seed: int | None
    players: Mapping[str, str] = field(default_factory=dict)
    """In a practice, the program's player of each team that it plays."""
    anchors: Anchors | None = None


def new_exercise(
    scenario: Scenario,
    log_file: Path | None,
    name: str | None = None,
    seed: int | None = None,
    players: Mapping[str, str] | None = None,
    anchors: Anchors | None = None,
) -> NewExercise:
    """Describe a new exercise; by default in the folder of logs, under a free name."""
    from tabletop.store.folder import free_name, log_path

    name = name or (log_file.stem if log_file else free_name(scenario.id))
    return NewExercise(scenario, log_file or log_path(name), name, seed, players or {}, anchors)


def open_exercise(
    wanted: Path | NewExercise, *, copy: Path | None = None, accept_loss: bool = False
) -> tuple[Path, Session]:
    """Resume the exercise in a log, or begin a new one; return the path of its log and the session.

    `copy` is a file or folder for the second copy; by default it is kept where it was before.

    Raises InputError or LogFailed; a new exercise that cannot begin leaves nothing behind.
    """
    from tabletop.host.admission_file import read_roster, seats_path
    from tabletop.host.opening import begin, go_on

    if isinstance(wanted, Path):
        going_on = partial(go_on, wanted, accept_loss=accept_loss, warn=_say)
        path, session = wanted, going_on(copy=copy) if copy is not None else _with_kept_copy(wanted, going_on)
    else:
        read_roster(seats_path(wanted.path))  # fail on a damaged file of seats before the exercise exists
        path = wanted.path
        session = begin(
            wanted.scenario,
            path,
            name=wanted.name,
            seed=wanted.seed,
            copy=copy,
            players=wanted.players,
            anchors=wanted.anchors,
        )
    _remember(path, session)
    return path, session


def _with_kept_copy(log: Path, going_on: Callable[..., Session]) -> Session:
    """Resume with the second copy where it was kept before, or without one if that fails."""
    from tabletop.host.log_register import LogRegister
    from tabletop.store.jsonl import NotACopyError

    copy = LogRegister().copy_of(log)
    if copy is None:
        return going_on()
    try:
        session = going_on(copy=copy)
    except NotACopyError as error:
        _say(f"{error.message}. The exercise goes on without a second copy; --copy keeps one.")
        return going_on()
    _say(f"The second copy is continued in {copy}.")
    return session


def _say(sentence: str) -> None:
    say(one_line(sentence), err=True)


def _remember(path: Path, session: Session) -> None:
    """Register the log for `--resume`; a failure is only reported."""
    from tabletop.cli.host_options import kept_copy
    from tabletop.host.log_register import LogRegister
    from tabletop.system.clock import SYSTEM_TIME

    try:
        LogRegister().remember(path, session.state, SYSTEM_TIME.wall(), kept_copy(session))
    except InputError as error:
        say(
            f"--resume will not find this exercise ({one_line(error.message)}): "
            f"resume it with --log {one_line(str(path))}",
            err=True,
        )
