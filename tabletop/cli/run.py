"""`tabletop run`: open the facilitator's console on a new or an unfinished exercise."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Final

import click

from tabletop.cli.chosen_scenario import cut_option, load_chosen
from tabletop.cli.host_options import (
    CHOOSE,
    access_options,
    check_plain,
    chosen_access,
    chosen_address,
    copy_options,
    resume_command,
)
from tabletop.cli.opening import NewExercise, new_exercise
from tabletop.cli.terminal import need_terminal
from tabletop.errors import InputError
from tabletop.protocol.endpoint import PORT

WITHOUT: Final = "'tabletop play' runs without one"
_NO_SCENARIO: Final = "say which scenario to run: 'tabletop list' shows them"


@click.command("run", short_help="Run an exercise as its facilitator.")
@click.argument("scenario", required=False)
@cut_option
@click.option("--name", default=None, help="Name of the exercise; else the scenario's id and a number.")
@click.option(
    "--log", "log_file", type=click.Path(path_type=Path), default=None, help="Where to keep the log."
)
@click.option("--resume", is_flag=True, help="Resume an unfinished exercise.")
@click.option("--new", "fresh", is_flag=True, help="Begin a new exercise without questions.")
@click.option(
    "--seed", type=click.IntRange(0, 2**31 - 1), default=None, help="Order of options; else random."
)
@click.option(
    "--lan",
    metavar="[ADDRESS]",
    is_flag=False,
    flag_value=CHOOSE,
    default=None,
    help="Let teams join from their own terminals, at this computer's address on the network; it is found "
    "where none is given. Without --lan only other terminals of this computer can join.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="Where teams join."
)
@click.option(
    "--plain", is_flag=True, help="With --lan, no encryption: everybody on the network can read along."
)
@copy_options
@access_options
def command(  # noqa: PLR0913, PLR0917 - one for each option
    scenario: str | None,
    cut: str | None,
    name: str | None,
    log_file: Path | None,
    resume: bool,
    fresh: bool,
    seed: int | None,
    lan: str | None,
    port: int,
    plain: bool,
    copy: Path | None,
    accept_loss: bool,
    also_known_as: tuple[str, ...],
    connections_per_address: int,
) -> int:
    """Run SCENARIO (a name from 'tabletop list', or a path) as its facilitator.

    Everything that happens is kept in a log as it happens. If the program or the machine stops, the
    same command goes on where it was. SCENARIO may be left out with --resume or with a --log that
    exists. Teams play at this terminal or join from their own: those of this computer, and with --lan those
    in other rooms. A key of the console shows how.
    """
    from tabletop.cli.console_host import show_and_serve
    from tabletop.cli.listener import listening
    from tabletop.cli.opening import open_exercise

    check_plain(lan, plain=plain)
    access = chosen_access(also_known_as, connections_per_address)
    _check_options(scenario, log_file, resume=resume, fresh=fresh, cut=cut)
    address = None if lan is None else chosen_address(lan)

    def command_for(path: Path) -> str:
        return resume_command("run", path, address, port, plain=plain, by_path=True)

    chosen = load_chosen(scenario, cut).scenario if scenario is not None else None
    word = chosen.id if chosen is not None else None
    wanted: Path | NewExercise | None
    wanted = _to_go_on(command_for, word, name, log_file, resume=resume, fresh=fresh)
    if wanted is None and chosen is not None:
        wanted = new_exercise(chosen, log_file, name, seed)
    if wanted is None:
        raise InputError(_NO_SCENARIO)
    need_terminal("run", WITHOUT)
    with nullcontext() if address is None else listening(address, port, access, plain=plain) as place:
        path, session = open_exercise(wanted, copy=copy, accept_loss=accept_loss)
        show_and_serve(session, path, port, place, access, plain=plain)
    return 0


def _check_options(
    scenario: str | None, log_file: Path | None, *, resume: bool, fresh: bool, cut: str | None
) -> None:
    if cut is not None and scenario is None:
        raise InputError("--cut belongs to a scenario: say which one")
    if resume and fresh:
        raise InputError("--resume continues an exercise and --new begins one: use one of them")
    if fresh and log_file is not None and log_file.exists():
        raise InputError(f"{log_file} already exists: choose another --log, or leave out --new to resume it")
    if scenario is None and not resume and not (log_file is not None and log_file.exists()):
        raise InputError(_NO_SCENARIO)
    if not resume:  # --resume lists the choices even without a terminal
        need_terminal("run", WITHOUT)


def _to_go_on(
    command_for: Callable[[Path], str],
    wanted: str | None,
    name: str | None,
    log_file: Path | None,
    *,
    resume: bool,
    fresh: bool,
) -> Path | None:
    """Return the log of the exercise to resume, or None to begin a new one."""
    from tabletop.cli.resume import check_scenario, offered_exercise, waiting_exercise

    if log_file is not None:
        if log_file.exists():
            if wanted is not None:
                check_scenario(log_file, wanted)
            return log_file
        if resume:
            raise InputError(f"there is no log {log_file} to resume")
        return None
    if resume:
        return waiting_exercise("run", command_for, scenario=wanted, name=name)
    return None if fresh or wanted is None else offered_exercise(wanted, name)
