"""Reads the YAML that authors write: strictly, with the place of every key and value, and with bounds.

All problems that one pass can find are raised together. A syntax error ends the pass, as nothing after it can
be trusted; what was found before it is shown with it.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import yaml

from tabletop.plaintext import find_controls, without_control
from tabletop.scenario.problems import Problem, ProblemsFound
from tabletop.scenario.reading.building import Builder, CannotGoOn
from tabletop.scenario.reading.document import Document, Lines, unpack
from tabletop.scenario.reading.encoding import MAX_BYTES, decode, read_bytes, too_large
from tabletop.scenario.reading.refusals import Refusals, ValueRefusal
from tabletop.scenario.reading.syntax import explain

MAX_PROBLEMS: Final = 1000
"""A file with more is not the file the author meant."""

_NESTING_LIMIT: Final = "exceeded maximum nesting depth"
"""How libyaml words that it ends at 1,000 levels."""

# libyaml checks each %TAG line against all before it: a file of nothing else would keep it busy for minutes.
_DIRECTIVE: Final = re.compile(r"^%(?:YAML|TAG)[ \t]", re.MULTILINE)


def read_document(path: Path, *, name: str | None = None) -> Document:
    """Read a YAML file. `name` stands for the path in messages.

    Raises ProblemsFound for whatever is wrong with the file or with what is in it.
    """
    name = name or str(path)
    return parse_document(read_bytes(path, name), name)


def parse_document(text: str | bytes, name: str) -> Document:
    """Read YAML from text, or from the bytes of a file. Raises ProblemsFound."""
    if isinstance(text, bytes):
        text = decode(text, name)
    elif len(text) > MAX_BYTES:
        raise too_large(name, len(text))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _Reading(text, name).document()


class _Reading:
    """One pass over one text, and the problems found in it."""

    def __init__(self, text: str, name: str) -> None:
        self._text = text.removeprefix("\ufeff")
        self._name = name
        self._lines = Lines(self._text)
        self._problems: list[Problem] = []

    def document(self) -> Document:
        """The document; ProblemsFound holds all that is wrong with the text."""
        try:
            self._refuse_controls()
            self._refuse_directives()
            document = self._build()
        except CannotGoOn:
            document = None
        if self._problems or document is None:
            raise ProblemsFound(self._problems)
        return document

    def _build(self) -> Document:
        # One stand-in for each refused character leaves all positions as they are in the author's file.
        text = without_control(self._text)
        try:
            return self._parse_within_limit(text)
        except (
            yaml.YAMLError,
            ValueError,
            OverflowError,
        ) as error:  # the last two: chr() in PyYAML's own parser
            self._problems.append(explain(error, self._name, self._lines))
            raise CannotGoOn from None

    def _parse_within_limit(self, text: str) -> Document:
        """Parse the text, or only its part up to the place where the parser itself refuses to nest deeper.

        libyaml scans all opening brackets of a line before it reports the first. From PyYAML 6.0.4 on it ends
        at the 1,000th, and the builder has not seen the one that is too deep for it. In the part it sees it,
        so that the problems are the same with every version.
        """
        found = len(self._problems)
        try:
            return self._parse(text)
        except yaml.MarkedYAMLError as error:
            if error.problem != _NESTING_LIMIT or error.problem_mark is None:
                raise
            del self._problems[found:]
            return self._parse(text[: error.problem_mark.index])

    def _parse(self, text: str) -> Document:
        loader = _loader()(text)
        builder = Builder(loader.get_event, self._refuse_at)
        try:
            with _no_garbage_collection():
                data = builder.build()
        finally:
            loader.dispose()
        if not builder.marks.starts:
            self._refuse(Refusals.EMPTY, 0, 0)
        return Document(self._name, data, builder.marks, self._lines)

    def _refuse_controls(self) -> None:
        line, line_start = 0, 0
        for at in find_controls(self._text):
            line += self._text.count("\n", line_start, at)
            line_start = max(line_start, self._text.rfind("\n", line_start, at) + 1)
            self._refuse(Refusals.control(self._text[at]), line + 1, at - line_start + 1)

    def _refuse_directives(self) -> None:
        found = _DIRECTIVE.search(self._text)
        if found:
            self._refuse(Refusals.DIRECTIVE, self._text.count("\n", 0, found.start()) + 1, 1)
            raise CannotGoOn

    def _refuse_at(self, place: int, refusal: ValueRefusal) -> None:
        self._refuse(refusal, *unpack(place))

    def _refuse(self, refusal: ValueRefusal, line: int, column: int) -> None:
        if len(self._problems) == MAX_PROBLEMS:
            refusal = Refusals.TOO_MANY
        source = self._lines[line - 1] if 0 < line <= len(self._lines) else None
        self._problems.append(
            Problem(self._name, line, column, refusal.message, refusal.code, source, refusal.hint)
        )
        if refusal is Refusals.TOO_MANY:
            raise CannotGoOn


def _loader() -> type[yaml.SafeLoader] | type[yaml.CSafeLoader]:
    """Return the class whose parser is used: libyaml's, or PyYAML's own where it was built without."""
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Hold the collector back: it would walk all that was built so far, over and over, and find nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
