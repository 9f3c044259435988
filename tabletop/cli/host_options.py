"""Options and helpers that `host` and `run` share to serve an exercise to other terminals."""

from __future__ import annotations

import os
import re
import shlex
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import click

from tabletop.cli.output import flush_output, say
from tabletop.errors import ExitCode, InputError
from tabletop.plaintext import one_line
from tabletop.protocol.endpoint import PORT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tabletop.cli.faults import Recovery
    from tabletop.host.access import Access
    from tabletop.host.app import HostApp
    from tabletop.host.session import Session
    from tabletop.system.certificate import HostCertificate

Verb = TypeVar("Verb", bound="Callable[..., int]")

CHOOSE = "choose"
"""Value of `--lan` without an address."""

CONNECTIONS = 64
"""Default number of connections per address."""

_NAME = re.compile(
    r"[\w.-]{1,253}(:\d{1,5})?|\[[0-9a-fA-F:.]{2,45}\](:\d{1,5})?|[0-9a-fA-F:.]{2,45}", re.ASCII
)


def check_plain(lan: str | None, *, plain: bool) -> None:
    """Raise InputError for --plain without an address on a network."""
    from tabletop.link.address import is_loopback

    if plain and (lan is None or is_loopback(lan)):
        raise InputError("--plain needs --lan and an address on a network")


def chosen_address(lan: str) -> str:
    """Return the address to listen at: the given one, or this computer's own. Raises `InputError`.

    If there are several, the one with the default route is used, and the others are printed.
    """
    if lan != CHOOSE:
        return _checked(lan)
    from tabletop.system.addresses import own_addresses

    found = own_addresses()
    if not found:
        raise InputError(
            "this computer has no address on a network: connect it, or leave out --lan to play at this "
            "terminal alone"
        )
    if len(found) > 1:
        others = ", ".join(found[1:])
        say(
            f"This computer has several addresses. Taking {found[0]}; for another one: --lan ADDRESS "
            f"({others})",
            err=True,
        )
    return found[0]


def _checked(lan: str) -> str:
    from tabletop.scenario.library import find_scenario

    if not lan.strip() or "/" in lan or (lan.count(":") == 1 and not lan.startswith("[")):
        raise InputError(f"'{lan[:80]}' is not an address of this computer; give the port with --port")
    try:
        find_scenario(lan)
    except InputError:
        return lan.strip().removeprefix("[").removesuffix("]")
    raise InputError(f"--lan takes an address: write the scenario first, as in `tabletop run {lan} --lan`")


def access_options(command: Verb) -> Verb:
    """Add the options about how terminals reach the host."""
    options = (
        click.option(
            "--connections-per-address",
            type=click.IntRange(1, 65_535),
            default=CONNECTIONS,
            show_default=True,
            help="Connections that one address may have at a time: more where many terminals share one.",
        ),
        click.option(
            "--also-known-as",
            metavar="NAME[:PORT]",
            multiple=True,
            help="Another name or address at which terminals reach this host, such as that of a tunnel; "
            "may be given several times.",
        ),
    )
    for option in options:
        command = option(command)
    return command


def chosen_access(also_known_as: tuple[str, ...], connections: int) -> Access:
    """Return the access settings from the options. Raises `InputError`."""
    from tabletop.host.access import Access

    for name in also_known_as:
        if not _NAME.fullmatch(name.strip()):
            raise InputError(
                f"'{one_line(name[:80])}' is not the name of a host: --also-known-as takes one like "
                "host.example or 127.0.0.1:9788"
            )
    return Access(connections, also_known_as)


def copy_options(command: Verb) -> Verb:
    """Add the options about the second copy and lost events."""
    options = (
        click.option(
            "--copy",
            type=click.Path(path_type=Path),
            default=None,
            help="Also keep a second copy: a file, or a folder on another disk, a stick or a share.",
        ),
        click.option(
            "--accept-loss",
            is_flag=True,
            help="Continue although the log has lost events; copies of its files are kept.",
        ),
    )
    for option in options:
        command = option(command)
    return command


def resume_command(  # noqa: PLR0913 - what was typed
    verb: str,
    log: Path,
    address: str | None,
    port: int,
    *,
    plain: bool,
    by_path: bool = False,
    copy: Path | None = None,
    access: Access | None = None,
) -> str:
    """Return the command line that resumes the exercise in a log at the same address.

    It uses --resume if that can only mean this exercise, else --log; with `by_path` always --log.
    """
    from tabletop.cli.resume import is_the_only_one
    from tabletop.paths import logs_folder

    mine = not by_path and log.absolute().parent == logs_folder().absolute() and is_the_only_one(log)
    words = ["tabletop", verb, *(["--resume"] if mine else ["--log", str(log)])]
    words += ["--lan", address] if address is not None else []
    words += ["--port", str(port)] if port != PORT else []
    words += ["--plain"] if plain else []
    words += ["--copy", str(copy)] if copy is not None else []
    if access is not None:
        words += [word for name in access.also_known_as for word in ("--also-known-as", name)]
        if access.connections != CONNECTIONS:
            words += ["--connections-per-address", str(access.connections)]
    return one_line(shlex.join(words))


def kept_copy(session: Session) -> Path | None:
    """Return the path of the second copy, or None."""
    return session.copy.path if session.copy is not None else None


def recovery(
    verb: str,
    session: Session,
    log: Path,
    address: str | None,
    port: int,
    *,
    plain: bool,
    access: Access | None = None,
) -> Recovery:
    """Return what users are told after an internal error, once the log is closed."""
    from tabletop.cli.faults import Recovery
    from tabletop.exercise.state import Stage

    trouble = session.trouble
    where = f"  {one_line(str(log))}"
    safe = (
        f"Everything that was recorded is safe in the log:\n{where}"
        if trouble is None
        else f"The log could not be written at the end ({one_line(trouble)}):\n{where}"
    )
    if session.state.stage is Stage.CLOSED:
        return Recovery(safe, "To write up the exercise, type", shlex.join(["tabletop", "report", str(log)]))
    return Recovery(
        safe,
        "To go on with the exercise where it was, type",
        resume_command(verb, log, address, port, plain=plain, copy=kept_copy(session), access=access),
        "Terminals that joined come back by themselves.",
    )


def close_session(session: Session) -> None:
    """Close the log and the second copy; print what it waits for if the disk is slow."""
    if session.disk_queue.busy:
        say(
            "Waiting for the disk with the log; nothing that was entered is lost. Ctrl+C leaves at once.",
            err=True,
        )
    try:
        session.close()
        _close_copy(session)
    except KeyboardInterrupt:
        if session.disk_queue.busy:
            _leave_at_once()
        raise


def _close_copy(session: Session) -> None:
    """Wait a few seconds for the second copy, and print a message if it is incomplete."""
    copy = session.copy
    if copy is not None and not copy.close():
        where = one_line(shlex.quote(str(copy.path)))
        say(
            f"The second copy is not complete; `tabletop verify LOG --against {where}` says what it lacks. "
            "The log has everything.",
            err=True,
        )


def _leave_at_once() -> NoReturn:
    """Exit without cleaning up, which the log survives: Python would wait for the thread that is blocked."""
    say(
        "Left without waiting for the disk. What was shown as recorded is kept; the rest may be lost.",
        err=True,
    )
    flush_output()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, AttributeError):  # None when the caller closed it
            stream.flush()
    os._exit(ExitCode.INTERRUPTED)


def make_host(
    session: Session,
    log: Path,
    *,
    certificate: HostCertificate | None,
    plain: bool,
    fault: Callable[[Exception], None],
    access: Access,
) -> HostApp:
    """Create a host for the session, without encryption if there is no certificate. Raises `InputError`."""
    from tabletop.host.app import HostApp
    from tabletop.system.clock import SYSTEM_TIME

    return HostApp(
        session, log, SYSTEM_TIME, fault=fault, certificate=certificate, plain=plain, access=access
    )
