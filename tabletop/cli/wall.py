"""`tabletop wall`: show the public view of an exercise on a projector."""

from __future__ import annotations

import asyncio

import click

from tabletop.cli.remote_seat import host_argument
from tabletop.cli.terminal import need_terminal


@click.command("wall", short_help="Show on a projector what everybody may see.")
@host_argument
def command(address: str, plain: bool, new_host: bool) -> int:
    """Show the exercise of the host at ADDRESS on a projector: the clock, and what was said to all.

    The code for the wall is asked for, once. It needs no keys; Ctrl+Q leaves. Make the terminal's letters
    large: the clock grows with the room there is.
    """
    need_terminal("wall", "'tabletop watch --lines' follows an exercise without one")
    asyncio.run(_wall(address, plain=plain, new_host=new_host))
    return 0


async def _wall(address: str, *, plain: bool, new_host: bool) -> None:
    from tabletop.cli.host_identity import compared_words
    from tabletop.cli.joining import JoinQuestions
    from tabletop.cli.remote_seat import open_seat
    from tabletop.exercise.commands import WALL
    from tabletop.tui.one_seat import SeatApp
    from tabletop.tui.wall.screen import WallScreen

    questions = JoinQuestions("Code, from the facilitator", named=False)
    async with open_seat(
        address, lambda kind: kind == WALL, plain=plain, new_host=new_host, questions=questions
    ) as link:
        words = compared_words(address, plain=plain)
        await link.caught_up()
        await SeatApp(lambda: WallScreen(link, words)).run_async()
