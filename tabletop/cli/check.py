"""`tabletop check`: report errors and warnings of a scenario."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from tabletop.cli.chosen_scenario import cut_option, load_chosen
from tabletop.errors import ExitCode, InputError
from tabletop.plaintext import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tabletop.check.allowing import Allowed
    from tabletop.scenario.linking import Loaded
    from tabletop.scenario.problems import Problem
    from tabletop.scenario.scenario import Scenario

_UNREADABLE: Final = frozenset({"later-format", "too-deep"})
_TEXT: Final = "-"


def _picture_file(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """Refuse a file of another kind: one slip would replace the scenario by its picture."""
    if value is None or value == _TEXT or value.lower().endswith(".svg"):
        return value
    raise click.BadParameter(f"'{value[:40]}' does not end in .svg; '{_TEXT}' prints the timeline as text.")


@click.command("check")
@click.argument("scenario")
@cut_option
@click.option("--json", "as_json", is_flag=True, help="Print the problems as a JSON array.")
@click.option(
    "--ranges",
    "pages",
    flag_value="ranges",
    multiple=True,
    help="Show the range of points each team can get on each objective.",
)
@click.option(
    "--pacing",
    "pages",
    flag_value="pacing",
    multiple=True,
    help="Show what comes to each team in ten minutes, when nothing does, and the running order.",
)
@click.option(
    "--coverage",
    "pages",
    flag_value="coverage",
    multiple=True,
    help="Show which injects and decisions serve each objective for each team.",
)
@click.option(
    "--graph",
    metavar="FILE.svg",
    callback=_picture_file,
    help="Draw the timeline with its branches into a file; - prints it as text.",
)
@click.option("--watch", is_flag=True, help="Check again at each save of a file of the scenario.")
def command(
    scenario: str, cut: str | None, *, as_json: bool, pages: tuple[str, ...], graph: str | None, watch: bool
) -> int:
    """Check a scenario before anyone plays it.

    SCENARIO is a file, a folder with a scenario.yaml in it, or a name that `tabletop list` shows. Problems go
    to standard output, a summary to standard error. The exit code is 1 when the scenario cannot be played;
    warnings alone leave it at 0. Each cut of the scenario is checked with it; --cut checks that one alone.
    """
    if as_json and graph == _TEXT:
        raise click.UsageError("--json prints nothing but data: give --graph a file.")
    check = partial(_check, scenario, cut, as_json=as_json, pages=pages, graph=graph)
    if not watch:
        return check()
    from tabletop.cli.check_watch import check_at_each_save
    from tabletop.scenario.library import find_scenario

    return check_at_each_save(find_scenario(scenario), check)


def _check(
    scenario: str, cut: str | None, *, as_json: bool, pages: tuple[str, ...], graph: str | None
) -> int:
    """Check once: print problems, pages and summary, and return the exit code."""
    problems, allowed, loaded = _checked(scenario, cut)
    if as_json:
        _print_json(problems, allowed, loaded, pages)
    else:
        _print_text(problems, allowed, loaded, pages)
    if loaded is not None and graph is not None:
        _show_timeline(loaded.scenario, graph)
    errors = sum(problem.severity == "error" for problem in problems)
    click.echo(_summary(_called(scenario, cut), errors, len(problems) - errors), err=True)
    return ExitCode.PROBLEMS if errors else ExitCode.DONE


def _called(scenario: str, cut: str | None) -> str:
    return scenario if cut is None else f"{scenario}, cut {cut}"


def _checked(scenario: str, cut: str | None) -> tuple[Sequence[Problem], Sequence[Allowed], Loaded | None]:
    """Return the problems, the warnings that the author allows, and the scenario or the cut if it loads."""
    from tabletop.check import check_with_allowances, check_with_cuts
    from tabletop.scenario.problems import ProblemsFound

    try:
        loaded = load_chosen(scenario, cut)
    except ProblemsFound as found:
        if not any(problem.line and problem.code not in _UNREADABLE for problem in found.problems):
            raise  # no line to correct: missing, empty, not text, of a later format
        return found.problems, (), None
    checked = check_with_cuts(loaded) if cut is None else check_with_allowances(loaded)
    return checked.problems, checked.allowed, loaded


def _print_json(
    problems: Sequence[Problem], allowed: Sequence[Allowed], loaded: Loaded | None, pages: Sequence[str]
) -> None:
    """Print an array of problems, or an object with problems and pages, null if it does not load."""
    from tabletop.scenario.problems import to_json

    listed = [to_json(problem) for problem in problems]
    listed += [
        {**to_json(problem), "severity": "allowed", "because": one.allowance.because}
        for one in allowed
        for problem in one.warnings
    ]
    if not pages:
        click.echo(json.dumps(listed, indent=2))
        return
    from tabletop.check.pages import PAGES

    found = {name: PAGES[name].data(loaded.scenario) if loaded is not None else None for name in pages}
    click.echo(json.dumps({"problems": listed, **found}, indent=2))


def _print_text(
    problems: Sequence[Problem], allowed: Sequence[Allowed], loaded: Loaded | None, pages: Sequence[str]
) -> None:
    from tabletop.scenario.problems import count_of, render

    for problem in problems:
        click.echo(render(problem) + "\n")
    for one in allowed:
        known = one.allowance
        count = count_of(len(one.warnings), "warning")
        click.echo(visible(f"allowed: {known.warning} of {known.of} ({count}): {known.because}") + "\n")
    if loaded is not None and pages:
        from tabletop.check.pages import PAGES

        click.echo("\n\n".join(PAGES[name].text(loaded.scenario) for name in pages))


def _show_timeline(scenario: Scenario, graph: str) -> None:
    """Print the timeline as text, or write its picture."""
    from tabletop.check.graph.picture import graph_picture
    from tabletop.check.graph.text import graph_text

    if graph == _TEXT:
        click.echo(graph_text(scenario))
        return
    path = Path(graph)
    try:
        path.write_text(graph_picture(scenario), encoding="utf-8", newline="\n")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(
            f"the timeline cannot be written to {path}: {reason}. Give another file with --graph."
        ) from error
    click.echo(visible(f"The timeline is in {path}."), err=True)


def _summary(scenario: str, errors: int, warnings: int) -> str:
    """Return the summary line."""
    from tabletop.scenario.problems import count_of

    worth_a_look = f"{count_of(warnings, 'warning')} worth a look" if warnings else "no problems"
    if not errors:
        return f"{scenario}: {worth_a_look}. It can be played."
    and_warnings = f" and {count_of(warnings, 'warning')}" if warnings else ""
    return f"{scenario}: {count_of(errors, 'error')}{and_warnings}. Correct the errors to play it."
