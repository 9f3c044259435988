"""`tabletop watch`: an observer's or evaluator's seat at an exercise elsewhere, line by line."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

from tabletop.cli.reaching import reaching
from tabletop.exercise.commands import EVALUATOR, OBSERVER

if TYPE_CHECKING:
    from tabletop.link.network import NetworkLink

MARK = "EXERCISE EXERCISE EXERCISE"


@click.command("watch", short_help="Watch an exercise on another computer.")
@reaching
def command(address: str, plain: bool, new_host: bool) -> int:
    """Watch the exercise of the host at ADDRESS: everything that happens, a line each, until Ctrl+C.

    The code for an observer or an evaluator is asked for.
    """
    from tabletop.cli.loops import run

    run(_watch(address, plain=plain, new_host=new_host))
    return 0


async def _watch(address: str, *, plain: bool, new_host: bool) -> None:
    from tabletop.cli.reaching import seated

    async with seated(
        address, lambda kind: kind in (EVALUATOR, OBSERVER), plain=plain, new_host=new_host
    ) as link:
        await _tell(link)


async def _tell(link: NetworkLink) -> None:
    """Print what happens until the record is closed or the host sends this station away."""
    from tabletop.exercise.events import ExerciseClosed
    from tabletop.link.protocol import Sight
    from tabletop.plaintext import one_line
    from tabletop.scenario.gametime import format_time
    from tabletop.store.narration import narrate

    closed = asyncio.Event()

    def show(sight: Sight) -> None:
        click.echo(f"{sight.number:>6}  {format_time(sight.at):<10}  {narrate(sight.event)}")
        if isinstance(sight.event, ExerciseClosed):
            closed.set()

    click.echo(MARK)
    link.watch(show)
    said = None
    while not closed.is_set() and not link.finished:
        trouble = link.trouble()
        if trouble != said and trouble is not None:
            click.echo(one_line(trouble), err=True)
        elif trouble != said:
            click.echo("the host answers again", err=True)
        said = trouble
        await asyncio.sleep(0.25)
    if link.finished:
        click.echo(one_line(link.trouble() or ""), err=True)
    click.echo(MARK)
