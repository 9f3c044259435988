"""`tabletop host`: serve an exercise to other terminals, without a screen of its own."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tabletop.cli.chosen_scenario import cut_option, load_chosen
from tabletop.cli.host_options import (
    CHOOSE,
    access_options,
    check_plain,
    chosen_access,
    chosen_address,
    close_session,
    copy_options,
    kept_copy,
    make_host,
    recovery,
    resume_command,
)
from tabletop.cli.output import print_in_background, say
from tabletop.errors import InputError
from tabletop.protocol.endpoint import PORT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tabletop.cli.listener import Listening
    from tabletop.cli.opening import NewExercise
    from tabletop.host.access import Access
    from tabletop.host.app import HostApp
    from tabletop.host.session import Session
    from tabletop.scenario.scenario import Scenario


@click.command("host", short_help="Host an exercise that teams join from their own terminals.")
@click.argument("scenario", required=False)
@cut_option
@click.option(
    "--lan",
    metavar="[ADDRESS]",
    is_flag=False,
    flag_value=CHOOSE,
    default=None,
    help="Let other computers join, at this computer's address; it is found where none is given. Without "
    "--lan only this computer can join.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True)
@click.option("--plain", is_flag=True, help="No encryption: everybody on the network can read along.")
@click.option(
    "--log", "log_file", type=click.Path(path_type=Path), default=None, help="Where the log is kept."
)
@click.option("--resume", is_flag=True, help="Resume an unfinished exercise.")
@copy_options
@access_options
def command(  # noqa: PLR0913, PLR0917 - one for each option
    scenario: str | None,
    cut: str | None,
    lan: str | None,
    port: int,
    plain: bool,
    log_file: Path | None,
    resume: bool,
    copy: Path | None,
    accept_loss: bool,
    also_known_as: tuple[str, ...],
    connections_per_address: int,
) -> int:
    """Host SCENARIO until Ctrl+C. Prints where to join and a code for every team.

    Whoever runs the exercise attaches with `tabletop console`. If this program dies, start it again with
    --resume: every station comes back by itself.
    """
    from tabletop.cli.faults import ENDED, fault_page
    from tabletop.cli.listener import listening
    from tabletop.cli.opening import open_exercise

    check_plain(lan, plain=plain)
    access = chosen_access(also_known_as, connections_per_address)
    address = "127.0.0.1" if lan is None else chosen_address(lan)
    reached_at = address if lan is not None else None

    def command_for(path: Path) -> str:
        return resume_command("host", path, reached_at, port, plain=plain, by_path=True, access=access)

    if cut is not None and scenario is None:
        raise InputError("--cut belongs to a scenario: say which one")
    chosen = load_chosen(scenario, cut).scenario if scenario is not None else None
    wanted = _wanted(command_for, chosen, scenario, log_file, resume=resume)
    with listening(address, port, access, plain=plain) as place:
        path, session = open_exercise(wanted, copy=copy, accept_loss=accept_loss)
        goes_on = resume_command(
            "host", path, reached_at, port, plain=plain, copy=kept_copy(session), access=access
        )
        with (
            print_in_background(),
            fault_page(
                lambda: recovery("host", session, path, reached_at, port, plain=plain, access=access),
                what=ENDED,
            ),
        ):
            _host(session, path, place, goes_on, plain=plain, access=access)
    return 0


def _host(
    session: Session, path: Path, place: Listening, goes_on: str, *, plain: bool, access: Access
) -> None:
    """Serve until Ctrl+C or SIGTERM; always close the log."""
    from tabletop.cli.event_loop import TerminatedError, run

    kept = f"The exercise is kept. `{goes_on}` goes on with it."
    try:
        opened = make_host(
            session, path, certificate=place.certificate, plain=plain, fault=_fault, access=access
        )
        run(_serve(opened, place), _fault)
    except KeyboardInterrupt:
        say(f"\n{kept}", err=True)
    except TerminatedError as ended:
        raise TerminatedError(f"{ended.message} {kept}") from None
    finally:
        close_session(session)


def _wanted(
    command_for: Callable[[Path], str],
    loaded: Scenario | None,
    written: str | None,
    log_file: Path | None,
    *,
    resume: bool,
) -> Path | NewExercise:
    """Return the log of the exercise to resume, or the exercise to begin."""
    from tabletop.cli.anchors import anchors_for
    from tabletop.cli.opening import new_exercise
    from tabletop.cli.resume import check_scenario, waiting_exercise
    from tabletop.scenario.library import find_scenario

    if log_file is not None and log_file.exists():
        if loaded is not None:
            check_scenario(log_file, loaded.id)
        return log_file
    if resume and log_file is not None:
        raise InputError(f"there is no log {log_file} to resume")
    if resume:
        return waiting_exercise("host", command_for, scenario=loaded.id if loaded is not None else None)
    if loaded is None:
        raise InputError("say which scenario to host: 'tabletop list' shows them")
    anchors = anchors_for(find_scenario(written or ""), loaded)
    return new_exercise(loaded, log_file, anchors=anchors)


async def _serve(opened: HostApp, place: Listening) -> None:
    from tabletop.cli.event_loop import on_sigterm
    from tabletop.cli.host_prompt import HostPrompt

    await opened.open(place.address, place.port, place.socket)
    desk = HostPrompt(opened, say)
    desk.show()
    if sys.stdin is not None and sys.stdin.isatty():
        desk.listen(sys.stdin, asyncio.get_running_loop())
    told_to_end = asyncio.Event()
    goodbye = "the facilitator has closed the host"
    with on_sigterm(told_to_end.set):
        work = [asyncio.create_task(opened.serve()), asyncio.create_task(_wait(told_to_end))]
        try:
            done, _ = await asyncio.wait(work, return_when=asyncio.FIRST_COMPLETED)
            if told_to_end.is_set():
                goodbye = "the host's computer has ended the host"
            for task in done:
                task.result()
        finally:
            for task in work:
                task.cancel()
            await opened.close(goodbye)


async def _wait(event: asyncio.Event) -> None:
    await event.wait()


def _fault(error: Exception) -> None:
    """Write the traceback to a file and print where it is."""
    from tabletop.cli.faults import keep_fault

    say(keep_fault(error), err=True)
