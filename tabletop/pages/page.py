"""What can be set on a page, whatever becomes of it: a file of Markdown or HTML, a terminal, plain text."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

from tabletop.pages.content import Columns, Inline, Rows, strong

GroupRole = Literal["block", "card", "columns", "column"]
"""What belongs together: a `block`, a `card` with a frame, `columns` side by side, each `column` of them."""

ParagraphRole = Literal["", "lead", "note", "none"]
"""A `lead` opens a section, a `note` is an aside, `none` says that there is nothing to show."""


class Page(ABC):
    """A document that grows from top to bottom. Text is only ever text; methods alone make structure."""

    def __init__(self, *, marking: str = "") -> None:
        self.marking = marking
        """First and last line of the document; none if it is empty."""

    def cover(
        self, kind: str, title: str, *, remark: str = "", origin: str = "", figures: Sequence[Figure] = ()
    ) -> None:
        """Begin the document: what it is and what it is about. Only some pages have room for more."""
        self.heading(1, f"{kind}: {title}")

    def section(self, number: int, title: str, key: str) -> None:
        """Begin a numbered section; `key` is its address within the document."""
        self.heading(2, f"{number} {title}")

    @abstractmethod
    def heading(self, level: int, content: Inline) -> None:
        """Add a heading."""

    def label(self, content: Inline) -> None:
        """Add a heading that is too small to be found in a table of contents."""
        self.paragraph(content)

    @abstractmethod
    def paragraph(self, content: Inline, role: ParagraphRole = "") -> None:
        """Add a paragraph."""

    @abstractmethod
    def quotation(self, text: str) -> None:
        """Add words of several lines, set off; their line breaks stay."""

    @abstractmethod
    def bullets(self, items: Sequence[Inline], *, lead: bool = False) -> None:
        """Add a list. With `lead` the first piece of each item may stand in a column of its own."""

    def choices(self, items: Sequence[tuple[bool, Inline]]) -> None:
        """Add a list of options, with a mark at those that were chosen."""
        self.bullets([content for _, content in items])

    def facts(self, facts: Sequence[tuple[str, Inline]]) -> None:
        """Add names with what each stands for."""
        self.table(("", ""), [(strong(name), value) for name, value in facts])

    @abstractmethod
    def table(self, columns: Columns, rows: Rows, *, form: bool = False) -> None:
        """Add a table. A `form` has room to write in by hand."""

    def figure(  # noqa: B027 - most pages show no pictures
        self, draw: Callable[[], str], caption: str
    ) -> None:
        """Add what `draw` returns, an SVG picture or nothing, where a page shows pictures."""

    @contextmanager
    def group(self, role: GroupRole) -> Iterator[None]:
        """Keep together what is added within."""
        yield


Figure = tuple[str, str, str]
"""A figure that stands out: what it counts, how many, and of what."""
