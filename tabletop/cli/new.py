"""`tabletop new`: create a small, playable scenario to start from."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click


@click.command("new")
@click.argument("name")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="The folder to make it in; else the current one.",
)
def command(name: str, into: Path) -> None:
    """Start a scenario of your own.

    Makes the folder NAME with a scenario.yaml in it: two teams, two phases, five injects, two decisions, and
    a note beside everything you may want to change.
    """
    from tabletop.errors import InputError
    from tabletop.scenario.library import SCENARIO_FILE, shown
    from tabletop.scenario.template import template

    _refuse_unfit(name)
    file = into / name / SCENARIO_FILE
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as writing:
            writing.write(template(name))
    except FileExistsError:
        raise InputError(
            f"{shown(file) if file.exists() else shown(file.parent)} already exists and was left unchanged. "
            "Choose another name, or another folder with --into."
        ) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(
            f"{shown(file)} cannot be written: {reason}. Choose another folder with --into."
        ) from None
    folder = shlex.quote(shown(file.parent))
    click.echo(f"Wrote {shown(file)}. It plays as it is; open it in an editor and make it yours.\n")
    click.echo("What you can do next:\n")
    click.echo(f"  tabletop check {folder}    after each change: finds every mistake and its line")
    click.echo(f"  tabletop run {folder}      run it as its facilitator")


def _refuse_unfit(name: str) -> None:
    """Refuse a name that is not a valid id, suggesting one that is."""
    from pydantic import TypeAdapter, ValidationError

    from tabletop.errors import InputError
    from tabletop.scenario.base import Id
    from tabletop.scenario.problems import quoted

    try:
        TypeAdapter(Id).validate_python(name)
    except ValidationError:
        fit = "-".join(re.findall(r"[a-z0-9]+", name.lower()))[:64].strip("-")
        raise InputError(
            f"{quoted(name)} cannot name a scenario: a name is lower-case words joined by hyphens. "
            f"Try: tabletop new {fit or 'my-exercise'}"
        ) from None
