"""Beginning an exercise in a new log, or going on with one that was not finished."""

from __future__ import annotations

from pathlib import Path

from tabletop.host.clock import SYSTEM_TIME, fresh_seed
from tabletop.host.session import Session
from tabletop.scenario.scenario import Scenario
from tabletop.store.log import LogFailed
from tabletop.store.sqlite import SqliteLog


def begin(scenario: Scenario, path: Path, *, name: str, seed: int | None) -> Session:
    """A new exercise in a new log. Raises `InputError` if the log exists, `LogFailed`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    log = SqliteLog.create(path)
    try:
        seed = fresh_seed() if seed is None else seed
        return Session.begin(log, scenario, name=name, seed=seed, time=SYSTEM_TIME)
    except LogFailed:
        log.close()
        raise


def go_on(path: Path) -> Session:
    """The exercise in a log, where it stopped. Raises `InputError` or `LogFailed`."""
    log = SqliteLog.open(path)
    try:
        return Session.resume(log, SYSTEM_TIME)
    except Exception:
        log.close()
        raise
