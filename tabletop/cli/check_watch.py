"""Check a scenario again each time one of its files is saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import click

from tabletop.errors import ExitCode, InputError
from tabletop.plaintext import visible

_SUFFIXES: Final = (".yaml", ".yml")


def check_at_each_save(path: Path, check: Callable[[], object]) -> ExitCode:
    """Check now and after each save, until Ctrl+C."""
    saves = changes(path)
    with suppress(KeyboardInterrupt):
        while True:
            _check_once(check)
            click.echo("Waiting for the next save; Ctrl+C ends.", err=True)
            if next(saves, None) is None:
                break
            click.clear()  # does nothing unless standard output is a terminal
    return ExitCode.DONE


def _check_once(check: Callable[[], object]) -> None:
    """Check; what keeps the scenario from being read at this moment is only said."""
    try:
        check()
    except InputError as error:
        click.echo(visible(error.message), err=True)


def changes(scenario: Path) -> Iterator[set[str]]:
    """Yield the files that changed, whenever some did."""
    from watchfiles import watch

    while True:
        # Not recursive: a scenario may lie in a home folder. Looked up anew: a folder may have been added.
        folders = folders_of(scenario)
        for found in watch(*folders, watch_filter=_is_yaml, recursive=False, raise_interrupt=True):
            yield {path for _, path in found}
            if folders_of(scenario) != folders:
                break


def folders_of(scenario: Path) -> list[Path]:
    """Return the folders from whose files the scenario is made."""
    from tabletop.scenario.library import FRAMEWORKS, framework_folders, inject_folders

    frameworks = (folder / FRAMEWORKS for folder in framework_folders(scenario))
    own = scenario.absolute().parent
    folders = (own, *inject_folders(scenario), *(folder for folder in frameworks if folder.is_dir()))
    return list(dict.fromkeys(folders))


def _is_yaml(_change: object, path: str) -> bool:
    return path.lower().endswith(_SUFFIXES)
