"""Text laid out for a terminal or a plain file, by the cells it takes on a screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tabletop.plaintext import display_width, visible


def wrapped(text: str, width: int, *, indent: str = "", hanging: str | None = None) -> Iterator[str]:
    """The text in lines of at most `width` cells; its own line breaks stay.

    The first line begins with `indent`, all others with `hanging`. Every line is safe to print.
    """
    after = indent if hanging is None else hanging
    lead = indent
    for paragraph in visible(text.replace("\r\n", "\n")).split("\n"):
        for line in _broken(paragraph.split(), width - max(display_width(indent), display_width(after))):
            yield f"{lead}{line}".rstrip()
            lead = after


def _broken(words: Sequence[str], room: int) -> Iterator[str]:
    line, used = "", 0
    for word in words:
        for piece in _pieces(word, max(room, 2)):
            size = display_width(piece)
            if line and used + 1 + size > room:
                yield line
                line, used = "", 0
            line, used = (f"{line} {piece}", used + 1 + size) if line else (piece, size)
    yield line


def _pieces(word: str, room: int) -> Iterator[str]:
    """The word, cut where it alone is wider than a line."""
    if display_width(word) <= room:
        yield word
        return
    start, used = 0, 0
    for index, letter in enumerate(word):
        size = display_width(letter)
        if used + size > room:
            yield word[start:index]
            start, used = index, 0
        used += size
    yield word[start:]


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> Iterator[str]:
    """Lines of columns two cells apart; columns numbered in `right` are set to the right."""
    widths = [max(display_width(row[column]) for row in (heads, *rows)) for column in range(len(heads))]
    for row in (heads, *rows):
        cells = (
            _set(cell, width, right=column in right)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()


def _set(cell: str, width: int, *, right: bool) -> str:
    blank = " " * (width - display_width(cell))
    return blank + cell if right else cell + blank
