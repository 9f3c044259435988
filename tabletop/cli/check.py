"""`tabletop check`: what is wrong with a scenario, or worth a look, before anyone plays it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from tabletop.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tabletop.scenario.problems import Problem


@click.command("check")
@click.argument("scenario")
@click.option("--json", "as_json", is_flag=True, help="Print the problems as a JSON array.")
def command(scenario: str, *, as_json: bool) -> int:
    """Check a scenario before anyone plays it.

    SCENARIO is a file, a folder with a scenario.yaml in it, or a name that `tabletop list` shows. Problems go
    to standard output, a summary to standard error. The exit code is 1 when the scenario cannot be played;
    warnings alone leave it at 0.
    """
    from tabletop.check import check
    from tabletop.scenario.library import find_scenario
    from tabletop.scenario.linking import load_scenario
    from tabletop.scenario.problems import ProblemsFound, render, to_json

    path = find_scenario(scenario)
    try:
        problems: Sequence[Problem] = check(load_scenario(path))
    except ProblemsFound as found:
        if not any(problem.line for problem in found.problems):
            raise  # no scenario at all: missing, empty, not text
        problems = found.problems
    if as_json:
        click.echo(json.dumps([to_json(problem) for problem in problems], indent=2))
    else:
        for problem in problems:
            click.echo(render(problem) + "\n")
    errors = sum(problem.severity == "error" for problem in problems)
    click.echo(_summary(scenario, errors, len(problems) - errors), err=True)
    return ExitCode.PROBLEMS if errors else ExitCode.DONE


def _summary(scenario: str, errors: int, warnings: int) -> str:
    """Say in one line how things stand and what to do."""
    from tabletop.scenario.problems import count_of

    worth_a_look = f"{count_of(warnings, 'warning')} worth a look" if warnings else "no problems"
    if not errors:
        return f"{scenario}: {worth_a_look}. It can be played."
    and_warnings = f" and {count_of(warnings, 'warning')}" if warnings else ""
    return f"{scenario}: {count_of(errors, 'error')}{and_warnings}. Put the errors right to play it."
