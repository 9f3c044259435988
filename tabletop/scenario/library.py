"""Find scenarios, frameworks and injects by name or by path.

A name resolves to a file below its folder: a symbolic link that leads out of the folder is refused.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from tabletop.errors import InputError
from tabletop.paths import bundled
from tabletop.scenario.nearest import nearest
from tabletop.scenario.problems import quoted

SCENARIO_FILE: Final = "scenario.yaml"
FRAMEWORKS: Final = "frameworks"
INJECTS: Final = "injects"
_SUFFIXES: Final = frozenset({".yaml", ".yml"})


def find_scenario(name_or_path: str) -> Path:
    """Return the file of a scenario: a path to it, its folder, or the name of a bundled one.

    An existing path takes precedence over a bundled scenario of the same name. Raises InputError that says
    where it looked and which name is nearest.
    """
    if not name_or_path or "\0" in name_or_path:
        raise InputError(
            "Name a scenario: the path of its file or folder, or one that `tabletop list` shows."
        )
    path = Path(name_or_path)
    if _is_file(path):
        if path.suffix.lower() not in _SUFFIXES:
            raise InputError(f"{quoted(name_or_path)} is not a scenario: its name does not end in .yaml.")
        return path
    known = {scenario.parent.name: scenario.parent for scenario in bundled_scenarios()}
    file = _scenario_in(path) or within(known.get(name_or_path, path), SCENARIO_FILE)
    if file is None:
        raise InputError(_not_found(name_or_path, path, known))
    return file


def _scenario_in(folder: Path) -> Path | None:
    """Return the scenario of a folder, whichever of the two usual endings it has."""
    names = (Path(SCENARIO_FILE).with_suffix(suffix).name for suffix in (".yaml", ".yml"))
    return next((file for name in names if (file := within(folder, name)) is not None), None)


def bundled_scenarios() -> list[Path]:
    """Return the files of the bundled scenarios; the name of each folder is the scenario's id."""
    folder = bundled("scenarios")
    if not folder.is_dir():
        return []
    return [child / SCENARIO_FILE for child in sorted(folder.iterdir()) if _is_file(child / SCENARIO_FILE)]


def framework_folders(scenario: Path) -> list[Path]:
    """Return the folders that may hold a ``frameworks`` folder, the scenario's own first."""
    own = scenario.absolute().parent
    folders = (own, own.parent, bundled("scenarios").absolute())
    return list(dict.fromkeys(folders))


def find_framework(scenario: Path, framework: str) -> Path | None:
    """Return the file of a framework, or None if no folder has it. Raises InputError as `within` does."""
    for folder in framework_folders(scenario):
        file = within(folder, FRAMEWORKS, f"{framework}.yaml")
        if file is not None:
            return file
    return None


def frameworks_known(scenario: Path) -> list[str]:
    """Return the names of all frameworks that the scenario can use."""
    folders = (folder / FRAMEWORKS for folder in framework_folders(scenario))
    return sorted({file.stem for folder in folders for file in folder.glob("*.yaml")})


def inject_folders(scenario: Path) -> list[Path]:
    """Return the folders of the inject library for a scenario, the scenario's own first."""
    folders = (own_injects(scenario), bundled("injects").absolute())
    return [folder for folder in dict.fromkeys(folders) if _is_folder(folder)]


def own_injects(scenario: Path) -> Path:
    """Return the folder beside a scenario that may hold its own inject files."""
    return scenario.absolute().parent / INJECTS


def inject_files(folder: Path) -> list[Path]:
    """Return the inject files of a folder, sorted by name; hidden ones are not read.

    Raises InputError for a folder that cannot be read, and as `within` does.
    """
    try:
        names = sorted(path.name for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES)
    except OSError as error:
        raise InputError(
            f"The folder {quoted(shown(folder), 200)} cannot be read: {error.strerror or error}. "
            "Ask its owner for permission, or move the scenario to a folder of your own."
        ) from None
    names = [name for name in names if not name.startswith(".")]
    return [file for name in names if (file := within(folder, name)) is not None]


def passed_over(folder: Path) -> dict[Path, str]:
    """Return what an author may take for inject files of a folder, and why it is not read."""
    found = {}
    for path in sorted(folder.iterdir()):
        looks = path.suffix.lower() in _SUFFIXES
        if path.name.startswith(".") or _is_file(path):
            continue
        if _is_folder(path):
            if looks or any(one.suffix.lower() in _SUFFIXES for one in path.iterdir()):
                found[path] = "this is a folder, and only files that lie directly in 'injects' are read"
        elif looks:
            found[path] = "this is no file that can be read, such as a link that leads nowhere"
    return found


def within(folder: Path, *parts: str) -> Path | None:
    """Return a file below a folder, or None if it does not exist.

    Raises InputError if it is a link to a file outside the folder.
    """
    path = folder.joinpath(*parts)
    if not _is_file(path):
        return None
    if not path.resolve().is_relative_to(folder.resolve()):
        raise InputError(
            f"{quoted(str(path), 200)} is a link to a file outside its folder. "
            "Put the file itself there, so that the scenario can be moved as one folder."
        )
    return path


def shown(path: Path) -> str:
    """Return the path for messages: relative to the current folder if it lies below it."""
    absolute, here = path.absolute(), Path.cwd()
    return str(absolute.relative_to(here) if absolute.is_relative_to(here) else path)


def _is_file(path: Path) -> bool:
    with suppress(OSError):  # a name too long for the file system, or a folder that may not be read
        return path.is_file()
    return False


def _is_folder(path: Path) -> bool:
    with suppress(OSError):
        return path.is_dir()
    return False


def _not_found(name: str, path: Path, known: dict[str, Path]) -> str:
    """Return the message for an unknown scenario: where it was looked for, and the nearest name."""
    if _is_folder(path):
        return f"The folder {quoted(name, 200)} has no {SCENARIO_FILE}. `tabletop new` creates one."
    looked = f"no file or folder of that name here, and no bundled scenario in {bundled('scenarios')}"
    near = nearest(name.removesuffix("/"), known)
    if near is not None:
        advice = f"Did you mean {quoted(near)}?"
    elif known:
        advice = f"The bundled ones are: {', '.join(known)}."
    else:
        advice = "No scenarios came with this installation; give the path of a scenario.yaml."
    return f"There is no scenario {quoted(name, 200)}: {looked}. {advice}"
