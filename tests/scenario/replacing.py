"""Replace a value of a scenario's files by something else, and judge what the program makes of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from pydantic import TypeAdapter, ValidationError

from tabletop.check import check
from tabletop.errors import TabletopError
from tabletop.host.first_record import first_record
from tabletop.scenario.files import FrameworkFile, InjectFile, ScenarioFile
from tabletop.scenario.gametime import parse_length, parse_time
from tabletop.scenario.linking import load_scenario
from tabletop.scenario.problems import Problem, ProblemsFound
from tabletop.scenario.reading import read_document
from tabletop.scenario.reading.document import Path as DataPath
from tabletop.scenario.reading.locating import value_at
from tabletop.scenario.scenario import Scenario
from tests.scenario.parts import loaded_parts, written_parts

REPLACEMENTS: Final[tuple[Any, ...]] = (5, True, {"a": "b"}, "text", [], None)
"""What a slip of the pen may leave where something else belongs."""

SCENARIO: Final = "scenario.yaml"
Outcome: TypeAlias = Literal["loaded", "reported", "fault"]


@dataclass(frozen=True, slots=True)
class Replaced:
    """What became of one value that was replaced by another."""

    file: str
    path: DataPath
    value: object
    outcome: Outcome
    why: str = ""
    """What is wrong with the program's answer, for a fault."""

    def __str__(self) -> str:
        return f"{self.file}: {'.'.join(map(str, self.path))}: {json.dumps(self.value)}: {self.why}"


class ScenarioFolder:
    """A copy of a scenario in which values can be replaced: its file, its framework, its injects.

    Each file of the copy is one line of JSON, which is YAML too: a value can be cut out by its column.
    """

    def __init__(self, folder: Path, scenario: Path, *others: Path) -> None:
        """Copy the scenario, and frameworks and inject files into the folders of those names."""
        self._folder = folder
        self.files: dict[str, Any] = {SCENARIO: read_document(scenario).data}
        for other in others:
            self.files[f"{other.parent.name}/{other.name}"] = read_document(other).data
        self._texts = {name: json.dumps(data, ensure_ascii=False) for name, data in self.files.items()}
        for name, text in self._texts.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        self._documents = {name: read_document(folder / name) for name in self.files}

    def scenario(self) -> Scenario:
        """Return the scenario as the copy has it."""
        return load_scenario(self._folder / SCENARIO).scenario

    def replace(self, name: str, path: DataPath, value: object) -> Replaced:
        """Put another value in the place of one, and say what the program made of it."""
        text, document, file = self._texts[name], self._documents[name], self._folder / name
        start = document.marks[path].value.column - 1
        old = json.dumps(value_at(document, path), ensure_ascii=False)
        new = json.dumps(value)
        file.write_text(text[:start] + new + text[start + len(old) :], encoding="utf-8")
        try:
            outcome, why = self._outcome(name, path, value)
        finally:
            file.write_text(text, encoding="utf-8")
        return Replaced(name, path, value, outcome, why)

    def _outcome(self, name: str, path: DataPath, value: object) -> tuple[Outcome, str]:
        data = _with(self.files[name], path, value)
        try:
            loaded = load_scenario(self._folder / SCENARIO)
            check(loaded)
            first_record(loaded.scenario, name="Replaced", seed=0, wall="")
        except ProblemsFound as found:
            why = self._misreported(name, path, value, found.problems)
            return ("fault", why) if why else ("reported", "")
        except TabletopError as error:
            return "fault", error.message
        except Exception as error:  # whichever it is, it is no answer to an author
            return "fault", f"{type(error).__name__}: {error}"
        lost = written_parts(self.files | {name: data}) - loaded_parts(loaded.scenario)
        if lost:
            return "fault", f"loaded without {dict(lost)}"
        if not same(data, held_by_model(name, data)):
            return "fault", "what was loaded is not what was written"
        return "loaded", ""

    def _misreported(
        self, name: str, path: DataPath, value: object, problems: tuple[Problem, ...]
    ) -> str | None:
        """Return what is wrong with the problems that were reported; None if they say what they must.

        Where the form of the value is refused, an error stands at it, inside of it, or at what it is part of.
        """
        errors = [problem for problem in problems if problem.severity == "error"]
        if not errors:
            return "refused without an error"
        if any(error.code == "refused-part" for error in errors):
            return "refused without a reason"
        try:
            held_by_model(name, _with(self.files[name], path, value))
        except ValidationError:
            marks = self._documents[name].marks
            start, around = marks[path], marks[path[:-1]].value.column
            first, end = (start.key or start.value).column, start.value.column + len(json.dumps(value))
            told = [error.column for error in errors if Path(error.file).name == Path(name).name]
            if path and not any(column == around or first <= column < end for column in told):
                return f"reported elsewhere: {errors[0].message}"
        return None


def paths(data: object, path: DataPath = ()) -> Iterator[DataPath]:
    """Yield the path of every value, the whole first."""
    yield path
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inner:
        yield from paths(value, (*path, key))


@cache
def model_of(name: str) -> TypeAdapter[Any]:
    """Return what validates a file of that name."""
    if name == SCENARIO:
        return TypeAdapter(ScenarioFile)
    return TypeAdapter(FrameworkFile) if name.startswith("frameworks/") else TypeAdapter(InjectFile)


def held_by_model(name: str, data: object) -> object:
    """Return what the model of the file holds of the data, as it would be written."""
    held = model_of(name).validate_python(data)
    return model_of(name).dump_python(held, mode="json", by_alias=True, exclude_unset=True)


def same(written: object, held: object) -> bool:
    """Say whether a model holds just what was written.

    One value may stand for a list of one, one value for a block of one key, objectives for those with
    their usual reasons, a whole number for a code, nothing
    for no key, an empty list for a key that is not written when it is empty.
    """
    if isinstance(written, int) and not isinstance(written, bool) and isinstance(held, str):
        return str(written) == held
    if isinstance(written, dict) and isinstance(held, dict):
        filled = {
            key: value
            for key, value in written.items()
            if value is not None and not (value == [] and key not in held)
        }
        kept = {key: value for key, value in held.items() if value is not None}
        return filled.keys() == kept.keys() and all(same(filled[key], kept[key]) for key in filled)
    if isinstance(held, list):
        items = written if isinstance(written, list) else [written]
        return len(items) == len(held) and all(map(same, items, held))
    if isinstance(held, dict):
        words = written if isinstance(written, list) else [written]
        return [*held] == words or (len(held) == 1 and same(written, *held.values()))
    if isinstance(written, str) and isinstance(held, str):
        return written == held or _seconds(written) == _seconds(held) is not None
    return written == held and isinstance(written, bool) == isinstance(held, bool)


def _seconds(text: str) -> int | None:
    for parse in (parse_time, parse_length):
        try:
            return parse(text)
        except ValueError:
            continue
    return None


def _with(data: Any, path: DataPath, value: object) -> Any:  # noqa: ANN401 - what a YAML file may hold
    """Return a copy of the data with another value at the path."""
    if not path:
        return value
    copy: Any = dict(data) if isinstance(data, dict) else list(data)
    copy[path[0]] = _with(data[path[0]], path[1:], value)
    return copy
