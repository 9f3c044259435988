"""Markdown in which words are only ever words.

Everything that goes into a page is plain text and is escaped on its way in; structure comes from the
methods that are called and from nowhere else. The escapes hold for CommonMark and for GitHub's dialect with
its tables, bare links and strikethrough.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from tabletop.pages.content import Columns, Gap, Inline, Rows, Span, as_columns, as_rows, pieces, strong
from tabletop.pages.page import Page, ParagraphRole
from tabletop.plaintext import one_line, visible

_SPECIAL: Final = re.compile(r"[\\`*_\[\]<>|~$#]")
_ENTITY: Final = re.compile(r"&(?=#?\w{1,40};)")
# A bare address becomes a link by itself, in some dialects even with a backslash in it. A word joiner, which
# nobody sees, breaks it for good.
_JOINER: Final = "\u2060"
_SCHEME: Final = re.compile(r":(?=//)")
_MAIL: Final = re.compile(r"@(?=\S)")
_WWW: Final = re.compile(r"\b(www)\.", re.IGNORECASE)
_DOMAIN: Final = re.compile(r"(?<=[^\W\d_])\.(?=[^\W\d_])")
# What makes a heading, a list, a quotation, a rule or a table's second line when it stands first on a line.
_OPENING: Final = re.compile(r"([+\-=:]|\d{1,9}(?=[.)]))")
_FSI, _PDI = "\u2068", "\u2069"
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL"})


def escaped(text: str, *, opens: bool = False) -> str:
    """Return the text on one line as Markdown that shows these words; `opens` if it begins a line."""
    text = _escape(one_line(text).strip())
    return _isolated(_opening(text) if opens else text)


def escaped_lines(text: str) -> list[str]:
    """Return the lines of a text, each escaped; what makes a code block of a line, its indent, is dropped."""
    lines = visible(text.replace("\r\n", "\n")).replace("\t", " ").strip().split("\n")
    return [_isolated(_opening(_escape(line.strip()))) for line in lines]


def _escape(text: str) -> str:
    text = _SPECIAL.sub(r"\\\g<0>", text)
    text = _ENTITY.sub(r"\\&", text)
    text = _SCHEME.sub(rf"\\:{_JOINER}", text)
    text = _MAIL.sub(rf"\\@{_JOINER}", text)
    text = _WWW.sub(rf"\1{_JOINER}\\.", text)
    return _DOMAIN.sub(r"\\.", text)


def _opening(text: str) -> str:
    """Return the text with a backslash before what would be structure at the beginning of a line."""
    opening = _OPENING.match(text)
    if opening is None:
        return text
    sign, rest = opening[1], text[opening.end() :]
    return f"{sign}\\{rest}" if sign.isdigit() else f"\\{sign}{rest}"


def _isolated(text: str) -> str:
    """Return text written from right to left so that it does not reorder what stands beside it."""
    if text.isascii() or not any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in text):
        return text
    return f"{_FSI}{text}{_PDI}"


def inline(content: Inline, *, opens: bool = False) -> str:
    """Return words and bold words as one line of Markdown; `opens` if they begin a line."""
    found: list[str] = []
    for bold, run in groupby(pieces(content), key=_is_strong):
        text = "".join(piece.text for piece in run)
        found.append(_run(text, bold=bold, opens=opens and not any(found)))
    return "".join(found)


def _is_strong(piece: Span | Gap) -> bool:
    return isinstance(piece, Span) and piece.strong


def _run(text: str, *, bold: bool, opens: bool) -> str:
    if bold:
        words = escaped(text)
        return f"**{words}**" if words else ""
    # Blanks between runs count; `escaped` drops those at the ends.
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and text.strip() else ""
    return f"{before}{escaped(text, opens=opens)}{after}"


class MarkdownPage(Page):
    """A document of Markdown, its blocks apart from one another by an empty line."""

    def __init__(self, *, marking: str = "") -> None:
        super().__init__(marking=marking)
        self._blocks: list[str] = []

    def heading(self, level: int, content: Inline) -> None:
        self._blocks.append(f"{'#' * level} {inline(content)}")

    def paragraph(self, content: Inline, role: ParagraphRole = "") -> None:
        self._blocks.append(inline(content, opens=True))

    def quotation(self, text: str) -> None:
        rows = [f"> {line}" if line else ">" for line in escaped_lines(text)]
        self._blocks.append("\\\n".join(rows).replace(">\\\n", ">\n").replace("\\\n>\n", "\n>\n"))

    def bullets(self, items: Sequence[Inline], *, lead: bool = False) -> None:
        self._blocks.append("\n".join(f"- {inline(item, opens=True)}" for item in items))

    def table(self, columns: Columns, rows: Rows, *, form: bool = False) -> None:
        shown = as_columns(columns)
        lines = [
            [inline(column.title) for column in shown],
            ["---:" if column.right else "---" for column in shown],
            *([inline(cell) for cell in row.cells] for row in as_rows(rows)),
        ]
        self._blocks.append("\n".join(f"| {' | '.join(line)} |" for line in lines))

    def text(self) -> str:
        """Return the whole document."""
        marking = [inline(strong(self.marking))] if self.marking else []
        return "\n\n".join([*marking, *self._blocks, *marking]) + "\n"
