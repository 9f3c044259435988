"""`tabletop report`: the after-action report of a log, in every format asked for."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

import click

from tabletop.errors import ExitCode, InputError
from tabletop.plaintext import visible
from tabletop.report.model import Report

_FORMATS: Final = ("md", "html", "json")


def _formats(_ctx: click.Context, _param: click.Parameter, value: str) -> tuple[str, ...]:
    """The formats named, each once and in their usual order."""
    words = {word.strip().lower() for word in value.split(",")} - {""}
    unknown = sorted(words - set(_FORMATS))
    if unknown or not words:
        named = f"'{unknown[0][:40]}' is not a format" if unknown else "no format is named"
        raise click.BadParameter(f"{named}; there are {', '.join(_FORMATS)}, separated by commas.")
    return tuple(name for name in _FORMATS if name in words)


@click.command("report")
@click.argument("log", metavar="LOG")
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
def command(log: str, formats: tuple[str, ...], folder: Path, anonymous: bool) -> int:
    """Write the after-action report of LOG.

    LOG is a log file or the name of an exercise. Each format is one file, named after the scenario; a report
    written before is replaced.
    """
    from tabletop.report.marking import file_name

    report, code = _read(log, anonymous=anonymous)
    written = []
    for name in formats:
        path = folder / file_name(report.overview.scenario_id, name, anonymous=anonymous)
        _write(path, _renderer(name)(report))
        written.append(path)
        click.echo(visible(str(path)))
    title = f"“{report.overview.exercise}” ({report.overview.scenario})"
    files = "one file" if len(written) == 1 else f"{len(written)} files"
    click.echo(visible(f"After-action report of {title}: {files}."), err=True)
    return code


def _read(name: str, *, anonymous: bool) -> tuple[Report, ExitCode]:
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


def _renderer(name: str) -> Callable[[Report], str]:
    """What makes a format; imported when it is wanted, as Jinja takes its time."""
    if name == "md":
        from tabletop.report.markdown import render_markdown

        return render_markdown
    if name == "html":
        from tabletop.report.html import render_html

        return render_html
    from tabletop.report.json import render_json

    return render_json


def _write(path: Path, text: str) -> None:
    """Write the file whole or not at all: whoever reads it meanwhile sees the old one or the new one."""
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with part.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"{path} cannot be written: {reason}. Give another folder with -o.") from error
