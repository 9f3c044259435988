"""Markdown in which words are only ever words.

Everything that goes into a `Page` is plain text and is escaped on its way in; structure comes from the
methods that are called and from nowhere else. The escapes hold for CommonMark and for GitHub's dialect with
its tables, bare links and strikethrough.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

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


@dataclass(frozen=True, slots=True)
class Strong:
    """Words set in bold."""

    text: str


Piece = str | Strong
Inline = Piece | Sequence[Piece]
"""What a line is made of: words, some of them bold."""


def escaped(text: str, *, opens: bool = False) -> str:
    """The text on one line, as Markdown that shows exactly these words; `opens` if it begins a line."""
    text = _escape(one_line(text).strip())
    return _isolated(_opening(text) if opens else text)


def escaped_lines(text: str) -> list[str]:
    """The lines of a text, each escaped; what makes a code block of a line, its indent, is dropped."""
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
    """The text with a backslash before what would be a sign of structure at the beginning of a line."""
    opening = _OPENING.match(text)
    if opening is None:
        return text
    sign, rest = opening[1], text[opening.end() :]
    return f"{sign}\\{rest}" if sign.isdigit() else f"\\{sign}{rest}"


def _isolated(text: str) -> str:
    """Text with letters written from right to left, kept from reordering what stands beside it."""
    if text.isascii() or not any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in text):
        return text
    return f"{_FSI}{text}{_PDI}"


def inline(content: Inline, *, opens: bool = False) -> str:
    """Words and bold words as one line of Markdown; `opens` if they begin a line."""
    pieces = [content] if isinstance(content, str | Strong) else list(content)
    return "".join(_piece(piece, opens=opens and index == 0) for index, piece in enumerate(pieces))


def _piece(piece: Piece, *, opens: bool) -> str:
    if isinstance(piece, Strong):
        text = escaped(piece.text)
        return f"**{text}**" if text else ""
    # Blanks between pieces count; `escaped` drops those at the ends.
    before = " " if piece[:1].isspace() else ""
    after = " " if piece[-1:].isspace() and piece.strip() else ""
    return f"{before}{escaped(piece, opens=opens)}{after}"


class Page:
    """A document that grows from top to bottom, blocks apart from one another by an empty line."""

    def __init__(self) -> None:
        self._blocks: list[str] = []

    def heading(self, level: int, content: Inline) -> None:
        """A heading."""
        self._blocks.append(f"{'#' * level} {inline(content)}")

    def paragraph(self, content: Inline) -> None:
        """A paragraph."""
        self._blocks.append(inline(content, opens=True))

    def quotation(self, text: str) -> None:
        """Words of several lines, set off; their line breaks stay."""
        rows = [f"> {line}" if line else ">" for line in escaped_lines(text)]
        self._blocks.append("\\\n".join(rows).replace(">\\\n", ">\n").replace("\\\n>\n", "\n>\n"))

    def bullets(self, items: Sequence[Inline]) -> None:
        """A list."""
        self._blocks.append("\n".join(f"- {inline(item, opens=True)}" for item in items))

    def table(
        self, heads: Sequence[str], rows: Sequence[Sequence[Inline]], *, right: Sequence[int] = ()
    ) -> None:
        """A table; columns numbered in `right` are set to the right."""
        rule = ["---:" if index in right else "---" for index in range(len(heads))]
        lines = [heads, rule, *rows]
        self._blocks.append(
            "\n".join(
                f"| {' | '.join(str(cell) if row is rule else inline(cell) for cell in row)} |"
                for row in lines
            )
        )

    def text(self) -> str:
        """The whole document."""
        return "\n\n".join(self._blocks) + "\n"
