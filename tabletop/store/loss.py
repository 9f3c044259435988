"""Detect recorded events that are missing from the end of a log."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from tabletop.store import contents
from tabletop.store.database import RECORDED_HEAD_SINCE, format_of
from tabletop.store.filesystem import companion
from tabletop.store.log import GENESIS, Head, LogCorrupt
from tabletop.store.recorded_head import KIND, read_recorded_head
from tabletop.store.wal import WalDamage, find_wal_damage


@dataclass(frozen=True, slots=True)
class Loss:
    """Events that are missing from the end of a log, or may be."""

    path: Path
    held: int
    """Number of events in the log."""
    recorded: int | None
    """Number of events that had been recorded; None if unknown."""
    cause: str = ""
    """Why the number is unknown."""
    tolerated: bool = False
    """Whether the log is opened nevertheless: it was left open by a version without recorded heads."""

    @property
    def message(self) -> str:
        """What is missing, in one sentence."""
        holds = f"{self.path} holds {self.held:,} {'event' if self.held == 1 else 'events'}"
        if self.recorded is None:
            return f"{holds}; it is not known whether that is all: {self.cause}"
        if self.recorded == self.held + 1:
            missing = f"event {self.recorded:,} is missing"
        else:
            missing = f"events {self.held + 1:,} to {self.recorded:,} are missing"
        return f"{holds}; {self.recorded:,} had been recorded: {missing}"


class LogShorter(LogCorrupt):
    """A log has lost events and was not opened for writing."""

    def __init__(self, loss: Loss, first: str = "") -> None:
        """`first` is what to do before anything else."""
        super().__init__(
            f"{loss.message}. {first}If there is a second copy, `tabletop salvage LOG COPY -o NEW` restores "
            "them. To continue without them, use --accept-loss",
            seq=loss.held + 1,
        )
        self.loss = loss


def check_complete(connection: sqlite3.Connection, path: Path, *, had_wal: bool) -> None:
    """Raise `LogCorrupt` for the file of a log in use without its -wal file; say what it lacks, if known."""
    if had_wal or not contents.read_head(connection, path).open:
        return
    loss = find_loss(connection, path)
    if loss is not None and loss.recorded is not None:
        raise LogShorter(
            loss, f"{companion(path, 'wal').name} is missing: put it beside the log if you have it. "
        )
    raise LogCorrupt(
        f"{path} is not complete: it was copied while in use, or its {path.name}-wal is missing. "
        "Put that file beside it, or save what there is: tabletop salvage LOG -o NEW"
    )


def find_loss(connection: sqlite3.Connection, path: Path) -> Loss | None:
    """Return what a log has lost, judged by its recorded head and its write-ahead log; None if nothing.

    A log of format 1 has no recorded head, and a closed log needs none. Raises `LogCorrupt` if the log has
    another event than the recorded one, sqlite3.Error, OSError.
    """
    last = contents.last_row(connection)
    held: Head = (0, GENESIS) if last is None else (last.seq, last.hash)
    in_use = contents.read_head(connection, path).open
    damage = find_wal_damage(companion(path, "wal")) if in_use else None
    try:
        recorded = read_recorded_head(path)
    except LogCorrupt as error:
        return Loss(path, held[0], None, error.message) if in_use else None
    if recorded is None:
        if damage is not None:
            return Loss(path, held[0], None, _damaged(path, damage))
        if not in_use:
            return None
        if format_of(connection) < RECORDED_HEAD_SINCE:
            why = "it was left open by a version of tabletop that did not keep the number of the last event"
            return Loss(path, held[0], None, why, tolerated=True)
        return Loss(path, held[0], None, f"{companion(path, KIND).name} is missing beside it")
    if recorded[0] > held[0]:
        return Loss(path, held[0], recorded[0])
    found = connection.execute("SELECT hash FROM event WHERE seq = ?", (recorded[0],)).fetchone()
    if recorded[0] and found != (recorded[1],):
        raise LogCorrupt(
            f"event {recorded[0]} is not the one that was recorded: {companion(path, KIND).name} names "
            "another; one of the two files belongs to another log",
            seq=recorded[0],
        )
    if damage is not None and damage.frame:
        return Loss(path, held[0], None, _damaged(path, damage))
    return None


def _damaged(path: Path, damage: WalDamage) -> str:
    where = f"from its frame {damage.frame} on" if damage.frame else "in its header"
    return f"{companion(path, 'wal').name} is damaged {where}, and nothing after that can be read"
