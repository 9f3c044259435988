"""Moves: commands with the game time at which a seat gives them, read from a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tabletop.exercise import commands as c
from tabletop.exercise.commands import COMMAND, Command
from tabletop.exercise.events import CONTROL
from tabletop.exercise.state import Exercise
from tabletop.scenario.content import ALL
from tabletop.scenario.gametime import GameTime
from tabletop.scenario.problems import Problem, ProblemsFound
from tabletop.scenario.reading import Document, problems_from, read_document
from tabletop.scenario.reading.jsonlines import read_json_lines
from tabletop.scenario.resolving import Resolver, UnknownIdError
from tabletop.scenario.scenario import Scenario

_HEAD: Final = ("at", "seat")
_NAMED: Final = ("decision", "option", "card", "inject", "objective", "about", "as")
"""Fields that name something by id or code; a code may be a whole number."""


class Head(BaseModel):
    """The time and the seat of a move; its other fields are its command."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    at: GameTime
    seat: Annotated[str, Field(min_length=1, max_length=64)]


@dataclass(frozen=True, slots=True)
class Move:
    """A move as written, with unresolved words, and its place in the file."""

    at: int
    seat: str
    fields: Mapping[str, Any]
    file: str
    line: int

    @property
    def where(self) -> str:
        """``file:line``."""
        return f"{self.file}:{self.line}"


def read_moves(path: Path) -> list[Move]:
    """Read the moves of a YAML or JSON Lines file, sorted by time; none if the file is empty.

    Raises ProblemsFound with all mistakes.
    """
    if path.suffix in (".jsonl", ".ndjson"):
        return moves_of(read_json_lines(path))
    try:
        return moves_of(read_document(path))
    except ProblemsFound as found:
        if [problem.code for problem in found.problems] == ["file-empty"]:
            return []
        raise


def moves_of(document: Document) -> list[Move]:
    """Read the moves of a document, sorted by time. Raises ProblemsFound with all mistakes."""
    if not isinstance(document.data, list):
        text = "a moves file is one list, each item '- {at: T+1, seat: tokyo, do: decide, …}'"
        raise ProblemsFound([Problem(document.name, 1, 1, text, "not-a-list", document.line(1))])
    moves: list[Move] = []
    problems: list[Problem] = []
    for index, item in enumerate(document.data):
        line = document.marks[(index,)].value.line
        if not isinstance(item, dict):
            text = "a move is a mapping with 'at', 'seat', 'do' and the fields of that command"
            problems.append(Problem(document.name, line, 1, text, "not-a-move", document.line(line)))
            continue
        fields = {key: _name(key, value) for key, value in item.items() if key not in _HEAD}
        try:
            COMMAND.validate_python(fields)
        except ValidationError as error:
            problems += problems_from(document, error, (index,))
        try:
            head = Head.model_validate({key: item[key] for key in _HEAD if key in item})
            moves.append(Move(head.at, head.seat, fields, document.name, line))
        except ValidationError as error:
            problems += problems_from(document, error, (index,))
    if problems:
        raise ProblemsFound(problems)
    return sorted(moves, key=lambda move: move.at)


def _name(field: str, value: object) -> object:
    number = field in _NAMED and isinstance(value, int) and not isinstance(value, bool)
    return str(value) if number else value


class MoveReader:
    """Resolve the words of a move (ids or short codes) into the command it stands for."""

    def __init__(self, scenario: Scenario) -> None:
        self._resolver = Resolver(scenario)
        self._every_team = tuple(scenario.teams)

    def seat(self, word: str) -> str:
        """Resolve a team or a seat of exercise control. Raises UnknownIdError."""
        return word if word in (c.FACILITATOR, c.EVALUATOR) else self._resolver.team(word)

    def command(self, seat: str, fields: Mapping[str, Any], state: Exercise) -> Command:
        """Return the command of a seat with every word resolved. Raises UnknownIdError or ValidationError."""
        found = dict(fields)
        for name, resolve in (
            ("decision", self._resolver.decision),
            ("card", self._resolver.card),
            ("objective", self._resolver.objective),
            ("team", self._resolver.team),
            ("from", self._resolver.team if fields.get("do") == "answer" else str),
        ):
            if isinstance(found.get(name), str):
                found[name] = resolve(found[name])
        if isinstance(found.get("inject"), str):
            found["inject"] = self._inject(found["inject"], state)
        if isinstance(found.get("about"), str):
            found["about"] = self._subject(found["about"], state)
        if isinstance(found.get("option"), str):
            found["option"] = self._resolver.option(found["decision"], found["option"])
        if isinstance(found.get("as"), str):
            found["as"] = self._resolver.option(found["decision"], found["as"])
        for name in ("good", "bad", "neither"):
            if isinstance(found.get(name), Mapping):
                found[name] = {self._resolver.objective(goal): why for goal, why in found[name].items()}
        for name in ("with", "to"):
            if fields.get("do") != "jump" and name in found:
                found[name] = self._teams(found[name], seat)
        return COMMAND.validate_python(found)

    def _teams(self, words: object, seat: str) -> list[str]:
        """Resolve teams; `all` is every team, or every other one if a team names its partners."""
        if words in (ALL, [ALL]):
            return [team for team in self._every_team if team != seat]
        listed = words if isinstance(words, list) else [words]
        return [word if word == CONTROL else self._resolver.team(str(word)) for word in listed]

    def _inject(self, word: str, state: Exercise) -> str:
        """Resolve an entry of the timeline, or an inject added during this run, by its code."""
        for entry, known in state.injects.items():
            if known.added is not None and word.lower() in (entry, known.code.lower()):
                return entry
        return self._resolver.entry(word)

    def _subject(self, word: str, state: Exercise) -> str:
        """Resolve what an observation or a consultation is about: a decision, else an inject."""
        try:
            return self._resolver.decision(word)
        except UnknownIdError:
            return self._inject(word, state)
