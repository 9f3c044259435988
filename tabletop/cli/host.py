"""`tabletop host`: an exercise that teams join from their own terminals, without a screen of its own."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tabletop.cli.serving import (
    CHOOSE,
    again,
    check_plain,
    chosen_address,
    hosting,
    kept_copy,
    kept_where,
    put_away,
    recovery,
)
from tabletop.errors import InputError
from tabletop.host.entrance import PORT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tabletop.cli.listening import Listening
    from tabletop.cli.opening import NewExercise
    from tabletop.host.hosting import Hosting


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
@click.option("--resume", is_flag=True, help="Go on with an exercise that was not finished.")
@kept_where
def command(  # noqa: PLR0913, PLR0917 - one for each option
    scenario: str | None,
    lan: str | None,
    port: int,
    plain: bool,
    log_file: Path | None,
    resume: bool,
    copy: Path | None,
    accept_loss: bool,
) -> int:
    """Host SCENARIO until Ctrl+C. Prints where to join and a code for every team.

    Whoever runs the exercise attaches with `tabletop console`. If this program dies, start it again with
    --resume: every station comes back by itself.
    """
    from tabletop.cli.faults import ENDED, fault_page
    from tabletop.cli.listening import listening
    from tabletop.cli.loops import run
    from tabletop.cli.opening import open_exercise

    check_plain(lan, plain=plain)
    address = "127.0.0.1" if lan is None else chosen_address(lan)
    reached_at = address if lan is not None else None

    def command_for(path: Path) -> str:
        return again("host", path, reached_at, port, plain=plain, by_path=True)

    wanted = _wanted(command_for, scenario, log_file, resume=resume)
    with listening(address, port, plain=plain) as place:
        path, session = open_exercise(wanted, copy=copy, accept_loss=accept_loss)
        with fault_page(lambda: recovery("host", session, path, reached_at, port, plain=plain), what=ENDED):
            try:
                hosted = hosting(session, path, certificate=place.certificate, plain=plain, fault=_fault)
                run(_serve(hosted, place), _fault)
            except KeyboardInterrupt:
                goes_on = again("host", path, reached_at, port, plain=plain, copy=kept_copy(session))
                click.echo(f"\nThe exercise is kept. `{goes_on}` goes on with it.", err=True)
            finally:
                put_away(session)
    return 0


def _wanted(
    command_for: Callable[[Path], str], scenario: str | None, log_file: Path | None, *, resume: bool
) -> Path | NewExercise:
    """The log of the exercise that is to go on, or the exercise that is to be begun."""
    from tabletop.cli.choosing import check_scenario, waiting_exercise
    from tabletop.cli.opening import new_exercise
    from tabletop.scenario.library import find_scenario
    from tabletop.scenario.linking import load_scenario

    loaded = load_scenario(find_scenario(scenario)).scenario if scenario is not None else None
    if log_file is not None and log_file.exists():
        if loaded is not None:
            check_scenario(log_file, loaded.id)
        return log_file
    if resume and log_file is not None:
        raise InputError(f"there is no log {log_file} to go on with")
    if resume:
        return waiting_exercise("host", command_for, scenario=loaded.id if loaded is not None else None)
    if loaded is None:
        raise InputError("say which scenario to host: 'tabletop list' shows them")
    return new_exercise(loaded, log_file)


async def _serve(opened: Hosting, place: Listening) -> None:
    from tabletop.cli.hostdesk import HostDesk

    await opened.open(place.address, place.port, place.socket)
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
