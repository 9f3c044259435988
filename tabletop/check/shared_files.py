"""Warnings about files that several scenarios share.

Nobody should mend such a file for one scenario, and some of them are the program's own: a warning stands at
the line of the scenario's own file that brings the shared one in.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tabletop.scenario.linking import Loaded
from tabletop.scenario.linking.findings import Place, problem_at
from tabletop.scenario.problems import Problem, quoted
from tabletop.scenario.reading.locating import locate, value_at

_OFFERS: Final = frozenset({"objective-unmoved", "objective-one-team", "rule-never-fires"})
"""Warnings that say only that a scenario uses less than its framework offers."""


def only_offered(problem: Problem, loaded: Loaded) -> bool:
    """Return whether the warning is about what the framework offers and the scenario leaves unused."""
    framework = loaded.framework
    return framework is not None and problem.file == framework.document.name and problem.code in _OFFERS


def in_own_file(problem: Problem, loaded: Loaded) -> Problem:
    """Return the warning at a line of the scenario's own file, with its place in the shared file in words."""
    if loaded.framework is not None and problem.file == loaded.framework.document.name:
        name = value_at(loaded.root.document, ("framework",))
        return _moved(problem, loaded.root / "framework", f"framework {quoted(str(name))}")
    entry = _entry_of(problem, loaded)
    if entry is not None:
        return _moved(problem, entry / "inject", quoted(problem.file, 200))
    return problem


def _entry_of(problem: Problem, loaded: Loaded) -> Place | None:
    """Return the entry that hands out the card which the warning is about, if the card is in the library."""
    if problem.file == loaded.root.document.name:
        return None
    for entry in loaded.scenario.timeline:
        for card in entry.cards:
            place = loaded.places["card", card.id]
            there = (place.document.name, *locate(place.document, place.loc))
            if there == (problem.file, problem.line, problem.column):
                return loaded.places["entry", entry.id]
    return None


def _moved(problem: Problem, place: Place, where: str) -> Problem:
    message = f"{problem.message} (in {where}, line {problem.line})"
    there = problem_at(place, problem.code, message, severity=problem.severity)
    return replace(there, hint=problem.hint, about=problem.about)
