"""What was read from one YAML file: its data, and the place in the file of every key and value."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias, cast, overload

Path: TypeAlias = tuple[str | int, ...]
"""The way from the root of a document to a value: keys of mappings and indexes of lists."""

NO_KEY: Final = 0
"""In place of the packed position of a key."""

_COLUMN_BITS: Final = 32
_COLUMN_MASK: Final = (1 << _COLUMN_BITS) - 1


class Position(NamedTuple):
    """A place in a file, both counted from 1; the column in characters."""

    line: int
    column: int


class Mark(NamedTuple):
    """Where a value begins, and its key if it has one: list items and the root have none."""

    value: Position
    key: Position | None


class Marks(Mapping[Path, Mark]):
    """The mark of every path of a document.

    A tuple and a mark for each of 100,000 values would take more memory than the data. So positions are kept
    in flat arrays, one entry a value in the order they stand in the file, with the entry that follows its
    last descendant; a path is found by walking down the data beside them.
    """

    def __init__(self) -> None:
        self.data: object = None
        self.starts = array("Q")
        """Where each value begins, packed into one number."""
        self.key_starts = array("Q")
        """Where its key begins; 0 for none."""
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
        """Forget every entry from that one on."""
        del self.starts[length:], self.key_starts[length:], self.ends[length:]

    def _children_of(self, node: int, data: object) -> dict[str | int, int]:
        """Return the entry of each child, worked out once for a container that is asked about."""
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
    """Return a place counted from 0, as a parser counts, as one number above 0."""
    return (line + 1) << _COLUMN_BITS | (column + 1)


def unpack(packed: int) -> Position:
    """Return the place that `pack` made a number of, counted from 1."""
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
    """The lines of a text, split when the first one is asked for: a file without problems never pays."""

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
    """One file: its name for messages, its data, a mark for every path in it, and its lines."""

    name: str
    data: object
    marks: Mapping[Path, Mark]
    lines: Sequence[str]

    def line(self, number: int) -> str | None:
        """Return the text of a line counted from 1, or None when there is no such line."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else None
