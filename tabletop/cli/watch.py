"""`tabletop watch`: follow an exercise as observer or evaluator, on a screen or line by line."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

from tabletop.cli.remote_seat import host_argument
from tabletop.cli.terminal import is_terminal

if TYPE_CHECKING:
    from tabletop.link.network import NetworkLink


@click.command("watch", short_help="Watch an exercise on another computer, or evaluate it.")
@click.option("--lines", is_flag=True, help="A line for each event instead of a screen.")
@host_argument
def command(address: str, plain: bool, new_host: bool, lines: bool) -> int:
    """Watch the exercise of the host at ADDRESS: everything that happens, and the scores.

    The code for an observer or an evaluator is asked for, once. An evaluator notes and rates here as well.
    Where there is no terminal, as in `tabletop watch ADDRESS | tee`, each event is a line, until Ctrl+C.
    """
    from tabletop.cli.event_loop import run

    if lines or not is_terminal():
        run(_watch(address, plain=plain, new_host=new_host))
    else:
        asyncio.run(_screen(address, plain=plain, new_host=new_host))
    return 0


def _watches(kind: str) -> bool:
    from tabletop.exercise.commands import EVALUATOR, OBSERVER

    return kind in (EVALUATOR, OBSERVER)


async def _screen(address: str, *, plain: bool, new_host: bool) -> None:
    from tabletop.cli.drafts import drafts_of_seat
    from tabletop.cli.remote_seat import open_seat
    from tabletop.tui.kit.pictures import prepare
    from tabletop.tui.one_seat import SeatApp
    from tabletop.tui.watch.screen import WatchScreen

    async with open_seat(address, _watches, plain=plain, new_host=new_host) as link:
        await link.caught_up()
        if link.briefing().pictures:
            prepare()
        async with drafts_of_seat(address, link, plain=plain) as drafts:
            await SeatApp(lambda: WatchScreen(link, drafts.of(link.seat))).run_async()


async def _watch(address: str, *, plain: bool, new_host: bool) -> None:
    from tabletop.cli.remote_seat import open_seat

    async with open_seat(address, _watches, plain=plain, new_host=new_host, lines=True) as link:
        await _tell(link)


async def _tell(link: NetworkLink) -> None:
    """Print events until the record is closed or the host dismisses this station."""
    from tabletop.exercise.commands import EVALUATOR
    from tabletop.exercise.events import ExerciseClosed, RatingGiven, TeamRatedItself
    from tabletop.exercise.marking import MARKING
    from tabletop.exercise.narration import narrate, narrate_self_rating, narrate_withheld
    from tabletop.plaintext import one_line
    from tabletop.protocol.link import Sight
    from tabletop.scenario.gametime import format_time

    closed = asyncio.Event()

    def show(sight: Sight) -> None:
        if link.seat == EVALUATOR and isinstance(sight.event, RatingGiven):
            words = narrate_withheld(sight.event)
        elif link.seat == EVALUATOR and isinstance(sight.event, TeamRatedItself):
            words = narrate_self_rating(sight.event)
        else:
            words = narrate(sight.event)
        click.echo(f"{sight.number:>6}  {format_time(sight.at):<10}  {words}")
        if isinstance(sight.event, ExerciseClosed):
            closed.set()

    click.echo(MARKING)
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
    click.echo(MARKING)
