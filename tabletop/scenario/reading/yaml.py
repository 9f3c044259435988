"""Read authors' YAML strictly, within limits, recording the position of every key and value.

All problems of one pass are raised together. A syntax error ends the pass; the problems found before it are
reported with it.
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
from tabletop.scenario.reading.building import Builder, StopParsing
from tabletop.scenario.reading.document import Document, Lines, Position, unpack
from tabletop.scenario.reading.encoding import MAX_BYTES, decode, read_bytes, too_large
from tabletop.scenario.reading.refusals import Refusals, ValueRefusal
from tabletop.scenario.reading.syntax import explain
from tabletop.scenario.reading.unquoted import doubtful_lines

MAX_PROBLEMS: Final = 1000
"""A file with more problems is probably not the file the author meant."""

_NESTING_LIMIT: Final = "exceeded maximum nesting depth"
"""libyaml's message for its own limit of 1,000 levels."""

# libyaml compares each %TAG line with all before it: a file of %TAG lines would take minutes.
_DIRECTIVE: Final = re.compile(r"^%(?:YAML|TAG)[ \t]", re.MULTILINE)


def read_document(path: Path, *, name: str | None = None) -> Document:
    """Read a YAML file. `name` replaces the path in messages.

    Raises ProblemsFound for problems with the file or its content.
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
    """One pass over a text, and the problems found in it."""

    def __init__(self, text: str, name: str) -> None:
        self._text = text.removeprefix("\ufeff")
        self._name = name
        self._lines = Lines(self._text)
        self._problems: list[Problem] = []
        self._builder: Builder | None = None

    def document(self) -> Document:
        """Return the document. Raises ProblemsFound with all problems of the text."""
        try:
            self._refuse_controls()
            self._refuse_directives()
            document = self._build()
        except StopParsing:
            document = None
        if self._problems or document is None:
            raise ProblemsFound(self._problems)
        return document

    def _build(self) -> Document:
        # Each refused character is replaced by one other, so that positions stay as in the author's file.
        text = without_control(self._text)
        try:
            return self._parse_within_limit(text)
        except (
            yaml.YAMLError,
            ValueError,
            OverflowError,
        ) as error:  # the last two: chr() in PyYAML's own parser
            self._problems.append(explain(error, self._name, self._lines, self._quote()))
            raise StopParsing from None

    def _parse_within_limit(self, text: str) -> Document:
        """Parse the text, or only the part before libyaml's own nesting limit.

        libyaml scans all opening brackets of a line before it emits an event for the first. From PyYAML 6.0.4
        on it fails at the 1,000th, before the builder has seen the bracket beyond its own limit. Parsing only
        the part before that gives the same problems with every version.
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
        self._builder = builder = Builder(loader.get_event, self._refuse_at, doubtful_lines(text))
        try:
            with _no_garbage_collection():
                data = builder.build()
        finally:
            loader.dispose()
        if not builder.marks.starts:
            self._refuse(Refusals.EMPTY, 0, 0)
        return Document(self._name, data, builder.marks, self._lines, builder.unquoted)

    def _quote(self) -> tuple[Position, Position] | None:
        return self._builder.quote if self._builder is not None else None

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
            raise StopParsing

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
            raise StopParsing


def _loader() -> type[yaml.SafeLoader] | type[yaml.CSafeLoader]:
    """Return the loader class: libyaml's, or PyYAML's own if libyaml is not available."""
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Disable the garbage collector: it would traverse the growing data again and again and free nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
