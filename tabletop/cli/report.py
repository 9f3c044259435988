"""`tabletop report`: write the after-action report of a log."""

from __future__ import annotations

import shlex
from functools import partial
from pathlib import Path
from typing import Final

import click

from tabletop.errors import ExitCode, InputError
from tabletop.plaintext import one_line, visible
from tabletop.report.model import AfterActionReport

_FORMATS: Final = ("md", "html", "json")


def _formats(_ctx: click.Context, _param: click.Parameter, value: str) -> tuple[str, ...]:
    """Parse the list of formats, removing duplicates and restoring the usual order."""
    words = {word.strip().lower() for word in value.split(",")} - {""}
    unknown = sorted(words - set(_FORMATS))
    if unknown or not words:
        named = f"'{unknown[0][:40]}' is not a format" if unknown else "no format is named"
        raise click.BadParameter(f"{named}; there are {', '.join(_FORMATS)}, separated by commas.")
    return tuple(name for name in _FORMATS if name in words)


@click.command("report")
@click.argument("log", required=False)
@click.option(
    "--format",
    "formats",
    metavar="LIST",
    default=",".join(_FORMATS),
    show_default=True,
    callback=_formats,
    help="The formats to write.",
)
@click.option(
    "-o",
    "--output",
    "folder",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="Where to write them; else the current folder.",
)
@click.option("--anonymous", is_flag=True, help="Leave out names of seats, dates and times of day.")
def command(log: str | None, formats: tuple[str, ...], folder: Path, anonymous: bool) -> int:
    """Write the after-action report of LOG.

    LOG is a log file or the name of an exercise. Each format is one file, named after the exercise and its
    date. No file is ever replaced: where there is one of that name, the new one is numbered.
    """
    from tabletop.report.filing import report_name, write_new
    from tabletop.report.rendering import RENDERERS

    if log is None:
        raise InputError(_which())
    report, code = _read(log, anonymous=anonymous)
    texts = {name: RENDERERS[name](report) for name in formats}
    try:
        number, written = write_new(folder, texts, partial(report_name, report))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(
            f"the report cannot be written to {folder}: {reason}. Give another folder with -o."
        ) from error
    for path in written:
        click.echo(visible(str(path)))
    title = f"“{report.overview.exercise}” ({report.overview.scenario})"
    files = "one file" if len(written) == 1 else f"{len(written)} files"
    click.echo(visible(f"After-action report of {title}: {files}."), err=True)
    if number > 1:
        click.echo(
            f"A report of that name already exists and was left unchanged: this one is numbered ({number}).",
            err=True,
        )
    return code


def _which() -> str:
    """Return the message that lists the exercises with their commands."""
    from tabletop.cli.exercise_list import noted, with_commands
    from tabletop.host.exercises import Status, known_exercises
    from tabletop.store.folder import SUFFIX

    known = known_exercises(Path().glob(f"*{SUFFIX}"))  # `tabletop play` writes logs here, too
    written_up = [one for one in known if one.status in (Status.WAITS, Status.CLOSED)]
    held = [one for one in known if one.status is Status.OPEN]
    lines = ["say which exercise to write up: `tabletop report LOG`, with the name or the file of its log."]
    if written_up:
        lines += ["There are:", "", *with_commands(written_up, _report_command)]
    if held:
        lines += ["", "These have to be closed first:", "", *noted(held)]
    if not (written_up or held):
        lines[0] += " There is none yet: `tabletop run` begins one."
    return "\n".join(lines)


def _report_command(log: Path) -> str:
    from tabletop.paths import logs_folder

    word = log.stem if log.absolute().parent == logs_folder().absolute() else str(log)
    return one_line(shlex.join(["tabletop", "report", word]))


def _read(name: str, *, anonymous: bool) -> tuple[AfterActionReport, ExitCode]:
    """Return the report of the log of that name, and 1 if it has lost events."""
    from tabletop.cli.records import read_records
    from tabletop.report.build import build_report

    path, records, head, code = read_records(name)
    try:
        return build_report(records, anonymous=anonymous, chain_head=head), code
    except (ValueError, LookupError) as error:
        raise InputError(
            f"{path} holds no exercise that can be reported: {error}. `tabletop verify {path}` says more."
        ) from error
