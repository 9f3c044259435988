"""`tabletop run`: open the facilitator's console on a new or an unfinished exercise."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Final

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

if TYPE_CHECKING:
    from tabletop.scenario.scenario import Scenario

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
@click.option(
    "--players",
    metavar="TEAM=PLAYER,…",
    default=None,
    help="Practise alone: the program plays these teams, as in washington=naive,seoul=silent. "
    "Everything is marked PRACTICE.",
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
    players: str | None,
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
    played = _played(chosen, players)
    fresh = fresh or (players is not None and not resume)
    word = chosen.id if chosen is not None else None
    going_on = _to_go_on(command_for, word, name, log_file, resume=resume, fresh=fresh)
    need_terminal("run", WITHOUT)
    if going_on is not None and players is not None:
        raise InputError("--players is chosen when an exercise begins: leave it out to go on as before")
    wanted = going_on or _new(chosen, scenario, log_file, name, seed, played)
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
        from tabletop.cli.resume import waiting_lines

        raise InputError("\n".join([_NO_SCENARIO, *(["", *waiting] if (waiting := waiting_lines()) else [])]))
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


def _played(scenario: Scenario | None, players: str | None) -> dict[str, str]:
    """Return the program's player of each team that it plays."""
    if players is None or scenario is None:
        return {}
    from tabletop.rehearsal.practice import parse_players

    return parse_players(players, scenario)


def _new(
    scenario: Scenario | None,
    written: str | None,
    log_file: Path | None,
    name: str | None,
    seed: int | None,
    players: dict[str, str],
) -> NewExercise:
    from tabletop.cli.anchors import anchors_for
    from tabletop.scenario.library import find_scenario

    if scenario is None or written is None:
        raise InputError(_NO_SCENARIO)
    return new_exercise(
        scenario, log_file, name, seed, players, anchors_for(find_scenario(written), scenario)
    )
