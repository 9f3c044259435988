"""The contents of one YAML file: its data, and the position of every key and value."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias, cast, overload

Path: TypeAlias = tuple[str | int, ...]
"""A path from the root of a document to a value: mapping keys and list indexes."""

NO_KEY: Final = 0
"""Stands for the packed position of a missing key."""

_COLUMN_BITS: Final = 32
_COLUMN_MASK: Final = (1 << _COLUMN_BITS) - 1


class Position(NamedTuple):
    """Line and column in a file, counted from 1; the column in characters."""

    line: int
    column: int


class Mark(NamedTuple):
    """Position of a value, and of its key; list items and the root have no key."""

    value: Position
    key: Position | None


class Unquoted(NamedTuple):
    """A value written without quotes that may not have been read as it was meant."""

    node: int
    """Its place among the values of the document, in file order."""
    end: Position
    """Where its text ends."""


class Marks(Mapping[Path, Mark]):
    """Mapping from every path of a document to its mark.

    A tuple and a mark for each of 100,000 values would take more memory than the data itself. Positions are
    therefore kept in flat arrays with one entry per value, in file order, together with the index of the
    entry after the value's last descendant; a path is looked up by walking down the data in parallel.
    """

    def __init__(self) -> None:
        self.data: object = None
        self.starts = array("Q")
        """Packed position of each value."""
        self.key_starts = array("Q")
        """Packed position of its key; 0 for none."""
        self.ends = array("I")
        self._children: dict[int, dict[str | int, int]] = {}

    def __getitem__(self, path: Path) -> Mark:
        if not self.starts:
            raise KeyError(path)
        node, data = 0, self.data
        for part in path:
            try:
                node = self._children_of(node, data)[part]
            except KeyError:
                raise KeyError(path) from None
            data = cast("dict[str | int, object]", data)[part]
        key = self.key_starts[node]
        return Mark(unpack(self.starts[node]), unpack(key) if key else None)

    def __len__(self) -> int:
        return len(self.starts)

    def __iter__(self) -> Iterator[Path]:
        return _paths((), self.data) if self.starts else iter(())

    def truncate(self, length: int) -> None:
        """Delete all entries from index `length` on."""
        del self.starts[length:], self.key_starts[length:], self.ends[length:]

    def _children_of(self, node: int, data: object) -> dict[str | int, int]:
        """Return the entry of each child of a container, cached."""
        found = self._children.get(node)
        if found is None:
            names = data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
            found, child = {}, node + 1
            for name in names:
                found[name] = child
                child = self.ends[child]
            self._children[node] = found
        return found


def pack(line: int, column: int) -> int:
    """Pack a position, counted from 0 as the parser does, into one number above 0."""
    return (line + 1) << _COLUMN_BITS | (column + 1)


def unpack(packed: int) -> Position:
    """Unpack a position from `pack`, counted from 1."""
    return Position(packed >> _COLUMN_BITS, packed & _COLUMN_MASK)


def _paths(path: Path, data: object) -> Iterator[Path]:
    yield path
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _paths((*path, key), value)
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _paths((*path, index), value)


class Lines(Sequence[str]):
    """The lines of a text, split on first access: only files with problems need them."""

    __slots__ = ("_lines", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines: list[str] | None = None

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        return self._split()[index]

    def __len__(self) -> int:
        return len(self._split())

    def _split(self) -> list[str]:
        if self._lines is None:
            self._lines = self._text.split("\n")
        return self._lines


@dataclass(slots=True)
class Document:
    """One file: its name in messages, its data, the mark of every path, and its lines."""

    name: str
    data: object
    marks: Mapping[Path, Mark]
    lines: Sequence[str]
    unquoted: Sequence[Unquoted] = ()
    """Values that should be looked at again, because a comment or a curly quote stands beside them."""

    def line(self, number: int) -> str | None:
        """Return the text of a line, counted from 1, or None if there is no such line."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else None
