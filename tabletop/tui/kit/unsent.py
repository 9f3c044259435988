"""All that was typed at a seat and not sent, also where its form cannot be opened any more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from tabletop.host.drafts import Draft
from tabletop.tui.kit.reader import ReadingWindow
from tabletop.tui.kit.rows import Line

KEY: Final = "0"
"""Opens this page, at consoles and stations."""

NOTHING: Final = "Nothing that was typed here waits to be sent."

ON_ITS_WAY: Final = "What was entered here is on its way to the host. L shows how far each entry has come."

KEPT: Final = (
    "Kept until the record is closed. The key that opened a form opens it again with its text, where that is "
    "still possible."
)


def unsent(drafts: Sequence[Draft]) -> ReadingWindow:
    """Make a page with each text below the title of its form, to be read or copied."""
    return ReadingWindow("Typed and not sent", _lines(drafts), closing=(KEY,))


def _lines(drafts: Sequence[Draft]) -> Iterator[Line]:
    yield ((KEPT, "dim"),)
    for draft in drafts:
        yield ()
        yield ((draft.title, "strong"),)
        yield from (((line, "plain"),) for line in draft.words.split("\n"))


def cannot_open(title: str) -> str:
    """Say that a form that was open when the program ended cannot be opened now, and where its text is."""
    return f"{title}: this was being typed when the program ended, and cannot be sent now. {KEY} shows it."
