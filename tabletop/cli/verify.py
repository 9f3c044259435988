"""`tabletop verify`: check that a log is intact, and compare it with its second copy."""

from __future__ import annotations

from pathlib import Path

import click

from tabletop.cli.named_log import named_log
from tabletop.errors import ExitCode, InputError
from tabletop.plaintext import visible
from tabletop.rules.scoring import score_log
from tabletop.store.salvage import compare
from tabletop.store.verify import Verdict, verify


@click.command("verify")
@click.argument("log", metavar="LOG")
@click.option(
    "--against",
    "copy",
    metavar="COPY",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also compare it with its second copy.",
)
def command(log: str, copy: Path | None) -> int:
    """Verify that LOG is intact: its hash chain, its events and its scores.

    LOG is a log file or the name of an exercise. It is only read. The exit code is 1 if anything is wrong
    with it or the copy differs, and 2 if it is not a log. `tabletop salvage` saves the intact events.
    """
    path = named_log(log)
    verdict = verify(path, score_log)
    if verdict.problem is not None and not verdict.good and verdict.seq is None:
        raise InputError(f"{verdict.problem}: no event can be read. Try another copy of the log")
    comparison = compare(path, copy) if copy is not None else None
    print(visible(_verdict_text(verdict)))
    if comparison is not None:
        print(visible(comparison.words))
    good = verdict.whole and (comparison is None or comparison.same)
    return ExitCode.DONE if good else ExitCode.PROBLEMS


def _verdict_text(verdict: Verdict) -> str:
    if verdict.whole:
        doubt = f"\n{verdict.doubt}" if verdict.doubt else ""
        consent = f"\nrules and objectives: {verdict.consent}" if verdict.consent else ""
        return f"{_events(verdict.good)}, chain intact, head {verdict.head[:12]}{consent}{doubt}"
    if not verdict.good:
        return f"{verdict.problem}\nNo event in it is intact."
    first = "The first event is" if verdict.good == 1 else f"The first {verdict.good:,} events are"
    return f"{verdict.problem}\n{first} intact, up to hash {verdict.head[:12]}."


def _events(count: int) -> str:
    return f"{count:,} event" if count == 1 else f"{count:,} events"
