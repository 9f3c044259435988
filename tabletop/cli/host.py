"""`tabletop host`: an exercise that teams join from their own terminals, without a screen of its own."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tabletop.errors import InputError

if TYPE_CHECKING:
    from tabletop.host.certificate import HostCertificate
    from tabletop.host.hosting import Hosting
    from tabletop.host.session import Session


@click.command("host", short_help="Host an exercise that teams join from their own terminals.")
@click.argument("scenario", required=False)
@click.option(
    "--lan",
    metavar="ADDRESS",
    default=None,
    help="This computer's address on the network; else only this computer can join.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=7788, show_default=True)
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
    from tabletop.link.address import is_loopback

    if plain and (lan is None or is_loopback(lan)):
        raise InputError("--plain only means something with --lan and an address on a network")
    path, session = _session(scenario, log_file, resume=resume)
    try:
        _run(session, path, lan or "127.0.0.1", port, plain=plain)
    except KeyboardInterrupt:
        click.echo("\nThe exercise is kept. `tabletop host --resume` goes on with it.", err=True)
    finally:
        session.close()
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


def _run(session: Session, path: Path, address: str, port: int, *, plain: bool) -> None:
    from tabletop.cli.loops import run
    from tabletop.host.certificate import host_certificate
    from tabletop.host.clock import SYSTEM_TIME
    from tabletop.host.hosting import Hosting
    from tabletop.link.address import is_loopback
    from tabletop.paths import state_folder

    own = None if plain or is_loopback(address) else host_certificate(state_folder(), [address], SYSTEM_TIME)
    shown = f"[{address}]" if ":" in address else address
    rejoin = f"tabletop join {shown}{'' if port == 7788 else f':{port}'}{' --plain' if plain else ''}"
    hosting = Hosting(session, path, SYSTEM_TIME, rejoin=rejoin, fault=_fault, certificate=own)
    run(_serve(hosting, address, port, own, plain=plain))


async def _serve(
    hosting: Hosting, address: str, port: int, own: HostCertificate | None, *, plain: bool
) -> None:
    from tabletop.cli.hostdesk import HostDesk
    from tabletop.link.address import Address

    port = await hosting.server.start(address, port)
    desk = HostDesk(hosting, Address(address, port, secure=own is not None), click.echo)
    desk.show(own, plain=plain)
    if sys.stdin is not None and sys.stdin.isatty():
        desk.listen(sys.stdin, asyncio.get_running_loop())
    try:
        await hosting.server.wait()
    finally:
        await hosting.server.stop("the facilitator has closed the host")


def _fault(error: Exception) -> None:
    """Keep the traceback where it can be found, and say so."""
    from tabletop.cli.main import keep_fault

    click.echo(keep_fault(error), err=True)
