"""Problems as they are found: which part of which file is meant, and what the author can do about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final, Literal

from pydantic import BaseModel, ValidationError

from tabletop.scenario.nearest import nearest
from tabletop.scenario.problems import Problem, quoted
from tabletop.scenario.reading.document import Document, Path
from tabletop.scenario.reading.locating import locate, positions_in, resolve
from tabletop.scenario.reading.modelling import problems_from

_HINTED: Final = 100
"""How many unknown words are compared with all known ones; after so many a hint helps nobody."""
_LISTED: Final = 8


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a file. Its line and column are worked out only for a problem."""

    document: Document
    loc: Path = ()

    def __truediv__(self, part: str | int) -> Place:
        return Place(self.document, (*self.loc, part))

    def below(self, loc: Path) -> Place:
        """Return the place at the end of a path that starts here."""
        return Place(self.document, self.loc + loc)


class Findings:
    """Collects problems while checks go on, each once."""

    def __init__(self) -> None:
        self._problems: dict[Problem, None] = {}
        self._hints = 0

    @property
    def errors(self) -> list[Problem]:
        """Return what keeps the scenario from loading."""
        return [problem for problem in self._problems if problem.severity == "error"]

    @property
    def warnings(self) -> list[Problem]:
        """What an author should look at."""
        return [problem for problem in self._problems if problem.severity == "warning"]

    def add(self, problems: Iterable[Problem]) -> None:
        """Take over problems that somebody else found."""
        self._problems.update(dict.fromkeys(problems))

    def refuse(
        self, parts: Iterable[Place], whole: Place, error: ValidationError, model: type[BaseModel]
    ) -> None:
        """Leave these parts out of the scenario, and record why `model` refused the whole that holds them.

        Every part that is left out because of its form passes through here. None is left out in silence: a
        part that no problem lies inside of is itself an error.
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
        """Record something an author should look at."""
        self.add([problem_at(place, code, message, hint=hint, at_key=at_key, severity="warning")])

    def unknown(
        self, kind: str, word: str, known: Collection[str], place: Place, *, at_key: bool = False
    ) -> None:
        """Record a word that names nothing, with the nearest word that does."""
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
    """Make the problem of a place, with the line of the file it stands in."""
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
    )


def _unexplained(place: Place) -> Problem:
    return problem_at(
        place,
        "refused-part",
        "this cannot be used, and tabletop cannot say why",
        hint="write it in another way; that the reason is missing is a fault in tabletop: please report it",
    )


def did_you_mean(kind: str, word: str, known: Collection[str]) -> str:
    """Say which word was meant; else which words there are, as long as they are few."""
    near = nearest(word, known)
    if near is not None:
        return f"did you mean {quoted(near)}?"
    if not known:
        return f"no {kind} is defined"
    if len(known) <= _LISTED:
        return f"known: {', '.join(known)}"
    return f"none of the {len(known):,} words known here is like it"
