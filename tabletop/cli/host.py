"""`tabletop host`: an exercise that teams join from their own terminals, without a screen of its own."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tabletop.cli.serving import CHOOSE, again, check_plain, chosen_address, hosting, put_away, recovery
from tabletop.errors import InputError
from tabletop.host.entrance import PORT

if TYPE_CHECKING:
    from tabletop.host.hosting import Hosting
    from tabletop.host.session import Session


@click.command("host", short_help="Host an exercise that teams join from their own terminals.")
@click.argument("scenario", required=False)
@click.option(
    "--lan",
    metavar="[ADDRESS]",
    is_flag=False,
    flag_value=CHOOSE,
    default=None,
    help="This computer's address on the network, or nothing to have it found; without --lan only this "
    "computer can join.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True)
@click.option("--plain", is_flag=True, help="Without encryption: everybody on the network can read along.")
@click.option(
    "--log", "log_file", type=click.Path(path_type=Path), default=None, help="Where the log is kept."
)
@click.option("--resume", is_flag=True, help="Go on with the latest exercise that was not finished.")
def command(
    scenario: str | None, lan: str | None, port: int, plain: bool, log_file: Path | None, resume: bool
) -> int:
    """Host SCENARIO until Ctrl+C. Prints where to join and a code for every team.

    Whoever runs the exercise attaches with `tabletop console`. If this program dies, start it again with
    --resume: every station comes back by itself.
    """
    from tabletop.cli.faults import ENDED, fault_page
    from tabletop.cli.loops import run

    check_plain(lan, plain=plain)
    address = "127.0.0.1" if lan is None else chosen_address(lan)
    path, session = _session(scenario, log_file, resume=resume)
    reached_at = address if lan is not None else None
    with fault_page(lambda: recovery("host", session, path, reached_at, port, plain=plain), what=ENDED):
        try:
            run(_serve(hosting(session, path, address, plain=plain, fault=_fault), address, port), _fault)
        except KeyboardInterrupt:
            goes_on = again("host", path, reached_at, port, plain=plain)
            click.echo(f"\nThe exercise is kept. `{goes_on}` goes on with it.", err=True)
        finally:
            put_away(session)
    return 0


def _session(scenario: str | None, log_file: Path | None, *, resume: bool) -> tuple[Path, Session]:
    """The exercise that is meant, and where its log is."""
    from tabletop.host.opening import begin, go_on
    from tabletop.scenario.library import find_scenario
    from tabletop.scenario.linking import load_scenario
    from tabletop.store.folder import free_name, log_path, unfinished

    if log_file is not None and log_file.exists():
        return log_file, go_on(log_file)
    loaded = load_scenario(find_scenario(scenario)).scenario if scenario is not None else None
    if resume and log_file is None:
        found = unfinished(loaded.id if loaded is not None else None)
        if not found:
            raise InputError("no exercise waits to be finished: host a scenario without --resume")
        return found[0].path, go_on(found[0].path)
    if resume:
        raise InputError(f"there is no log {log_file} to go on with")
    if loaded is None:
        raise InputError("say which scenario to host: 'tabletop list' shows them")
    name = log_file.stem if log_file is not None else free_name(loaded.id)
    path = log_file or log_path(name)
    return path, begin(loaded, path, name=name, seed=None)


async def _serve(opened: Hosting, address: str, port: int) -> None:
    from tabletop.cli.hostdesk import HostDesk

    await opened.open(address, port)
    desk = HostDesk(opened, click.echo)
    desk.show()
    if sys.stdin is not None and sys.stdin.isatty():
        desk.listen(sys.stdin, asyncio.get_running_loop())
    try:
        await opened.serve()
    finally:
        await opened.close("the facilitator has closed the host")


def _fault(error: Exception) -> None:
    """Keep the traceback where it can be found, and say so."""
    from tabletop.cli.faults import keep_fault

    click.echo(keep_fault(error), err=True)
