"""Begin an exercise in a new log, or resume one from an existing log.

Afterwards everything that uses the session's disk queue needs a running event loop.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from tabletop.errors import InputError
from tabletop.exercise.anchors import Anchors
from tabletop.exercise.events import LossAccepted
from tabletop.host.first_record import first_record
from tabletop.host.session import Session
from tabletop.scenario.scenario import Scenario
from tabletop.store.filesystem import companion, unused_path
from tabletop.store.log import LogFailed
from tabletop.store.loss import LogShorter, Loss
from tabletop.store.second_copy import SecondCopy, copy_path
from tabletop.store.sqlite import SqliteLog
from tabletop.system.clock import SYSTEM_TIME, fresh_seed
from tabletop.system.disk_queue import DiskThread
from tabletop.system.private_file import make_private_folder


def begin(
    scenario: Scenario,
    path: Path,
    *,
    name: str,
    seed: int | None,
    copy: Path | None = None,
    players: Mapping[str, str] | None = None,
    anchors: Anchors | None = None,
) -> Session:
    """Begin an exercise in a new log, with a second copy if `copy` is given; `players` makes it a practice.

    Raises `InputError` and writes nothing if either file exists or the log could not be read back;
    `LogFailed`.
    """
    seed = fresh_seed() if seed is None else seed
    first = first_record(
        scenario, name=name, seed=seed, wall=SYSTEM_TIME.wall(), players=players, anchors=anchors
    )
    copy = _copy_of(path, copy)
    if copy is not None and copy.exists():
        raise InputError(f"{copy} already exists: a new exercise needs a new second copy")
    make_private_folder(path.parent)
    log = SqliteLog.create(path)
    try:
        return _open(Session.start(log, first, SYSTEM_TIME), log, copy)
    except LogFailed:
        log.close()
        raise


def go_on(
    path: Path,
    *,
    copy: Path | None = None,
    accept_loss: bool = False,
    warn: Callable[[str], None] | None = None,
) -> Session:
    """Resume the exercise in a log, with its second copy if `copy` is given.

    With `accept_loss` also if the log has lost events, which is recorded in it. `warn` is called with
    anything doubtful about the log. Raises `InputError` or `LogFailed`.
    """
    log = SqliteLog.open(path, accept_loss=accept_loss)
    warnings: list[str] = []
    try:
        loss = log.loss
        copy = _copy_of(path, copy)
        if copy is not None and (copied := log.check_copy(copy)) > log.head[0]:
            loss = Loss(log.path, log.head[0], copied)
            if not accept_loss:
                raise LogShorter(loss)
            copy = unused_path(copy)
            warnings.append(f"The second copy is continued in {copy}.")
        if loss is not None:
            warnings.append(f"{loss.message}.")
        if warn is not None:
            for warning in warnings:
                warn(warning)
        return _open(Session.resume(log, SYSTEM_TIME, _accepted(loss)), log, copy)
    except Exception:
        log.close()
        raise


def _copy_of(log: Path, given: Path | None) -> Path | None:
    """Return the path of the second copy; raise `InputError` if it would be the log itself.

    Opening a log other than through SQLite would release its lock.
    """
    if given is None:
        return None
    copy, own = copy_path(given, log), log.resolve()
    if copy.resolve() in {own, *(companion(own, kind) for kind in ("wal", "head", "journal", "new"))}:
        raise InputError(f"{copy} is the log or belongs to it: choose another path for the second copy")
    return copy


def _accepted(loss: Loss | None) -> LossAccepted | None:
    if loss is None or loss.tolerated:
        return None
    return LossAccepted(held=loss.held, recorded=loss.recorded, cause=loss.cause)


def _open(session: Session, log: SqliteLog, copy: Path | None) -> Session:
    session.disk_queue.runner = DiskThread()
    if copy is not None:
        session.copy = SecondCopy(copy, SYSTEM_TIME.monotonic)
        log.copy_to(session.copy)
    return session
