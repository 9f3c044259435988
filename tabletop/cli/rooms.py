"""The console of an exercise in several rooms, with the host in the same program."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tabletop.host.hosting import Hosting
    from tabletop.host.session import Session

LEAVING = (
    "All that happened is saved, but every station loses its host and waits. "
    "`tabletop run --resume --lan` goes on from here, and all stations come back by themselves."
)


def show_and_serve(session: Session, log: Path, address: str, port: int, *, plain: bool) -> None:
    """Run the console and serve stations until the user leaves; the log is closed whatever happens."""
    from tabletop.cli.loops import run
    from tabletop.cli.main import keep_fault
    from tabletop.cli.serving import hosting

    def fault(error: Exception) -> None:
        """Keep what nobody foresaw where it can be found; a screen has no room for it."""
        hosted.hub.alarm(keep_fault(error))

    try:
        hosted = hosting(session, log, address, plain=plain, fault=fault)
        run(_show(hosted, address, port))
    finally:
        session.close()


async def _show(hosted: Hosting, address: str, port: int) -> None:
    """The screen and the server in one event loop. An end of either is the end of both."""
    from tabletop.exercise.commands import FACILITATOR
    from tabletop.link.hosted import HostedLink
    from tabletop.tui.app import TabletopApp

    links = {seat: HostedLink(hosted, seat) for seat in (FACILITATOR, *hosted.teams)}
    await hosted.open(address, port)
    app = TabletopApp(links, leaving=LEAVING, front_desk=links[FACILITATOR])
    serving = asyncio.create_task(hosted.server.wait())
    serving.add_done_callback(lambda _: app.exit())
    try:
        await app.run_async()
    finally:
        failed = serving.done()
        serving.cancel()
        await hosted.server.stop("the facilitator has closed the console, which is the host too")
    if failed:
        serving.result()
