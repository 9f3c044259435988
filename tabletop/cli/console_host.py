"""Run the console and the host of an exercise in one program."""

from __future__ import annotations

import asyncio
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.cli.output import say
from tabletop.errors import InputError
from tabletop.plaintext import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tabletop.cli.listener import Listening
    from tabletop.exercise.state import Stage
    from tabletop.host.access import Access
    from tabletop.host.app import HostApp
    from tabletop.host.hosted_link import HostedLink
    from tabletop.host.session import Session

LEAVING = (
    "All that happened is saved, but every station loses its host and waits. "
    "`{again}` goes on from here, and all stations come back by themselves."
)

LEAVING_HERE = (
    "All that happened is saved. `{again}` goes on from here, and terminals of this computer "
    "that joined come back by themselves."
)

HERE = "127.0.0.1"
"""Address at which only this computer can join."""


def show_and_serve(
    session: Session, log: Path, port: int, place: Listening | None, access: Access, *, plain: bool = False
) -> None:
    """Run the console and serve stations until the user leaves; always close the log.

    Without `place` only this computer can join, at another port if `port` is in use.
    """
    from tabletop.cli.event_loop import TerminatedError, run
    from tabletop.cli.faults import fault_page, keep_fault
    from tabletop.cli.host_options import close_session, kept_copy, make_host, recovery, resume_command

    address = place.address if place is not None else None
    goes_on = resume_command("run", log, address, port, plain=plain, copy=kept_copy(session), access=access)

    def fault(error: Exception) -> None:
        """Write an unexpected error to a file and show a notice on the console."""
        hosted.hub.alarm(keep_fault(error))

    with fault_page(lambda: recovery("run", session, log, address, port, plain=plain, access=access)):
        try:
            certificate = place.certificate if place is not None else None
            hosted = make_host(session, log, certificate=certificate, plain=plain, fault=fault, access=access)
            leaving = LEAVING if place is not None else LEAVING_HERE
            run(_show(hosted, log, place, port, leaving.format(again=goes_on)), fault)
        except TerminatedError as ended:
            next_line = next_step(log, session.state.stage, goes_on)
            raise TerminatedError(f"{ended.message} {next_line}") from None
        finally:
            close_session(session)
    say(next_step(log, session.state.stage, goes_on), err=True)


def next_step(log: Path, stage: Stage, goes_on: str) -> str:
    """Return what to type after the console has closed; `goes_on` is the command that resumes it."""
    from tabletop.exercise.state import Stage

    where = one_line(f"The log is {log}")
    if stage in (Stage.ENDED, Stage.HOT_WASH, Stage.CLOSED):
        return f"{where}. To write it up: tabletop report {one_line(shlex.quote(str(log)))}"
    return f"{where}. To go on: {goes_on}"


async def _show(hosted: HostApp, log: Path, place: Listening | None, port: int, leaving: str) -> None:
    """Run the screen and the server in one event loop; the end of either ends both."""
    from tabletop.cli.drafts import drafts_beside
    from tabletop.cli.event_loop import on_sigterm
    from tabletop.exercise.commands import FACILITATOR
    from tabletop.host.hosted_link import HostedLink
    from tabletop.tui.app import TabletopApp
    from tabletop.tui.kit.pictures import prepare

    links = {seat: HostedLink(hosted, seat) for seat in (FACILITATOR, *hosted.teams)}
    if links[FACILITATOR].briefing().pictures:
        prepare()
    if place is not None:
        await hosted.open(place.address, place.port, place.socket)
    async with drafts_beside(log, hosted.session) as drafts:
        app = TabletopApp(
            links,
            tick=_with_players(hosted, links.values()),
            leaving=leaving,
            front_desk=links[FACILITATOR],
            drafts=drafts,
        )
        serving = asyncio.create_task(hosted.serve() if place is not None else _serve_here(hosted, port))

        def served(task: asyncio.Task[None]) -> None:
            error = None if task.cancelled() else task.exception()
            if isinstance(error, Exception):
                app.fail(error)
            else:
                app.exit()

        serving.add_done_callback(served)
        with on_sigterm(app.exit):
            try:
                await app.run_async()
            finally:
                serving.cancel()
                await hosted.close("the facilitator has closed the console, which is the host too")


def _with_players(hosted: HostApp, links: Iterable[HostedLink]) -> Callable[[], None]:
    """Return the host's tick, with that of the players in a practice."""
    session = hosted.session
    if not session.state.players:
        return hosted.tick
    from tabletop.cli.faults import keep_fault
    from tabletop.rehearsal.practice import Practice

    practice = Practice(
        session.state.script.scenario,
        session.state.players,
        links,
        seed=session.state.seed,
        fault=lambda error: hosted.hub.alarm(keep_fault(error)),
    )

    def tick() -> None:
        hosted.tick()
        practice.tick()

    return tick


async def _serve_here(hosted: HostApp, port: int) -> None:
    """Let terminals of this computer join, at a free port if `port` is in use.

    This is optional: if it fails, the exercise runs at this terminal only.
    """
    for wanted in (port, 0):
        try:
            await hosted.open(HERE, wanted)
        except InputError as error:
            reason = error.message
        else:
            await hosted.serve()
            return
    hosted.hub.alarm(f"no other terminal can join: {reason}")
    await asyncio.Event().wait()
