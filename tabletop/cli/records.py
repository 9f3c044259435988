"""Read a log given by name or path, and report lost events."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import click

from tabletop.cli.named_log import named_log
from tabletop.errors import ExitCode
from tabletop.exercise.events import Record
from tabletop.plaintext import visible
from tabletop.store.reading import ReadLog, read_only


class ReadRecords(NamedTuple):
    """The content of a log."""

    path: Path
    records: list[Record]
    head: str
    """The hash of the last event."""
    code: ExitCode
    """Exit code of a verb that shows it: 1 if events are missing."""


def read_records(name: str) -> ReadRecords:
    """Read all records of a log given by name or path. Raises `InputError` as `read_only` does."""
    path = named_log(name)
    with read_only(path) as log:
        return ReadRecords(path, list(log.read()), log.head[1], say_loss(log))


def say_loss(log: ReadLog) -> ExitCode:
    """Print on standard error what a log has lost; return the exit code of a verb that shows it."""
    loss = log.loss
    if loss is None:
        return ExitCode.DONE
    click.echo(visible(f"{loss.message}."), err=True)
    return ExitCode.DONE if loss.tolerated else ExitCode.PROBLEMS
