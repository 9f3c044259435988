"""Create the first record of a log, which holds the whole scenario, and verify that it can be read back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from pydantic import BaseModel, ValidationError

from tabletop import __version__
from tabletop.errors import InputError
from tabletop.exercise.anchors import Anchors
from tabletop.exercise.commands import FACILITATOR
from tabletop.exercise.events import ExerciseCreated, Record
from tabletop.rules.version import RULES_VERSION
from tabletop.scenario.problems import quoted
from tabletop.scenario.reading.wording import describe, word
from tabletop.scenario.scenario import Scenario
from tabletop.store.codec import decode, encode
from tabletop.store.log import LogCorrupt

Path: TypeAlias = tuple[str | int, ...]
"""Keys that lead to a value inside the event."""


def first_record(
    scenario: Scenario,
    *,
    name: str,
    seed: int,
    wall: str,
    players: Mapping[str, str] | None = None,
    anchors: Anchors | None = None,
) -> Record:
    """Return the record that begins a log of the scenario.

    It is encoded and decoded once before anything is written: a log that cannot be read again would lose the
    whole session. Raises InputError that names the part of the scenario that does not survive.
    """
    created = ExerciseCreated(
        name=name,
        scenario=scenario,
        scenario_hash=scenario.content_hash,
        seed=seed,
        program=__version__,
        rules_version=RULES_VERSION,
        anchors=anchors,
        players=dict(players or {}),
    )
    record = Record(seq=1, at=0, wall=wall, seat=FACILITATOR, key="", digest="", event=created)
    try:
        back = decode(encode(record))
    except LogCorrupt as corrupt:
        raise InputError(_refusal(_why_unreadable(corrupt))) from corrupt
    except ValueError as error:  # what JSON cannot hold
        raise InputError(_refusal(f"scenario: {error}")) from error
    if back != record:
        raise InputError(_refusal(_what_differs(record, back)))
    return record


def _refusal(why: str) -> str:
    return (
        f"The exercise cannot begin: its log could not be read back. At {why}. Nothing was written. Write "
        "that part differently, and please report this: 'tabletop check' should have found it."
    )


def _why_unreadable(corrupt: LogCorrupt) -> str:
    """Return what the decoder refused, in the words that an author gets for a file."""
    cause = corrupt.__cause__
    if not isinstance(cause, ValidationError):
        return corrupt.message
    details = cause.errors(include_url=False)[0]
    path = details["loc"][1:]  # the first part is the type of the event
    return f"{_place(path)}: {word(details, quoted(str(path[-1]))).message}"


def _what_differs(record: Record, back: Record) -> str:
    path, written, read = _difference(record.event, back.event)
    was, came_back = describe(written), describe(read)
    said = f"{was} comes back as {came_back}" if was != came_back else "it comes back as something else"
    return f"{_place(path)}: {said}"


def _place(path: Sequence[str | int]) -> str:
    """Format the path of a value: ``scenario > timeline > item 3``."""
    return " > ".join(f"item {part + 1}" if isinstance(part, int) else part for part in path)


def _difference(written: object, read: object, path: Path = ()) -> tuple[Path, object, object]:
    """Return the path of the first value that differs, and both values."""
    for key, one, other in _inside(written, read):
        if one != other:
            return _difference(one, other, (*path, key))
    return path, written, read


def _inside(written: object, read: object) -> Iterator[tuple[str | int, object, object]]:
    """Yield pairs of values inside two that can be compared one by one."""
    if isinstance(written, BaseModel) and isinstance(read, BaseModel):
        for name in type(written).model_fields:
            yield name, getattr(written, name), getattr(read, name, None)
    elif isinstance(written, dict) and isinstance(read, dict):
        for key in dict.fromkeys([*written, *read]):
            yield key, written.get(key), read.get(key)
    elif isinstance(written, tuple) and isinstance(read, tuple) and len(written) == len(read):
        for index, (one, other) in enumerate(zip(written, read, strict=True)):
            yield index, one, other
