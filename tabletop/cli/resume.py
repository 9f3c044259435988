"""Choose the exercise to resume: the only one that can be meant, or one that the user picks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Final

import click

from tabletop.cli.exercise_list import noted, numbered, with_commands
from tabletop.cli.output import say
from tabletop.cli.terminal import can_ask
from tabletop.errors import InputError
from tabletop.plaintext import one_line

if TYPE_CHECKING:
    from tabletop.host.exercises import KnownExercise

_SHOWN: Final = 3
"""How many exercises that wait are listed where nobody asked for a list."""

Command = Callable[[Path], str]
"""Returns the command line that resumes the exercise in a log."""

OTHERWISE: Final = {
    "run": "begin another one with --new",
    "host": "host a scenario without --resume",
}
"""The alternative, by verb, when another program has the exercise open."""


def waiting_exercise(
    verb: str, command: Command, *, scenario: str | None = None, name: str | None = None
) -> Path:
    """Return the log that `--resume` means, questions the user in case of doubt. Raises InputError.

    `scenario` (an id) and `name` (of an exercise) narrow the choice.
    """
    from tabletop.host.exercises import Status

    known = _in_question(scenario, name)
    waits = [one for one in known if one.status is Status.WAITS]
    if not waits:
        raise InputError(_nothing_waits(verb, command, known))
    rivals = _rivals(known, waits)
    if len(waits) == 1 and not rivals:
        return waits[0].path
    if not can_ask():
        lines = [_headline(waits), "", *with_commands(waits, command), *_besides(rivals)]
        raise InputError("\n".join([*lines, "", "Nothing was started. Type one of these commands."]))
    number = _asked(
        [_headline(waits), "", *numbered(waits), *_besides(rivals)], len(waits), "for none of them"
    )
    if not number:
        raise click.Abort
    return waits[number - 1].path


def offered_exercise(scenario: str, name: str | None) -> Path | None:
    """Ask whether to resume an unfinished exercise of the scenario; return None to begin a new one.

    Raises InputError if one is open elsewhere, so that a second facilitator does not begin another one.
    """
    from tabletop.host.exercises import Status

    known = _in_question(scenario, name)
    held = [one for one in known if one.status is Status.OPEN]
    if held:
        raise InputError(_in_use("run", held))
    waits = [one for one in known if one.status is Status.WAITS]
    if not waits:
        return None
    if len(waits) == 1:
        return waits[0].path if _wanted(waits[0]) else None
    number = _asked([_headline(waits), "", *numbered(waits)], len(waits), "to begin a new one")
    return waits[number - 1].path if number else None


def waiting_lines() -> list[str]:
    """Return the exercises that wait to be resumed, each with the command that does it, if any do."""
    from tabletop.host.exercises import Status, known_exercises
    from tabletop.paths import logs_folder

    waits = [one for one in known_exercises() if one.status is Status.WAITS]
    if not waits:
        return []
    log = waits[0].path
    if len(waits) == 1 and log.absolute().parent == logs_folder().absolute() and is_the_only_one(log):
        shown = list(with_commands(waits, lambda _: "tabletop run --resume"))
    else:
        shown = list(with_commands(waits[:_SHOWN], lambda path: f"tabletop run --log {quote(str(path))}"))
    count = "One exercise is" if len(waits) == 1 else f"{len(waits)} exercises are"
    more = ["  More of them: tabletop run --resume"] if len(waits) > _SHOWN else []
    return [f"{count} unfinished:", "", *shown, *more]


def is_the_only_one(log: Path) -> bool:
    """Return whether `--resume` can only mean the exercise in this log."""
    from tabletop.host.exercises import Status, known_exercises, same_log

    return not any(
        one.status in (Status.WAITS, Status.OPEN) and not same_log(one.path, log) for one in known_exercises()
    )


def check_scenario(log: Path, scenario: str) -> None:
    """Raise InputError if the exercise in a log is not of that scenario."""
    from tabletop.host.exercises import look_at

    found = look_at(log)
    if found is not None and found.events and found.scenario != scenario:
        raise InputError(
            f"{log} holds an exercise of '{found.scenario}', not of '{scenario}': leave out the scenario "
            "to resume it, or choose another --log"
        )


def _in_question(scenario: str | None, name: str | None) -> list[KnownExercise]:
    from tabletop.host.exercises import known_exercises, of_scenario
    from tabletop.store.folder import file_name

    known = known_exercises()
    if scenario is not None:
        known = of_scenario(known, scenario)
    if name is not None:
        known = [one for one in known if name == one.name or file_name(name) == one.path.stem]
    return known


def _rivals(known: Sequence[KnownExercise], waits: Sequence[KnownExercise]) -> list[KnownExercise]:
    """Return exercises that may be meant but cannot be resumed here: open elsewhere, or unreadable."""
    from tabletop.host.exercises import Status

    latest = max(one.touched for one in waits)
    lost = (Status.UNREADABLE, Status.GONE)
    return [
        one for one in known if one.status is Status.OPEN or (one.status in lost and one.touched > latest)
    ]


def _nothing_waits(verb: str, command: Command, known: Sequence[KnownExercise]) -> str:
    from tabletop.host.exercises import Status

    held = [one for one in known if one.status is Status.OPEN]
    if held:
        return _in_use(verb, held)
    said = f"there is no unfinished exercise: {verb} a scenario without --resume"
    lost = [one for one in known if one.status in (Status.UNREADABLE, Status.GONE)]
    if lost:
        moved = command(Path("LOG"))
        said += "\n".join([". There was", "", *noted(lost[:1]), "", f"If it was moved: {moved}"])
    return said


def _in_use(verb: str, held: Sequence[KnownExercise]) -> str:
    paths = ", ".join(one_line(str(one.path)) for one in held)
    return f"another tabletop is running this exercise ({paths}): close it there first, or {OTHERWISE[verb]}"


def _headline(waits: Sequence[KnownExercise]) -> str:
    if len(waits) == 1:
        return "One exercise is unfinished, but it may not be the one you mean:"
    return f"{len(waits)} exercises are unfinished:"


def _besides(rivals: Sequence[KnownExercise]) -> list[str]:
    return ["", "These cannot be resumed here:", "", *noted(rivals)] if rivals else []


def _asked(lines: Sequence[str], count: int, none: str) -> int:
    """Ask for a number; 0 means none."""
    for line in lines:
        say(line, err=True)
    say("", err=True)
    which = "1" if count == 1 else f"1 to {count}"
    number: int = click.prompt(
        f"Which one? {which}, or 0 {none}", type=click.IntRange(0, count), err=True, show_choices=False
    )
    return number


def _wanted(one: KnownExercise) -> bool:
    from tabletop.scenario.gametime import format_time

    return click.confirm(
        f"'{one_line(one.name)}' is unfinished: it stopped at {format_time(one.at)} after "
        f"{one.events} events ({one.wall[:16].replace('T', ' ')} UTC). Resume it?",
        default=True,
        err=True,
    )
