"""Read JSON Lines, one value per line, as strictly as YAML."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from tabletop.scenario.problems import Problem, ProblemsFound
from tabletop.scenario.reading.document import Document, Lines, Mark, Position
from tabletop.scenario.reading.document import Path as DataPath
from tabletop.scenario.reading.encoding import decode, read_bytes

MAX_DEPTH: Final = 32
MAX_DIGITS: Final = 15


class _ItemMarks(Mapping[DataPath, Mark]):
    """Marks by line only: everything inside an item has the position of the item."""

    def __init__(self, lines: list[int]) -> None:
        self._lines = lines

    def __getitem__(self, path: DataPath) -> Mark:
        index = path[0] if path else 0
        if not isinstance(index, int) or not 0 <= index < len(self._lines):
            raise KeyError(path)
        return Mark(Position(self._lines[index], 1), None)

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[DataPath]:
        return iter([(index,) for index in range(len(self._lines))])


def read_json_lines(path: Path, *, name: str | None = None) -> Document:
    """Read a file with one JSON value per line; empty lines are skipped.

    Raises ProblemsFound for every line that is not strict JSON: duplicate keys, NaN, numbers of more
    than 15 digits and nesting deeper than 32 are refused.
    """
    name = name or str(path)
    lines = Lines(decode(read_bytes(path, name), name).removeprefix("\ufeff").replace("\r\n", "\n"))
    items, places, problems = [], [], []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                items.append(_value(line))
                places.append(number)
            except (ValueError, RecursionError) as error:
                problems.append(Problem(name, number, 1, _wording(error), "not-json", line))
    if problems:
        raise ProblemsFound(problems)
    return Document(name, items, _ItemMarks(places), lines)


def _value(line: str) -> object:
    value: object = json.loads(line, object_pairs_hook=_mapping, parse_constant=_constant, parse_int=_integer)
    _check_depth(value)
    return value


def _check_depth(value: object) -> None:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for item in level
            for inner in (item.values() if isinstance(item, dict) else item if isinstance(item, list) else ())
        ]
        if not level:
            return
    raise ValueError(f"values are nested more than {MAX_DEPTH} levels deep")


def _mapping(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key appears twice in one object")
    return found


def _constant(word: str) -> object:
    raise ValueError(f"{word} is not a number")


def _integer(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ValueError(f"a number has more than {MAX_DIGITS} digits")
    return int(digits)


def _wording(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"this line is not JSON: {error.msg[:1].lower()}{error.msg[1:]} at column {error.colno}"
    return "values are nested too deep" if isinstance(error, RecursionError) else str(error)
