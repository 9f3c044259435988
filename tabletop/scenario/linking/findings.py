"""Collect problems with their places in the files while a scenario is linked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from pydantic import BaseModel, ValidationError

from tabletop.scenario.nearest import nearest
from tabletop.scenario.problems import Problem, quoted
from tabletop.scenario.reading.document import Document, Path
from tabletop.scenario.reading.locating import locate, positions_in, resolve, value_at
from tabletop.scenario.reading.shape import Type
from tabletop.scenario.reading.unquoted import doubt_problems
from tabletop.scenario.reading.validation import problems_from

_HINTED: Final = 100
"""How many unknown words get a hint; comparing each with all known words is slow."""
_LISTED: Final = 300
"""How many characters of known words a hint lists."""
_SECTIONS: Final = {
    "team": "under 'teams', here or in the framework",
    "objective": "under 'objectives', here or in the framework",
    "label": "under 'labels', here or in the framework",
    "decision": "under 'decisions'",
    "option": "under 'options' of the decision",
    "inject": "under 'injects', and in the files of the folders 'injects'",
    "entry": "under 'timeline', by 'id' or else by 'inject'",
    "card": "under 'card' of the injects that the timeline sends out",
}
"""Where the words of each kind are defined."""


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a file; its line and column are computed only when a problem is reported."""

    document: Document
    loc: Path = ()

    def __truediv__(self, part: str | int) -> Place:
        return Place(self.document, (*self.loc, part))

    def below(self, loc: Path) -> Place:
        """Return the place at `loc` below this one."""
        return Place(self.document, self.loc + loc)


class Findings:
    """Collects problems without duplicates."""

    def __init__(self) -> None:
        self._problems: dict[Problem, None] = {}
        self._hints = 0

    @property
    def errors(self) -> list[Problem]:
        """Problems that keep the scenario from loading."""
        return [problem for problem in self._problems if problem.severity == "error"]

    @property
    def warnings(self) -> list[Problem]:
        """Problems that do not keep the scenario from loading."""
        return [problem for problem in self._problems if problem.severity == "warning"]

    def add(self, problems: Iterable[Problem]) -> None:
        """Add problems that were found elsewhere."""
        self._problems.update(dict.fromkeys(problems))

    def refuse(
        self, parts: Iterable[Place], whole: Place, error: ValidationError, model: type[BaseModel]
    ) -> None:
        """Record why `model` refused `whole`, of which `parts` are left out of the scenario.

        All parts that fail validation pass through here, and none is left out silently: a part without any
        problem inside it is reported as an error itself.
        """
        problems = problems_from(whole.document, error, whole.loc, model=model)
        self.add(problems)
        told = {(problem.line, problem.column) for problem in problems}
        for part in parts:
            path = resolve(part.document, part.loc)
            if not any(place in told for place in positions_in(part.document, path)):
                self.add([_unexplained(part)])

    def error(
        self, code: str, message: str, place: Place, *, hint: str | None = None, at_key: bool = False
    ) -> None:
        """Record a mistake that keeps the scenario from loading."""
        self.add([problem_at(place, code, message, hint=hint, at_key=at_key)])

    def warning(
        self, code: str, message: str, place: Place, *, hint: str | None = None, at_key: bool = False
    ) -> None:
        """Record something that the author should look at."""
        self.add([problem_at(place, code, message, hint=hint, at_key=at_key, severity="warning")])

    def doubt(self, document: Document, annotation: Type) -> None:
        """Record a warning for each text of a document that was perhaps not read as meant."""
        self.add(problem for _, problem in doubt_problems(document, annotation))

    def unknown(
        self, kind: str, word: str, known: Collection[str], place: Place, *, at_key: bool = False
    ) -> None:
        """Record an unknown word, with the nearest known one as a hint."""
        self._hints += 1
        hint = did_you_mean(kind, word, known) if self._hints <= _HINTED else None
        self.error(f"unknown-{kind}", f"unknown {kind} {quoted(word)}", place, hint=hint, at_key=at_key)


def problem_at(
    place: Place,
    code: str,
    message: str,
    *,
    hint: str | None = None,
    at_key: bool = False,
    severity: Literal["error", "warning"] = "error",
) -> Problem:
    """Create the problem at a place, with its line of the file."""
    line, column = locate(place.document, place.loc, at_key=at_key)
    return Problem(
        file=place.document.name,
        line=line,
        column=column,
        message=message,
        code=code,
        source=place.document.line(line),
        hint=hint,
        severity=severity,
        about=tuple(_named(place)),
    )


def _named(place: Place) -> Iterator[str]:
    """Yield the keys on the way to a place, and for each row of a list its id or its inject."""
    for depth, part in enumerate(place.loc, 1):
        if isinstance(part, str):
            yield part
            continue
        row = value_at(place.document, place.loc[:depth])
        if isinstance(row, dict):
            yield from (str(row[key]) for key in ("id", "inject") if key in row)


def _unexplained(place: Place) -> Problem:
    return problem_at(
        place,
        "refused-part",
        "this cannot be used, and tabletop cannot say why",
        hint="write it another way; the missing reason is a bug in tabletop: please report it",
    )


def did_you_mean(kind: str, word: str, known: Collection[str]) -> str:
    """Return a hint with the nearest known word, else with all known words, else where they are defined."""
    near = nearest(word, known)
    if near is not None:
        return f"did you mean {quoted(near)}?"
    if not known:
        return f"no {kind} is defined"
    if sum(map(len, known)) <= _LISTED:
        return f"known: {', '.join(known)}"
    where = f", defined {_SECTIONS[kind]}," if kind in _SECTIONS else ""
    return f"none of the {len(known):,} known {_plural(kind)}{where} is similar"


def _plural(kind: str) -> str:
    return "entries" if kind == "entry" else f"{kind}s"
