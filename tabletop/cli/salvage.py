"""`tabletop salvage`: write the intact events of a damaged log and its copies to a new log."""

from __future__ import annotations

from pathlib import Path

import click

from tabletop.cli.named_log import named_log
from tabletop.errors import ExitCode
from tabletop.plaintext import visible
from tabletop.store.salvage import salvage


@click.command("salvage")
@click.argument("log", metavar="LOG")
@click.argument("copies", metavar="[COPY]...", nargs=-1, type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "-o",
    "--output",
    "out",
    metavar="NEW",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The log to write; no file is replaced.",
)
def command(log: str, copies: tuple[Path, ...], out: Path) -> int:
    """Write the intact events of LOG, and those that only a COPY still has, to a new log.

    LOG is a log file, the name of an exercise, or a second copy by itself. COPY is a second copy or another
    file of the same log. They are only read. The exit code is 1 if there are events that could not be joined.
    """
    saved = salvage([named_log(log), *copies], out)
    for path, events in saved.sources:
        print(visible(f"{events:,} {'event' if events == 1 else 'events'} from {path}"))
    print(visible(f"{saved.events:,} {'event' if saved.events == 1 else 'events'} saved in {out}."))
    if saved.left:
        print(visible(f"{saved.left:,} more after the first damage cannot be joined to them."))
    return ExitCode.PROBLEMS if saved.left else ExitCode.DONE
