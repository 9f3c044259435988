"""`tabletop run`: the facilitator's console, on a new exercise or on one that was not finished."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tabletop.cli.serving import CHOOSE, check_plain, chosen_address
from tabletop.cli.terminal import need_terminal
from tabletop.errors import InputError
from tabletop.host.entrance import PORT

if TYPE_CHECKING:
    from tabletop.host.session import Session
    from tabletop.scenario.scenario import Scenario
    from tabletop.store.folder import Unfinished


@click.command("run", short_help="Run an exercise as its facilitator.")
@click.argument("scenario", required=False)
@click.option("--name", default=None, help="Name of the exercise; else the scenario's id and a number.")
@click.option(
    "--log", "log_file", type=click.Path(path_type=Path), default=None, help="Where to keep the log."
)
@click.option("--resume", is_flag=True, help="Go on with the latest exercise that was not finished.")
@click.option("--new", "fresh", is_flag=True, help="Begin a new exercise without asking.")
@click.option(
    "--seed", type=click.IntRange(0, 2**31 - 1), default=None, help="Order of options; else by chance."
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
def command(  # noqa: PLR0913, PLR0917 - one for each option
    scenario: str | None,
    name: str | None,
    log_file: Path | None,
    resume: bool,
    fresh: bool,
    seed: int | None,
    lan: str | None,
    port: int,
    plain: bool,
) -> int:
    """Run SCENARIO (a name from 'tabletop list', or a path) as its facilitator.

    Everything that happens is kept in a log as it happens. If the program or the machine stops, the
    same command goes on where it was. SCENARIO may be left out with --resume or with a --log that
    exists. Teams play at this terminal or join from their own: those of this computer, and with --lan those
    in other rooms. A key of the console shows how.
    """
    check_plain(lan, plain=plain)
    _check_options(scenario, log_file, resume=resume, fresh=fresh)
    address = None if lan is None else chosen_address(lan)
    path, session = _resumed(scenario, name, log_file, resume=resume, fresh=fresh) or _begun(
        scenario or "", name, log_file, seed
    )
    from tabletop.cli.rooms import show_and_serve

    show_and_serve(session, path, address, port, plain=plain)
    return 0


def _check_options(scenario: str | None, log_file: Path | None, *, resume: bool, fresh: bool) -> None:
    if resume and fresh:
        raise InputError("--resume goes on with an exercise and --new begins one: give one of them")
    if fresh and log_file is not None and log_file.exists():
        raise InputError(
            f"{log_file} exists already: give another --log, or leave out --new to go on with it"
        )
    if scenario is None and not resume and not (log_file is not None and log_file.exists()):
        raise InputError("say which scenario to run: 'tabletop list' shows them")
    need_terminal("run", "'tabletop play' runs without one")


def _resumed(
    scenario: str | None, name: str | None, log_file: Path | None, *, resume: bool, fresh: bool
) -> tuple[Path, Session] | None:
    """The log and the unfinished exercise that is meant, if there is one and the user wants it."""
    from tabletop.host.opening import go_on
    from tabletop.store.folder import unfinished

    if log_file is not None:
        if log_file.exists():
            return log_file, go_on(log_file)
        if resume:
            raise InputError(f"there is no log {log_file} to go on with")
        return None
    if fresh:
        return None
    wanted = _load(scenario).id if scenario is not None else None
    _refuse_if_in_use(name or wanted)
    found = [log for log in unfinished(wanted) if name in (None, log.name)]
    if found and (resume or _asked(found[0])):
        return found[0].path, go_on(found[0].path)
    if resume:
        raise InputError("no exercise waits to be finished: run a scenario without --resume")
    return None


def _refuse_if_in_use(name: str | None) -> None:
    """A second facilitator of the same exercise is told so, rather than given another one."""
    from tabletop.store.folder import in_use

    held = in_use(name) if name is not None else None
    if held is not None:
        raise InputError(
            f"another tabletop is running this exercise ({held}): close it there first, "
            "or begin another one with --new"
        )


def _asked(latest: Unfinished) -> bool:
    from tabletop.plaintext import one_line
    from tabletop.scenario.gametime import format_time

    return click.confirm(
        f"'{one_line(latest.name)}' was not finished: it stands at {format_time(latest.at)} after "
        f"{latest.events} events ({latest.wall[:16].replace('T', ' ')} UTC). Go on with it?",
        default=True,
        err=True,
    )


def _begun(scenario: str, name: str | None, log_file: Path | None, seed: int | None) -> tuple[Path, Session]:
    """A new exercise in a new log."""
    from tabletop.host.opening import begin
    from tabletop.store.folder import free_name, log_path

    loaded = _load(scenario)
    name = name or (log_file.stem if log_file else free_name(loaded.id))
    path = log_file or log_path(name)
    return path, begin(loaded, path, name=name, seed=seed)


def _load(scenario: str) -> Scenario:
    from tabletop.scenario.library import find_scenario
    from tabletop.scenario.linking import load_scenario

    return load_scenario(find_scenario(scenario)).scenario
