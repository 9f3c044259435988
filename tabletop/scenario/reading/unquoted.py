"""Find text without quotes that YAML reads otherwise than it looks: cut by a comment, or in curly quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from tabletop.scenario.problems import Problem, quoted, shortened
from tabletop.scenario.reading.document import Document, Path, Position
from tabletop.scenario.reading.locating import value_at
from tabletop.scenario.reading.shape import Type, takes_text, takes_texts
from tabletop.scenario.reading.writing import in_quotes

_LOST: Final = re.compile(r"[ \t]+(#+[^\s#].*)")
"""A comment that looks like text, since no space follows its #: ``#3 seen``."""
_DASH: Final = re.compile(r"[\u2010-\u2014\u2022\u00b7]\s")
_DOUBTFUL: Final = re.compile(
    rf"(?:[ \t]|:)#+[^\s#]|[:,\[{{-][ \t]+[\u201c-\u201f]|^ *{_DASH.pattern}", re.MULTILINE
)
_IN_CURLY_QUOTES: Final = re.compile(r"[\u201c-\u201f](.*)[\u201c-\u201f]", re.DOTALL)
_MOST_SHOWN: Final = 200


class Doubt(NamedTuple):
    """A text that was read, but perhaps not as meant."""

    path: Path
    place: Position
    code: str
    message: str
    hint: str


def doubtful_lines(text: str) -> frozenset[int]:
    """Return the lines, counted from 0, with a comment or a curly quote that may be meant as text."""
    lines: set[int] = set()
    line = start = 0
    for found in _DOUBTFUL.finditer(text):
        line += text.count("\n", start, found.start())
        start = found.start()
        lines.add(line)
    return frozenset(lines)


def doubts(document: Document, annotation: Type) -> Iterator[Doubt]:
    """Yield what may be meant otherwise among the texts of a document of this type."""
    if not document.unquoted:
        return
    wanted = {value.node: value.end for value in document.unquoted}
    for node, path in enumerate(document.marks):
        end = wanted.get(node)
        if end is not None and takes_text(annotation, path):
            yield from _cut(document, path, end)
            yield from _curly(document, path)
            if takes_texts(annotation, path):
                yield from _dash(document, path)


def doubt_problems(document: Document, annotation: Type) -> Iterator[tuple[Path, Problem]]:
    """Yield a warning for each doubt about a document of this type, with the path of the text."""
    for doubt in doubts(document, annotation):
        line, column = doubt.place
        source = document.line(line)
        yield (
            doubt.path,
            Problem(document.name, line, column, doubt.message, doubt.code, source, doubt.hint, "warning"),
        )


def _cut(document: Document, path: Path, end: Position) -> Iterator[Doubt]:
    rest = document.line(end.line) or ""
    lost = _LOST.match(rest, end.column - 1)
    if lost is None:
        return
    start = document.marks[path].value
    kept = (document.line(start.line) or "")[start.column - 1 : end.column - 1]
    hint = "put the whole text in quotes, or write it below the key after a >"
    if start.line == end.line:
        whole = in_quotes((kept + (lost[0] if kept else lost[1])).strip())
        hint = f"write {_key(path)}{shortened(whole, _MOST_SHOWN)}"
    yield Doubt(
        path,
        Position(end.line, lost.start(1) + 1),
        "text-cut",
        f"the text ends before {quoted(lost[1].strip())}: an unquoted # after a space begins a comment",
        hint,
    )


def _curly(document: Document, path: Path) -> Iterator[Doubt]:
    value = value_at(document, path)
    found = _IN_CURLY_QUOTES.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return
    yield Doubt(
        path,
        document.marks[path].value,
        "curly-quotes",
        "these curly quotes are part of the text, which players then see in quotes",
        f"write {_key(path)}{shortened(in_quotes(found[1]), _MOST_SHOWN)}; "
        f"to show them, put straight quotes around them",
    )


def _dash(document: Document, path: Path) -> Iterator[Doubt]:
    """Yield a text that stands for a list, but begins with a dash as the list would."""
    value = value_at(document, path)
    if isinstance(value, str) and _DASH.match(value):
        yield Doubt(
            path,
            document.marks[path].value,
            "list-dash",
            "this is one text, not a list: a list needs a hyphen and a space before each item",
            f"write: - {shortened(value[1:].lstrip(), _MOST_SHOWN)}",
        )


def _key(path: Path) -> str:
    return f"{path[-1]}: " if path and isinstance(path[-1], str) else ""
