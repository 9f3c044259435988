"""Load the scenario that a command names, whole or as one of its cuts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from tabletop.errors import ExitCode, InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tabletop.scenario.linking import Loaded


def _word(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    return value.strip().lower() if value is not None else None


cut_option: Final[Callable[[Any], Any]] = click.option(
    "--cut", metavar="CUT", default=None, callback=_word, help="Take this shorter form of the scenario."
)
"""The option of every command that takes a scenario to play."""


def load_chosen(scenario: str, cut: str | None = None) -> Loaded:
    """Load a scenario by name or path, or one of its cuts.

    Raises InputError, which names the cuts there are.
    """
    from tabletop.scenario.library import find_scenario
    from tabletop.scenario.linking import load_scenario

    loaded = load_scenario(find_scenario(scenario))
    return loaded if cut is None else chosen_cut(loaded, cut)


def chosen_cut(loaded: Loaded, cut: str) -> Loaded:
    """Return one of the cuts. Raises InputError, which names the cuts there are."""
    from tabletop.scenario.nearest import nearest
    from tabletop.scenario.problems import quoted

    if cut in loaded.cuts:
        return loaded.cut(cut)
    title = quoted(loaded.scenario.title)
    if not loaded.cuts:
        raise InputError(f"{title} has no cuts: leave out --cut.", exit_code=ExitCode.USAGE)
    near = nearest(cut, loaded.cuts)
    known = "; ".join(f"{word} ({made.title})" for word, made in loaded.cuts.items())
    meant = f" Did you mean {quoted(near)}?" if near else ""
    raise InputError(f"{title} has no cut {quoted(cut)}.{meant} It has: {known}.", exit_code=ExitCode.USAGE)
