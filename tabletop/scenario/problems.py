"""Problems in authors' files: position, message and hint, and how they are printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from tabletop.errors import InputError
from tabletop.plaintext import display_width, one_line, visible

MAX_SHOWN: Final = 50
"""How many problems are printed; more would scroll the first one off the screen."""
MAX_MESSAGE: Final = 500

_INDENT: Final = "    "
_TAB: Final = "    "
_ELLIPSIS: Final = "…"
_LINE_CELLS: Final = 100
_CELLS_BEFORE_CARET: Final = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem at one position in a file. Line 0 means the file as a whole."""

    file: str
    line: int
    column: int
    """Counted from 1, in characters as an editor counts them."""
    message: str
    code: str
    """A stable identifier in kebab-case for programs, such as ``duplicate-key``."""
    source: str | None = None
    """The text of that line."""
    hint: str | None = None
    """The nearest valid word, or what to do."""
    severity: Literal["error", "warning"] = "error"
    about: tuple[str, ...] = ()
    """Ids and keys on the way to its place: ``("decisions", "cancel-surgery", "options")``."""


class ProblemsFound(InputError):  # noqa: N818 - warnings may be among the problems
    """All problems in the input, sorted, in one message; the input was not used."""

    problems: tuple[Problem, ...]

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=sort_key))
        super().__init__(_summary(self.problems))

    def __reduce__(self) -> tuple[type[ProblemsFound], tuple[tuple[Problem, ...]]]:
        # Pickling: the message is built again from the problems.
        return type(self), (self.problems,)


def sort_key(problem: Problem) -> tuple[str, int, int, str, str]:
    """Return the key that sorts problems by file, then by position."""
    return problem.file, problem.line, problem.column, problem.severity, problem.code


def render(problem: Problem) -> str:
    """Return the problem as plain text: position and message, the line with a caret under it, and the hint.

    A warning shows its code, by which a scenario can allow it.

    The result contains no control characters except newlines.
    """
    place = [one_line(problem.file)]
    if problem.line:
        place += [str(problem.line), str(problem.column)]
    code = f" [{problem.code}]" if problem.severity == "warning" else ""
    message = shortened(one_line(problem.message), MAX_MESSAGE)
    lines = [f"{':'.join(place)}: {problem.severity}: {message}{code}"]
    if problem.source is not None and problem.line:
        shown, cells = _window(problem.source, problem.column)
        lines += [_INDENT + shown, _INDENT + " " * cells + "^"]
    if problem.hint:
        lines.append(f"{_INDENT}hint: {shortened(one_line(problem.hint), MAX_MESSAGE)}")
    return "\n".join(lines)


def to_json(problem: Problem) -> dict[str, str | int | None]:
    """Return the problem as a flat mapping for the json module; lone surrogates are replaced."""
    return {
        "file": _encodable(problem.file),
        "line": problem.line,
        "column": problem.column,
        "severity": problem.severity,
        "code": problem.code,
        "message": _encodable(problem.message),
        "source": None if problem.source is None else _encodable(problem.source),
        "hint": None if problem.hint is None else _encodable(problem.hint),
    }


def quoted(text: str, limit: int = 60) -> str:
    """Return text from a file in quotes, for use in a message, shortened to `limit` characters."""
    return f"'{shortened(text, limit)}'"


def shortened(text: str, limit: int = 24) -> str:
    """Return the text, or its beginning and an ellipsis if it is longer than the limit."""
    return text if len(text) <= limit else text[: limit - 1] + _ELLIPSIS


def count_of(number: int, noun: str) -> str:
    """Return ``1 error``, ``2 errors``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _summary(problems: tuple[Problem, ...]) -> str:
    blocks = [render(problem) for problem in problems[:MAX_SHOWN]]
    if len(problems) > MAX_SHOWN:
        blocks.append(f"and {len(problems) - MAX_SHOWN:,} more")
    errors = sum(problem.severity == "error" for problem in problems)
    blocks.append(f"{count_of(errors, 'error')}, {count_of(len(problems) - errors, 'warning')}")
    return "\n".join(blocks)


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _window(source: str, column: int) -> tuple[str, int]:
    """Return the part of a line to print, and the number of cells before the caret.

    A line may be a million characters long, so only the part around the column is looked at.
    """
    at = min(max(column - 1, 0), len(source))
    before = _shown(source[max(0, at - _LINE_CELLS) : at])
    after = _shown(source[at : at + _LINE_CELLS])
    cut_before = at > _LINE_CELLS
    cut_after = len(source) > at + _LINE_CELLS
    if cut_before or cut_after or display_width(before) + display_width(after) > _LINE_CELLS:
        room_after = max(_LINE_CELLS - _CELLS_BEFORE_CARET, _LINE_CELLS - display_width(before))
        before = _last_cells(before, max(_CELLS_BEFORE_CARET, _LINE_CELLS - display_width(after)), cut_before)
        after = _last_cells(after[::-1], room_after, cut_after)[::-1]
    return before + after, display_width(before)


def _shown(text: str) -> str:
    return visible(text).replace("\t", _TAB).replace("\n", " ")


def _last_cells(text: str, cells: int, already_cut: bool) -> str:
    """Return the end of the text that fits into `cells`, with an ellipsis where it was cut."""
    used = 0
    for index in range(len(text) - 1, -1, -1):
        used += display_width(text[index])
        if used > cells - 1:
            return _ELLIPSIS + text[index + 1 :]
    return _ELLIPSIS + text if already_cut else text
