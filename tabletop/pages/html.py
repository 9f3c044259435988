"""One HTML file that needs nothing else: no script, no font, no picture from anywhere.

Every word is escaped and made visible on its way in. Each piece of text is isolated, so that letters written
from right to left do not reorder what stands around them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Final

from tabletop.pages.content import (
    Column,
    Columns,
    Gap,
    Inline,
    Row,
    Rows,
    Span,
    as_columns,
    as_rows,
    note,
    pieces,
)
from tabletop.pages.page import Figure, GroupRole, Page, ParagraphRole
from tabletop.plaintext import visible

_STYLE: Final = Path(__file__).with_suffix(".css")
_ELEMENTS: Final = {
    "": ("", ""),
    "number": ("", ""),
    "strong": ("<strong>", "</strong>"),
    "note": ("<small>", "</small>"),
    "reference": ('<span class="refs">', "</span>"),
    "tag": ('<span class="tag">', "</span>"),
    "good": ('<span class="tag good">', "</span>"),
    "bad": ('<span class="tag bad">', "</span>"),
    "gain": ('<span class="points plus">', "</span>"),
    "loss": ('<span class="points minus">', "</span>"),
    "code": ('<span class="code">', "</span>"),
    "result": ('<span class="result">', "</span>"),
    "quote": ('<span class="quote">', "</span>"),
}
_OURS: Final = frozenset({"number", "reference", "tag", "good", "bad", "gain", "loss"})
"""Figures and labels: words of the program, which need no isolation."""
_GROUPS: Final[dict[GroupRole, tuple[str, str]]] = {
    "block": ('<article class="block">', "</article>"),
    "card": ('<article class="card">', "</article>"),
    "columns": ('<div class="columns">', "</div>"),
    "column": ("<div>", "</div>"),
}
_DOCUMENT: Final = """\
<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
{marking}
{cover}
<nav class="contents" aria-label="Contents">
<h2>Contents</h2>
<ol>
{contents}
</ol>
</nav>
<main>
{body}
</main>
{marking}
</body>
</html>
"""


_UNIT: Final = re.compile(r"(?<=\d) (?=(?:s|min|h)\b)")
"""Between a figure and its unit, where no line may end."""


def _text(text: str) -> str:
    return _UNIT.sub("\u00a0", escape(visible(text)))


def inline(content: Inline) -> str:
    """Return the pieces of a line as HTML."""
    return "".join(map(_piece, pieces(content)))


def _piece(piece: Span | Gap) -> str:
    if isinstance(piece, Gap):
        return "<br>" if piece.line else " "
    start, end = _ELEMENTS[piece.role]
    if piece.role in _OURS:
        return f"{start}{_text(piece.text)}{end}"
    if piece.text.isspace():
        return " "
    return f"{start}<bdi>{_text(piece.text)}</bdi>{end}"


class HtmlPage(Page):
    """A document of numbered sections with a cover, a table of contents and a style for screen and paper."""

    def __init__(self, *, title: str, marking: str = "") -> None:
        super().__init__(marking=marking)
        self._title = title
        self._kind = ""
        self._cover = ""
        self._contents: list[str] = []
        self._body: list[str] = []

    def cover(
        self, kind: str, title: str, *, remark: str = "", origin: str = "", figures: Sequence[Figure] = ()
    ) -> None:
        """Set the kind of document and a remark above its title, its origin and figures in boxes below."""
        self._kind = kind
        boxes = "\n".join(
            f"<div><dt>{_text(name)}</dt><dd>{inline([Span(value, 'number'), note(unit)])}</dd></div>"
            for name, value, unit in figures
        )
        self._cover = (
            f'<header class="cover">\n<p class="kind">{_text(" · ".join(filter(None, (kind, remark))))}</p>\n'
            f'<h1>{inline(title)}</h1>\n<p class="origin">{inline(origin)}</p>\n'
            f'<dl class="figures">\n{boxes}\n</dl>\n</header>'
        )

    def section(self, number: int, title: str, key: str) -> None:
        """Begin a section that the table of contents leads to."""
        if self._contents:
            self._body.append("</section>")
        self._contents.append(f'<li><a href="#{_text(key)}">{_text(title)}</a></li>')
        self._body.append(
            f'<section>\n<h2 id="{_text(key)}"><span class="number">{number}</span> {_text(title)}</h2>'
        )

    def heading(self, level: int, content: Inline) -> None:
        self._body.append(f"<h{level}>{inline(content)}</h{level}>")

    def label(self, content: Inline) -> None:
        self.heading(4, content)

    def paragraph(self, content: Inline, role: ParagraphRole = "") -> None:
        self._body.append(f"<p{_class(role)}>{inline(content)}</p>")

    def quotation(self, text: str) -> None:
        self._body.append(f"<blockquote>{inline(text.strip())}</blockquote>")

    def bullets(self, items: Sequence[Inline], *, lead: bool = False) -> None:
        """Add a list; with `lead` the first piece of each item stands in a column of its own."""
        lines = [_led(item) if lead else inline(item) for item in items]
        self._list("led" if lead else "", [f"<li>{line}</li>" for line in lines])

    def choices(self, items: Sequence[tuple[bool, Inline]]) -> None:
        """Add a list of options, with a full circle at those that were chosen."""
        lines = [f"<li{_class('chosen' if chosen else '')}>{inline(item)}</li>" for chosen, item in items]
        self._list("choices", lines)

    def _list(self, name: str, lines: Sequence[str]) -> None:
        self._body += [f"<ul{_class(name)}>", *lines, "</ul>"]

    def facts(self, facts: Sequence[tuple[str, Inline]]) -> None:
        rows = (
            f'<tr><th scope="row">{_text(name)}</th><td>{inline(value)}</td></tr>' for name, value in facts
        )
        self._body += ['<table class="facts">', "<tbody>", *rows, "</tbody>", "</table>"]

    def table(self, columns: Columns, rows: Rows, *, form: bool = False) -> None:
        """Add a table; long text stands in a row of its own below the row that it belongs to."""
        shown = as_columns(columns)
        beside = [column for column in shown if not column.below]
        heads = "".join(f'<th scope="col"{_look(one)}>{_text(one.title)}</th>' for one in beside)
        body = (line for row in as_rows(rows) for line in _row(shown, row))
        grouped = len(beside) < len(shown)
        self._body += [
            f"<table{_class('grid', 'form' if form else '', 'grouped' if grouped else '')}>",
            f"<thead><tr>{heads}</tr></thead>",
            *(body if grouped else ("<tbody>", *body, "</tbody>")),
            "</table>",
        ]

    def figure(self, draw: Callable[[], str], caption: str) -> None:
        """Add a picture, which escapes the words in it itself, and what it shows."""
        picture = draw()
        if picture:
            self._body += ["<figure>", picture, f"<figcaption>{_text(caption)}</figcaption>", "</figure>"]

    @contextmanager
    def group(self, role: GroupRole) -> Iterator[None]:
        """Keep together what is added within."""
        start, end = _GROUPS[role]
        self._body.append(start)
        yield
        self._body.append(end)

    def text(self) -> str:
        """Return the whole document."""
        style = _STYLE.read_text(encoding="utf-8")
        return _DOCUMENT.format(
            title=_text(self._title),
            style=style.replace("$marking", _css(self.marking)).replace("$kind", _css(self._kind)),
            marking=f'<p class="marking">{_text(self.marking)}</p>' if self.marking else "",
            cover=self._cover,
            contents="\n".join(self._contents),
            body="\n".join([*self._body, *(["</section>"] if self._contents else [])]),
        )


def _class(*names: str) -> str:
    found = " ".join(filter(None, names))
    return f' class="{found}"' if found else ""


def _look(column: Column) -> str:
    share = f' style="width: {column.width}%"' if column.width else ""
    return _class("num" if column.right else "") + share


def _led(item: Inline) -> str:
    first, *rest = pieces(item)
    return f"{inline([first])}<span>{inline(rest)}</span>"


def _row(columns: Sequence[Column], row: Row) -> Iterator[str]:
    cells = list(zip(columns, row.cells, strict=True))
    beside = "".join(_cell(column, cell) for column, cell in cells if not column.below)
    below = [(column, cell) for column, cell in cells if column.below]
    start, end = ("<tbody>", "</tbody>") if below else ("", "")
    yield f"{start}<tr{_class(row.role)}>{beside}</tr>"
    for column, cell in below:
        if cell is not None:
            yield (
                f'<tr class="below"><td colspan="{len(cells) - len(below)}">'
                f"<small>{_text(column.title)}:</small> {inline(cell)}</td></tr>"
            )
    if end:
        yield end


def _cell(column: Column, cell: Inline) -> str:
    if column.key:
        return f'<th scope="row"{_class("num" if column.right else "")}>{inline(cell)}</th>'
    return f"<td{_class('num' if column.right else '')}>{inline(cell)}</td>"


def _css(text: str) -> str:
    """Return the text as it may stand between quotation marks in a style sheet."""
    return "".join(
        letter if letter.isalnum() or letter in " -" else f"\\{ord(letter):x} " for letter in visible(text)
    )
