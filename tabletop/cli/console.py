"""`tabletop console`: open the facilitator's console of a host in another program or on another computer."""

from __future__ import annotations

import asyncio

import click

from tabletop.cli.remote_seat import host_argument
from tabletop.cli.terminal import need_terminal

LEAVING = "The exercise goes on at its host. The same command opens this console again."


@click.command("console", short_help="Run an exercise on another computer as its facilitator.")
@click.option("--take-over", is_flag=True, help="Take the exercise over from the console that runs it.")
@host_argument
def command(address: str, plain: bool, new_host: bool, take_over: bool) -> int:
    """Run the exercise of the host at ADDRESS as its facilitator.

    The facilitator's secret that the host shows is asked for. The first console runs the exercise; another
    one only reads until it takes over. If it dies, the exercise goes on, and the same command opens it again.
    """
    need_terminal("console", "'tabletop watch' follows an exercise without one")
    asyncio.run(_console(address, plain=plain, new_host=new_host, take_over=take_over))
    return 0


async def _console(address: str, *, plain: bool, new_host: bool, take_over: bool) -> None:
    from tabletop.cli.drafts import drafts_of_seat
    from tabletop.cli.joining import JoinQuestions
    from tabletop.cli.remote_seat import open_seat
    from tabletop.exercise.commands import FACILITATOR
    from tabletop.tui.app import TabletopApp

    questions = JoinQuestions("Facilitator's secret", shown=False)
    from tabletop.tui.kit.pictures import prepare

    async with open_seat(
        address, lambda kind: kind == FACILITATOR, plain=plain, new_host=new_host, questions=questions
    ) as link:
        if take_over:
            link.take_over()
        await link.caught_up()
        if link.briefing().pictures:
            prepare()
        async with drafts_of_seat(address, link, plain=plain) as drafts:
            app = TabletopApp({FACILITATOR: link}, leaving=LEAVING, front_desk=link, drafts=drafts)
            await app.run_async()
