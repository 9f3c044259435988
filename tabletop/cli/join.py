"""`tabletop join`: open a team's station at a host."""

from __future__ import annotations

import asyncio

import click

from tabletop.cli.remote_seat import host_argument
from tabletop.cli.terminal import need_terminal


@click.command("join", short_help="Join an exercise on another computer as a team.")
@host_argument
def command(address: str, plain: bool, new_host: bool) -> int:
    """Join the exercise of the host at ADDRESS as a team.

    The team's code is asked for, once: later the same command goes back to the seat. If the link breaks,
    what you enter is kept and is sent when the host answers again.
    """
    need_terminal("join", "'tabletop watch' follows an exercise without one")
    asyncio.run(_join(address, plain=plain, new_host=new_host))
    return 0


async def _join(address: str, *, plain: bool, new_host: bool) -> None:
    from tabletop.cli.drafts import drafts_of_seat
    from tabletop.cli.remote_seat import open_seat
    from tabletop.exercise.commands import WALL
    from tabletop.exercise.view import SEES_ALL
    from tabletop.tui.kit.pictures import prepare
    from tabletop.tui.station.app import StationApp

    async with open_seat(
        address, lambda kind: kind not in {*SEES_ALL, WALL}, plain=plain, new_host=new_host
    ) as link:
        await link.caught_up()
        if link.briefing().pictures:
            prepare()
        async with drafts_of_seat(address, link, plain=plain) as drafts:
            await StationApp(link, drafts).run_async()
