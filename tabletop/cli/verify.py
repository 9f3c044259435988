"""`tabletop verify`: whether a log is whole and unchanged, and what can be saved of one that is not."""

from __future__ import annotations

from pathlib import Path

import click

from tabletop.errors import ExitCode, InputError
from tabletop.plaintext import visible
from tabletop.rules.scoring import score_log
from tabletop.store.folder import find_log
from tabletop.store.verify import Verdict, salvage, verify


@click.command("verify")
@click.argument("log", metavar="LOG")
@click.option(
    "--salvage",
    "out",
    metavar="OUT",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the good events to a new log, OUT.",
)
def command(log: str, out: Path | None) -> int:
    """Verify that LOG is whole and unchanged: its chain of hashes, its course and its scores.

    LOG is a log file or the name of an exercise. It is only read. The exit code is 1 if anything is wrong
    with it, and 2 if it is no log at all.
    """
    path = find_log(log)
    verdict = salvage(path, out) if out is not None else verify(path, score_log)
    if verdict.problem is not None and not verdict.good and verdict.seq is None:
        raise InputError(f"{verdict.problem}: not one event can be read. Give another copy of the log")
    print(visible(_said(verdict)))
    if out is not None:
        print(visible(f"{_events(verdict.good)} saved in {out}."))
    return ExitCode.DONE if verdict.whole else ExitCode.PROBLEMS


def _said(verdict: Verdict) -> str:
    if verdict.whole:
        doubt = f"\n{verdict.doubt}" if verdict.doubt else ""
        return f"{_events(verdict.good)}, chain whole, head {verdict.head[:12]}{doubt}"
    if not verdict.good:
        return f"{verdict.problem}\nNo event in it is good."
    first = "The first event is" if verdict.good == 1 else f"The first {verdict.good:,} events are"
    return f"{verdict.problem}\n{first} good, up to hash {verdict.head[:12]}."


def _events(count: int) -> str:
    return f"{count:,} event" if count == 1 else f"{count:,} events"
