"""Warnings that the author allows, each with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tabletop.scenario.allowances import Allowance
from tabletop.scenario.linking import Loaded
from tabletop.scenario.linking.findings import Place, problem_at
from tabletop.scenario.nearest import nearest
from tabletop.scenario.problems import Problem, quoted
from tabletop.scenario.prose import listed


@dataclass(frozen=True, slots=True)
class Allowed:
    """An allowance with the warnings that it silences."""

    allowance: Allowance
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What `check` found: what is left, and what the author allows."""

    problems: Sequence[Problem]
    allowed: tuple[Allowed, ...] = ()


def with_allowances(found: Sequence[Problem], loaded: Loaded) -> Checked:
    """Take out what the author allows; warn of each allowance that silences nothing."""
    silenced: set[Problem] = set()
    allowed, idle = [], []
    for allowance, place in loaded.allow:
        warnings = tuple(problem for problem in found if _fits(allowance, problem, loaded))
        silenced.update(warnings)
        if warnings:
            allowed.append(Allowed(allowance, warnings))
        elif loaded.scenario.cut is None:  # a cut need not give rise to all that the whole does
            idle.append(_idle(allowance, place, found))
    return Checked([*(problem for problem in found if problem not in silenced), *idle], tuple(allowed))


def _fits(allowance: Allowance, problem: Problem, loaded: Loaded) -> bool:
    about = problem.about or (loaded.scenario.id,)
    return problem.severity == "warning" and problem.code == allowance.warning and allowance.of in about


def _idle(allowance: Allowance, place: Place, found: Sequence[Problem]) -> Problem:
    same = [problem for problem in found if problem.code == allowance.warning]
    near = nearest(allowance.warning, {problem.code for problem in found})
    if same:
        hint = f"it is given for {listed(list(dict.fromkeys(map(_last, same))))}"
    elif near is not None:
        hint = f"did you mean {quoted(near)}?"
    else:
        hint = "remove it: nothing is wrong any more"
    return problem_at(
        place / ("of" if same else "warning"),
        "allows-nothing",
        f"there is no warning {quoted(allowance.warning)} of {quoted(allowance.of)} to allow",
        hint=hint,
        severity="warning",
    )


def _last(problem: Problem) -> str:
    """Return the id that the warning is about: ``cancel-surgery`` of ``decisions``, ``cancel-surgery``."""
    return quoted([*problem.about[1:2], *problem.about[:1], problem.file][0])
