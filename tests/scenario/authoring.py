"""Scenarios as an author writes them: the one that `tabletop new` makes, with edits."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tabletop.scenario.linking import Loaded, load_scenario
from tabletop.scenario.problems import Problem, ProblemsFound
from tabletop.scenario.template import template

Edit = tuple[str, str]
"""What stands in the text once, and what an author writes instead."""


ONE_EACH: tuple[Edit, ...] = (
    ("        bad: {speak: It is told before both know what to call it}\n", ""),
    ("        good: {speak: Both can call it by its name from the start}\n", ""),
    ("        bad: {warn: The text is ready only when the news is an hour old}\n", ""),
    ("        good: {warn: The neighbour's people hear it at once}\n", ""),
)
"""Edits by which each decision moves one objective, and is no dilemma any more."""


def write(folder: Path, *edits: Edit, files: Mapping[str, str] | None = None) -> Path:
    """Write the scenario with the edits, and other files beside it; return the scenario's file."""
    text = template("strait")
    for old, new in edits:
        assert text.count(old) == 1, f"{old!r} stands there {text.count(old)} times"
        text = text.replace(old, new)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in (files or {}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    path = folder / "scenario.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def load(folder: Path, *edits: Edit, files: Mapping[str, str] | None = None) -> Loaded:
    """Load the scenario with the edits."""
    return load_scenario(write(folder, *edits, files=files))


def problems(folder: Path, *edits: Edit, files: Mapping[str, str] | None = None) -> tuple[Problem, ...]:
    """Return what is wrong with the scenario once it has the edits; nothing if it loads."""
    try:
        return load(folder, *edits, files=files).warnings
    except ProblemsFound as found:
        return found.problems


def sends(inject: str) -> Edit:
    """Return the edit that adds an entry for an inject."""
    last = "  - inject: fishermen "
    return last, f"  - inject: {inject}\n    contingency: true\n{last}"


def at(problem: Problem) -> str:
    """Return the text that the caret of a problem points at, to the end of its line."""
    assert problem.source is not None
    return problem.source[problem.column - 1 :]
