"""Explain the YAML parser's syntax errors in plain words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

import yaml

from tabletop.scenario.problems import Problem, quoted, shortened
from tabletop.scenario.reading.document import Position
from tabletop.scenario.reading.slips import Slip, find_cut_bracket, find_slip_above
from tabletop.scenario.reading.writing import in_quotes


class SyntaxExplanation(NamedTuple):
    """Message for one kind of syntax error, shown where the construct begins or where it breaks."""

    code: str
    message: str
    hint: str | None = None
    at_start: bool = False


_QUOTES: Final = 'put the whole text in quotes ("…"), or write it below the key after a |'
_IF_TEXT: Final = 'if it is text, put it in quotes: "…"'
_TAB: Final = SyntaxExplanation(
    "tab-indentation", "tabs are not allowed here; use spaces", "replace the tab with spaces"
)
_UNFINISHED: Final = SyntaxExplanation(
    "unclosed-bracket", "a closing bracket is missing at the end", "add the ] or }"
)
_CONTINUED: Final = SyntaxExplanation(
    "bad-indentation",
    "a key cannot begin on this line, which continues the text above it",
    "begin it in the same column as the keys around it, or put the whole text in quotes",
)
_INDENTATION: Final = SyntaxExplanation(
    "bad-indentation",
    "indentation does not match the line above",
    "begin all keys of a block, and all dashes of a list, in the same column",
)
_TRAILING: Final = SyntaxExplanation(
    "text-after-value",
    "nothing may follow a closing quote or bracket here",
    'put quotes around the whole text; inside double quotes write \\" for a quote',
)

# Searched for, in this order, in "context: problem" as worded by libyaml and by PyYAML's own parser.
_EXPLANATIONS: Final[tuple[tuple[str, SyntaxExplanation], ...]] = (
    (
        r"quoted scalar.*end of stream",
        SyntaxExplanation(
            "unclosed-quote", "this quote is never closed", "add the closing quote", at_start=True
        ),
    ),
    (
        r"quoted scalar.*document (indicator|separator)",
        SyntaxExplanation(
            "unclosed-quote",
            "this quote is not closed before a line that begins with --- or ...",
            "add the closing quote",
            at_start=True,
        ),
    ),
    (
        r"escape (character|code)|hexdecimal|hexadecimal|chr\(\)",
        SyntaxExplanation(
            "bad-escape",
            "this backslash does not begin a known escape",
            "write the character itself, or use single quotes, in which a backslash is an ordinary character",
        ),
    ),
    (
        r"(mapping )?values are not allowed",
        SyntaxExplanation("colon-in-text", "text with a colon and a space in it needs quotes", _QUOTES),
    ),
    (
        r"sequence entries are not allowed",
        SyntaxExplanation(
            "misplaced-dash",
            "a list item cannot begin here",
            "put the dash on a line of its own, below the key and indented",
        ),
    ),
    (
        r"mapping keys are not allowed",
        SyntaxExplanation("misplaced-key", "a key cannot begin here", "begin a new line for it"),
    ),
    (
        r"could not find expected ':'",
        SyntaxExplanation(
            "missing-colon",
            "this line should be a key followed by a colon",
            "write `key: value`, or indent the line if it continues the text above",
            at_start=True,
        ),
    ),
    (
        r"violates? indentation|tab character where",
        _TAB,
    ),
    (
        r"flow sequence.*expected",
        SyntaxExplanation(
            "unclosed-bracket",
            "a comma or a closing ] is missing in the list that begins with [",
            'text that begins with [ or holds a comma needs quotes: "[draft] …"',
        ),
    ),
    (
        r"flow mapping.*expected",
        SyntaxExplanation(
            "unclosed-bracket",
            "a comma or a closing } is missing in the block that begins with {",
            'text that holds a comma, a colon or a brace needs quotes: "…"',
        ),
    ),
    (
        r"block scalar",
        SyntaxExplanation(
            "bad-block-text",
            "a | or > that begins a text block must be the last thing on its line",
            "put the text on the next line, indented",
        ),
    ),
    (
        r"scanning an? (anchor|alias)",
        SyntaxExplanation("reserved-character", "text cannot begin with & or * without quotes", _IF_TEXT),
    ),
    (
        r"scanning a tag|parsing a tag|tag handle|parsing a node",
        SyntaxExplanation("tag", "text cannot begin with ! without quotes", _IF_TEXT),
    ),
    (
        r"directive",
        SyntaxExplanation("directive", "a line cannot begin with % here", _IF_TEXT),
    ),
    (r"block (mapping|collection|sequence)|<?document start>?|block end", _INDENTATION),
    (
        r"expected (the )?node content",
        SyntaxExplanation(
            "missing-value", "a value is missing here", "write the value, or remove the comma or bracket"
        ),
    ),
)
_UNKNOWN: Final = SyntaxExplanation(
    "bad-yaml",
    "the file cannot be read from here on",
    "look for a missing quote, bracket or colon on this line or above",
)
_OF_SLIPS: Final = frozenset(
    ("bad-indentation", "bad-yaml", "colon-in-text", "misplaced-dash", "misplaced-key", "missing-colon")
)
"""Codes of errors that a wrong character, on this line or above, often causes."""
_MOST_SHOWN: Final = 200
_KEY: Final = re.compile(r":\s")
_CANNOT_BEGIN: Final = "cannot start any token"
_PLACES: Final = tuple(
    (re.compile(pattern, re.DOTALL), explanation) for pattern, explanation in _EXPLANATIONS
)


def explain(
    error: Exception, name: str, lines: Sequence[str], quote: tuple[Position, Position] | None = None
) -> Problem:
    """Return the problem for a parser error, at the position where the author has to look.

    `quote` is the start and the end of the last text in quotes before the error that takes several lines.
    """
    marked = error if isinstance(error, yaml.MarkedYAMLError) else None
    start = (marked.context_mark or marked.problem_mark) if marked else None
    end = (marked.problem_mark or marked.context_mark) if marked else None
    text = f"{marked.context or ''}: {marked.problem or ''}" if marked else str(error)
    explanation = _explanation(text, lines, end)
    mark = start if explanation.at_start else end
    line, column = _last_text(lines, mark.line, mark.column) if mark else (0, 0)
    if quote is not None and _follows(lines, quote[1], end):
        return _closed_too_late(name, lines, *quote)
    slip = _slip(explanation, lines, start.line if start else line, line)
    if slip is not None:
        return _slipped(name, lines, *slip)
    if explanation.code == "unclosed-quote" and line < len(lines):
        explanation = explanation._replace(hint=_closing(lines[line], column))
    return Problem(
        file=name,
        line=line + 1,
        column=column + 1,
        message=explanation.message + _opening(explanation, start, line),
        code=explanation.code,
        source=lines[line] if line < len(lines) else None,
        hint=explanation.hint,
    )


def _slip(
    explanation: SyntaxExplanation, lines: Sequence[str], start: int, line: int
) -> tuple[int, Slip] | None:
    """Return the slip that caused an error, and its line, counted from 0 as the others are."""
    if explanation.code == "unclosed-bracket":
        return find_cut_bracket(lines, start, line)
    return find_slip_above(lines, line) if explanation.code in _OF_SLIPS else None


def _follows(lines: Sequence[str], end: Position, mark: yaml.error.Mark | None) -> bool:
    """Return whether nothing but spaces stands between the end of a quote and an error."""
    if mark is None or mark.line != end.line - 1 or mark.line >= len(lines):
        return False
    return not lines[mark.line][end.column - 1 : mark.column].strip()


def _closed_too_late(name: str, lines: Sequence[str], start: Position, end: Position) -> Problem:
    source = lines[start.line - 1]
    return Problem(
        file=name,
        line=start.line,
        column=start.column,
        message=f"this quote is closed only on line {end.line}, where text follows the closing quote",
        code="unclosed-quote",
        source=source,
        hint=_closing(source, start.column - 1),
    )


def _closing(line: str, column: int) -> str:
    """Return how to close a quote that opens at a column, counted from 0."""
    text = line[column + 1 :].strip()
    if not text or text[-1] in "]}":
        return "add the closing quote"
    if line[column] == "'":
        return f"add the closing quote; if it is an apostrophe, write: {in_quotes(line[column] + text)}"
    return f"add the closing quote: {shortened(line.strip(), _MOST_SHOWN)}{line[column]}"


def _slipped(name: str, lines: Sequence[str], line: int, slip: Slip) -> Problem:
    return Problem(
        file=name,
        line=line + 1,
        column=slip.at + 1,
        message=slip.message,
        code=slip.code,
        source=lines[line],
        hint=slip.hint,
    )


def _explanation(text: str, lines: Sequence[str], mark: yaml.error.Mark | None) -> SyntaxExplanation:
    found = next((explanation for pattern, explanation in _PLACES if pattern.search(text)), _UNKNOWN)
    if mark is None:
        return found
    line = lines[mark.line] if mark.line < len(lines) else ""
    if _CANNOT_BEGIN in text:
        return _cannot_begin(line[mark.column : mark.column + 1])
    if found.code == "colon-in-text" and not _KEY.search(line[: mark.column]):
        return _CONTINUED
    if found is _INDENTATION and line[: mark.column].strip():
        return _TRAILING
    if found.code == "missing-value" and not "".join((line[mark.column :], *lines[mark.line + 1 :])).strip():
        return _UNFINISHED
    return found


def _cannot_begin(character: str) -> SyntaxExplanation:
    if character == "\t":
        return _TAB
    message = f"text cannot begin with {quoted(character)} without quotes"
    return SyntaxExplanation("reserved-character", message, _IF_TEXT)


def _last_text(lines: Sequence[str], line: int, column: int) -> tuple[int, int]:
    """Move back from empty lines at the end of a file, where the parser stops, to the last line of text."""
    while line > 0 and (line >= len(lines) or not lines[line].strip()):
        line -= 1
        column = len(lines[line]) if line < len(lines) else 0
    return line, column


def _opening(explanation: SyntaxExplanation, start: yaml.error.Mark | None, line: int) -> str:
    if (
        explanation.code == "unclosed-bracket"
        and explanation is not _UNFINISHED
        and start
        and start.line != line
    ):
        return f" on line {start.line + 1}"
    return ""
