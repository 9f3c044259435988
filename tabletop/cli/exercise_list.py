"""Format lists of exercises for the user to choose from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from tabletop.plaintext import one_line

if TYPE_CHECKING:
    from pathlib import Path

    from tabletop.host.exercises import KnownExercise


def described(one: KnownExercise) -> str:
    """Return name, scenario, progress and last use of an exercise on one line."""
    from tabletop.scenario.gametime import format_time

    parts = [one.name, one.title or one.scenario]
    if one.events:
        events = "1 event" if one.events == 1 else f"{one.events:,} events"
        parts.append(f"{one.status}, at {format_time(one.at)} after {events}")
    else:
        parts.append(str(one.status))
    parts.append(f"{(one.wall or one.touched)[:16].replace('T', ' ')} UTC" if one.wall or one.touched else "")
    return " · ".join(one_line(part) for part in parts if part)


def numbered(exercises: Iterable[KnownExercise]) -> Iterator[str]:
    """Yield two lines per exercise: its number and description, and the path of its log."""
    for number, one in enumerate(exercises, 1):
        yield f"  {number}  {described(one)}"
        yield f"     {one_line(str(one.path))}"


def with_commands(exercises: Iterable[KnownExercise], command: Callable[[Path], str]) -> Iterator[str]:
    """Yield two lines per exercise: its description, and the command line for it."""
    for one in exercises:
        yield f"  {described(one)}"
        yield f"    {command(one.path)}"


def noted(exercises: Iterable[KnownExercise]) -> Iterator[str]:
    """Yield two lines per exercise that cannot be chosen: its description, and the reason or its path."""
    for one in exercises:
        yield f"  -  {described(one)}"
        yield f"     {one_line(one.problem or str(one.path))}"
