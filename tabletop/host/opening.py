"""Beginning an exercise in a new log, or going on with one that was not finished.

From then on whatever takes turns at the session needs an event loop, beside which the disk works.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tabletop.exercise.events import LossAccepted
from tabletop.host.clock import SYSTEM_TIME, fresh_seed
from tabletop.host.first_record import first_record
from tabletop.host.private_file import make_private_folder
from tabletop.host.session import Session
from tabletop.host.turns import DiskThread
from tabletop.scenario.scenario import Scenario
from tabletop.store.log import LogFailed
from tabletop.store.sqlite import SqliteLog


def _nobody(_: str) -> None:
    """Tell nobody."""


def begin(scenario: Scenario, path: Path, *, name: str, seed: int | None) -> Session:
    """Begin an exercise in a new log.

    Raises `InputError` if the log exists or could not be read again, and then writes nothing; `LogFailed`.
    """
    seed = fresh_seed() if seed is None else seed
    first = first_record(scenario, name=name, seed=seed, wall=SYSTEM_TIME.wall())
    make_private_folder(path.parent)
    log = SqliteLog.create(path)
    try:
        return _beside_the_loop(Session.start(log, first, SYSTEM_TIME))
    except LogFailed:
        log.close()
        raise


def go_on(path: Path, *, accept_loss: bool = False, say: Callable[[str], None] = _nobody) -> Session:
    """Return the exercise in a log, where it stopped.

    With `accept_loss` also in a log that has lost events, which is recorded in it. `say` hears what is
    doubtful about the log. Raises `InputError` or `LogFailed`.
    """
    log = SqliteLog.open(path, accept_loss=accept_loss)
    loss, lost = log.loss, None
    if loss is not None:
        say(f"{loss.message}.")
        if not loss.tolerated:
            lost = LossAccepted(held=loss.held, recorded=loss.recorded, cause=loss.cause)
    try:
        return _beside_the_loop(Session.resume(log, SYSTEM_TIME, lost))
    except Exception:
        log.close()
        raise


def _beside_the_loop(session: Session) -> Session:
    session.turns.beside = DiskThread()
    return session
