"""Text with tones, laid out by the cells it takes on a screen. Every line is safe to print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal

from tabletop.plaintext import display_width, visible

Tone = Literal["plain", "dim", "strong", "new", "good", "bad"]
Part = tuple[str, Tone]
"""Some words and how they stand out."""
Line = tuple[Part, ...]

_CHUNK: Final = re.compile(r"\n|[^\S\n]+|\S+")
_GAP: Final = "  "
_LEAST: Final = 4
_MOST: Final = 12
"""A column is made no narrower than its longest word, if that is between so many and so many cells."""

_Word = list[Part]


def words_of(line: Iterable[Part]) -> str:
    """Return the words of a line without their tones."""
    return "".join(text for text, _ in line)


def wrapped(
    parts: Iterable[Part], width: int, *, indent: str = "", hanging: str | None = None
) -> Iterator[Line]:
    """Yield the parts in lines of at most `width` cells; line breaks within them stay.

    The first line begins with `indent`, all others with `hanging`.
    """
    after = indent if hanging is None else hanging
    room = max(2, width - max(display_width(indent), display_width(after)))
    for number, line in enumerate(_broken(_words(parts), room)):
        yield _merged([(after if number else indent, "plain"), *line] if line else [])


def _words(parts: Iterable[Part]) -> Iterator[_Word | None]:
    """Yield words, each of one or more parts, and None where a line ends."""
    word: _Word = []
    for text, tone in parts:
        for chunk in _CHUNK.findall(visible(text.replace("\r\n", "\n"))):
            if not chunk.isspace():
                word.append((chunk, tone))
                continue
            if word:
                yield word
            word = []
            if chunk == "\n":
                yield None
    if word:
        yield word


def _broken(words: Iterable[_Word | None], room: int) -> Iterator[list[Part]]:
    line: list[Part] = []
    used = 0
    for word in words:
        if word is None:
            yield line
            line, used = [], 0
            continue
        for piece in _cut(word, room):
            size = sum(display_width(text) for text, _ in piece)
            if line and used + 1 + size > room:
                yield line
                line, used = [], 0
            if line:
                line.append((" ", piece[0][1] if line[-1][1] == piece[0][1] else "plain"))
                used += 1
            line += piece
            used += size
    yield line


def _cut(word: _Word, room: int) -> Iterator[_Word]:
    """Yield the word, in pieces where it alone is wider than a line."""
    if sum(display_width(text) for text, _ in word) <= room:
        yield word
        return
    piece: _Word = []
    used = 0
    for text, tone in word:
        for letter in text:
            size = display_width(letter)
            if used + size > room:
                yield list(_merged(piece))
                piece, used = [], 0
            piece.append((letter, tone))
            used += size
    yield list(_merged(piece))


def _merged(parts: Iterable[Part]) -> Line:
    """Return the parts with neighbours of the same tone made one."""
    found: list[Part] = []
    for text, tone in parts:
        if found and found[-1][1] == tone:
            found[-1] = (found[-1][0] + text, tone)
        elif text:
            found.append((text, tone))
    return tuple(found)


def in_columns(
    rows: Sequence[Sequence[Line]], width: int, *, right: Sequence[int] = (), heads: bool = True
) -> Iterator[Line]:
    """Yield rows of cells in columns two cells apart, wrapped so that they fit; `right` are set to the right.

    The first row holds the heads of the columns. Where even the narrowest columns do not fit beside one
    another, a row runs on as text, each cell behind the head of its column.
    """
    widths = _widths(rows, width)
    if widths is None:
        yield from _stacked(rows, width, heads=heads)
        return
    for row in rows:
        cells = [list(wrapped(cell, size)) for cell, size in zip(row, widths, strict=True)]
        for number in range(max(map(len, cells))):
            line: list[Part] = []
            for column, (lines, size) in enumerate(zip(cells, widths, strict=True)):
                shown = lines[number] if number < len(lines) else ()
                blank: Part = (" " * (size - display_width(words_of(shown))), "plain")
                line += [(_GAP, "plain")] if column else []
                line += [blank, *shown] if column in right else [*shown, blank]
            yield _ended(line)


def _ended(line: Sequence[Part]) -> Line:
    """Return the line without blanks at its end."""
    parts = list(_merged(line))
    while parts and not parts[-1][0].strip():
        parts.pop()
    if parts:
        parts[-1] = (parts[-1][0].rstrip(), parts[-1][1])
    return tuple(parts)


def _widths(rows: Sequence[Sequence[Line]], width: int) -> list[int] | None:
    """Return the width of each column, or None if they do not fit beside one another."""
    count = len(rows[0])
    room = width - len(_GAP) * (count - 1)
    lines = [[line for row in rows for line in wrapped(row[column], 10**6)] for column in range(count)]
    found = [min(room, max(1, *(display_width(words_of(line)) for line in column))) for column in lines]
    least = [
        min(size, max(_LEAST, *(min(_MOST, _longest(line)) for line in column)))
        for size, column in zip(found, lines, strict=True)
    ]
    if sum(least) > room:
        return None
    while sum(found) > room:
        widest = max((index for index in range(count) if found[index] > least[index]), key=found.__getitem__)
        found[widest] -= 1
    return found


def _longest(line: Line) -> int:
    return max((display_width(word) for word in words_of(line).split()), default=0)


def _stacked(rows: Sequence[Sequence[Line]], width: int, *, heads: bool) -> Iterator[Line]:
    titles = rows[0] if heads else [()] * len(rows[0])
    for row in rows[1:] if heads else rows:
        parts: list[Part] = []
        for title, cell in zip(titles, row, strict=True):
            if words_of(cell):
                parts += [("; ", "plain")] if parts else []
                parts += [*title, (": ", "dim")] if words_of(title) else []
                parts += cell
        yield from wrapped(parts, width, hanging="  ")
