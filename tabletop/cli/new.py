"""`tabletop new`: create a small, playable scenario to start from."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Collection
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
@click.option("--teams", type=click.IntRange(2, 12), default=None, help="How many teams; else two.")
@click.option(
    "--framework", default="none", help="Use the teams and objectives of a framework, as trilateral."
)
@click.option("--from", "source", metavar="SCENARIO", help="Begin with a copy of this scenario.")
def command(name: str, into: Path, teams: int | None, framework: str, source: str | None) -> None:
    """Start a scenario of your own.

    Makes the folder NAME with a scenario.yaml in it: two teams, two phases, five injects, two decisions, and
    a note beside everything you may want to change; and beside it the schema by which an editor completes
    keys and ids.
    """
    from tabletop.errors import InputError
    from tabletop.scenario.library import SCENARIO_FILE, shown
    from tabletop.scenario.template import copied, template, with_editor_line

    _refuse_unfit(name)
    if sum((teams is not None, framework != "none", source is not None)) > 1:
        raise InputError("Use one of --teams, --framework and --from: each says which teams there are.")
    file = into / name / SCENARIO_FILE
    original = _original(source)
    if original is not None:
        text = copied(original[0].read_text(encoding="utf-8-sig"), name)
    else:
        text = template(name, teams or 2)
        text = text if framework == "none" else _on_framework(text, framework, file)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as writing:
            writing.write(with_editor_line(text))
        if original is not None:
            _copy_beside(*original, file.parent)
        _write_schema(file)
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


def _original(source: str | None) -> tuple[Path, Collection[str]] | None:
    """Return the file of the scenario to copy, and the names of what it attaches.

    Raises ProblemsFound if it has mistakes.
    """
    if source is None:
        return None
    from tabletop.scenario.library import find_scenario
    from tabletop.scenario.linking import load_scenario

    file = find_scenario(source)
    return file, load_scenario(file).scenario.files.keys()


def _on_framework(text: str, framework: str, file: Path) -> str:
    from tabletop.errors import InputError
    from tabletop.scenario.files import FrameworkFile
    from tabletop.scenario.library import find_framework, frameworks_known, shown
    from tabletop.scenario.problems import quoted
    from tabletop.scenario.reading import read_document
    from tabletop.scenario.template import on_framework

    found = find_framework(file, framework)
    if found is None:
        known = ", ".join(frameworks_known(file))
        raise InputError(f"There is no framework {quoted(framework)}. Use none, or one of: {known}.")
    read = FrameworkFile.model_validate(read_document(found, name=shown(found)).data)
    teams = {word: team.name for word, team in read.teams.items()}
    return on_framework(text, framework, teams, list(read.objectives))


def _copy_beside(original: Path, attached: Collection[str], folder: Path) -> None:
    """Copy what a scenario uses from beside it: files that it attaches, injects, frameworks."""
    from tabletop.paths import bundled
    from tabletop.scenario.library import FRAMEWORKS, INJECTS

    for name in (*attached, *(f"{INJECTS}/{one}" for one in attached)):
        if (original.parent / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(original.parent / name, folder / name)
    kept = (original.parent / INJECTS, original.parent / FRAMEWORKS, original.parent.parent / FRAMEWORKS)
    for found in kept:
        if found.is_dir() and not found.resolve().is_relative_to(bundled("scenarios").resolve()):
            (folder / found.name).mkdir(exist_ok=True)
            for file in found.glob("*.y*ml"):
                if not (folder / found.name / file.name).exists():
                    shutil.copyfile(file, folder / found.name / file.name)


def _write_schema(file: Path) -> None:
    from tabletop.scenario.linking import known_ids
    from tabletop.scenario.schemas import schema_text
    from tabletop.scenario.template import SCHEMA_FILE

    (file.parent / SCHEMA_FILE).write_text(schema_text("scenario", known_ids(file)), encoding="utf-8")


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
