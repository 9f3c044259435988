"""Moves files: commands with the game time at which a seat gives them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import BaseModel, Field, ValidationError, create_model

from tabletop.exercise.commands import COMMAND, COMMAND_MODELS
from tabletop.scenario.gametime import GameTime
from tabletop.scenario.problems import Problem, ProblemsFound
from tabletop.scenario.reading import Document, Mark, parse_document, problems_from
from tabletop.scenario.reading.document import Path as DataPath
from tabletop.scenario.reading.encoding import decode, read_bytes
from tabletop.scenario.reading.jsonlines import read_json_lines
from tabletop.scenario.reading.locating import position
from tabletop.scenario.reading.unquoted import doubt_problems

HEAD: Final = ("at", "seat")
"""The fields of a move that are not its command's."""
_NAMED: Final = ("decision", "option", "card", "inject", "objective", "about", "as")
"""Fields that name something by id or code; a code may be a whole number."""
_WORDS: Final = (*_NAMED, *HEAD, "do", "team", "with", "to", "from", "consult")
"""Fields in which a comment after the word is only a comment."""
_ITEM: Final = re.compile(r"^( *)-(?=\s)", re.MULTILINE)
_MOST_ALONE: Final = 2_000
"""Items that are read one by one; in a longer file only the first mistake of form is told."""


class Head(BaseModel):
    """The time and the seat of a move; its other fields are its command."""

    at: GameTime
    seat: Annotated[str, Field(min_length=1, max_length=64)]


@dataclass(frozen=True, slots=True)
class Move:
    """A move as written, with unresolved words, and its place in the file."""

    at: int
    seat: str
    fields: Mapping[str, Any]
    document: Document
    index: int

    @property
    def where(self) -> str:
        """``file:line``."""
        return f"{self.document.name}:{position(self.document, (self.index,))[0]}"

    @property
    def called(self) -> str:
        """``move 3, decide``: its number in the file and its command."""
        return f"move {self.index + 1}, {self.fields.get('do')}"

    def problem(
        self, code: str, message: str, *path: str | int, hint: str | None = None, at_key: bool = False
    ) -> Problem:
        """Return a problem with this move, or with the field at a path in it."""
        line, column = position(self.document, (self.index, *path), at_key=at_key)
        return Problem(self.document.name, line, column, message, code, self.document.line(line), hint)


@dataclass(frozen=True, slots=True)
class MovesFile:
    """What could be read of a moves file: none of the problems hides another."""

    moves: Sequence[Move]
    """Sorted by time."""
    problems: Sequence[Problem] = ()
    """Why the other moves cannot be used."""
    doubts: Sequence[Problem] = ()
    """Warnings about text that was perhaps not read as meant."""


def read_moves(path: Path) -> list[Move]:
    """Read the moves of a file, sorted by time. Raises ProblemsFound with all mistakes."""
    file = read_moves_file(path)
    if file.problems:
        raise ProblemsFound(file.problems)
    return list(file.moves)


def read_moves_file(path: Path) -> MovesFile:
    """Read a YAML or JSON Lines file; it may be empty. Raises ProblemsFound if it is not a list of moves."""
    if path.suffix in (".jsonl", ".ndjson"):
        return moves_of(read_json_lines(path))
    return parse_moves(decode(read_bytes(path, str(path)), str(path)), str(path))


def parse_moves(text: str, name: str) -> MovesFile:
    """Read a YAML text as `read_moves_file` reads a file."""
    try:
        document = parse_document(text, name)
    except ProblemsFound as found:
        if [problem.code for problem in found.problems] == ["file-empty"]:
            return MovesFile(())
        return _item_by_item(text, name, found)
    return moves_of(document)


def moves_of(document: Document) -> MovesFile:
    """Read the moves of a document. Raises ProblemsFound if it is not a list."""
    if not isinstance(document.data, list):
        text = "a moves file is one list, each item '- {at: T+1, seat: tokyo, do: decide, …}'"
        raise ProblemsFound([Problem(document.name, 1, 1, text, "not-a-list", document.line(1))])
    read = [_read(document, index, item) for index, item in enumerate(document.data)]
    return _sorted(read, _doubtful(document))


def _sorted(read: Iterable[Move | Sequence[Problem]], doubts: Sequence[Problem] = ()) -> MovesFile:
    moves: list[Move] = []
    problems: list[Problem] = []
    for one in read:
        if isinstance(one, Move):
            moves.append(one)
        else:
            problems += one
    return MovesFile(sorted(moves, key=lambda move: move.at), problems, doubts)


def _read(document: Document, index: int, item: object) -> Move | Sequence[Problem]:
    """Return the move of one item, or what is wrong with it."""
    if not isinstance(item, dict):
        line, column = position(document, (index,))
        text = "a move is a mapping with 'at', 'seat', 'do' and the fields of that command"
        return [Problem(document.name, line, column, text, "not-a-move", document.line(line))]
    fields = {key: _name(key, value) for key, value in item.items() if key not in HEAD}
    head = {key: item[key] for key in HEAD if key in item}
    model = _models().get(str(fields.get("do")))
    try:
        if model is None:
            COMMAND.validate_python(fields)
        else:
            read = model.model_validate(head | fields)
            return Move(getattr(read, "at"), getattr(read, "seat"), fields, document, index)  # noqa: B009
    except ValidationError as error:
        problems = problems_from(document, error, (index,), model=model)
    if model is None:
        try:
            Head.model_validate(head)
        except ValidationError as error:
            problems += problems_from(document, error, (index,))
    return problems


@cache
def _models() -> Mapping[str, type[BaseModel]]:
    """Return by its ``do`` tag the model of a whole move: a command with its time and its seat."""
    return {
        model.verb(): create_model(
            f"{model.__name__}Move",
            __base__=model,
            **{name: (field.annotation, field) for name, field in Head.model_fields.items()},  # type: ignore[call-overload]
        )
        for model in COMMAND_MODELS
    }


def _item_by_item(text: str, name: str, whole: ProblemsFound) -> MovesFile:
    """Read the items of a text that cannot be read as a whole, each alone.

    A mistake in one item then hides none in the items below it.
    """
    found = list(_ITEM.finditer(text))
    starts = [one.start() for one in found if one.group(1) == found[0].group(1)]
    if len(starts) > _MOST_ALONE:
        raise whole
    first = text.count("\n", 0, starts[0]) + 1 if starts else 0
    read: list[Move | Sequence[Problem]] = [[problem for problem in whole.problems if problem.line < first]]
    for index, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=False)):
        try:
            alone = parse_document("\n" * text.count("\n", 0, start) + text[start:end], name)
            if isinstance(alone.data, list):
                read.append(_read(_at_index(alone, index), index, alone.data[0]))
        except ProblemsFound as inside:
            read.append(inside.problems)
    file = _sorted(read)
    if not file.problems:
        raise whole
    return file


def _at_index(document: Document, index: int) -> Document:
    """Return a document with one item as if that were the item of a list with this index."""
    data = [*[None] * index, *document.data] if isinstance(document.data, list) else document.data
    return Document(document.name, data, _Shifted(document.marks, index), document.lines)


class _Shifted(Mapping[DataPath, Mark]):
    """The marks of a list of one item, under another index."""

    def __init__(self, marks: Mapping[DataPath, Mark], index: int) -> None:
        self._marks = marks
        self._index = index

    def __getitem__(self, path: DataPath) -> Mark:
        if path and path[0] != self._index:
            raise KeyError(path)
        return self._marks[(0, *path[1:])]

    def __len__(self) -> int:
        return len(self._marks)

    def __iter__(self) -> Iterator[DataPath]:
        return ((self._index, *path[1:]) for path in self._marks if path)


def _doubtful(document: Document) -> list[Problem]:
    """Return a warning for each text that was perhaps not read as meant."""
    if not document.unquoted or not isinstance(document.data, list):
        return []
    items = [item.get("do") if isinstance(item, dict) else None for item in document.data]
    models = tuple(_models().get(str(verb), Head) for verb in items)
    return [
        problem
        for path, problem in doubt_problems(document, tuple.__class_getitem__(models))
        if not _is_word(path)
    ]


def _is_word(path: DataPath) -> bool:
    return len(path) > 1 and path[1] in _WORDS


def _name(field: str, value: object) -> object:
    number = field in _NAMED and isinstance(value, int) and not isinstance(value, bool)
    return str(value) if number else value
