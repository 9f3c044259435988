"""Map error locations of pydantic to positions in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, cast

from tabletop.scenario.reading.document import Document, Path

MISSING: Final = object()
"""Sentinel for no value, where None is a value."""

_KEY_ITSELF: Final = "[key]"
_MOST_CANDIDATES: Final = 64


def locate(document: Document, loc: Sequence[str | int], *, at_key: bool = False) -> tuple[int, int]:
    """Return the line and column of an error location of pydantic.

    Parts that are not in the file are skipped: discriminator tags, names of validators, the index into a
    list that was written as a single value. A missing value gets the position of its nearest ancestor.
    """
    path = resolve(document, loc)
    return position(document, path, at_key=at_key or names_key(loc))


def position(document: Document, path: Path, *, at_key: bool = False) -> tuple[int, int]:
    """Return the line and column of a path in the document; (1, 1) if it is not there."""
    mark = document.marks.get(path)
    if mark is None:
        return 1, 1
    place = mark.key if at_key and mark.key else mark.value
    return place.line, place.column


def positions_in(document: Document, path: Path) -> Iterator[tuple[int, int]]:
    """Yield the line and column of the value at a path, of its key, and of every key and value inside."""
    mark = document.marks.get(path)
    if mark is None:
        return
    for place in mark:
        if place is not None:
            yield place.line, place.column
    inside = value_at(document, path)
    for part in (
        inside if isinstance(inside, dict) else range(len(inside)) if isinstance(inside, list) else ()
    ):
        yield from positions_in(document, (*path, part))


def names_key(loc: Sequence[str | int]) -> bool:
    """Return whether an error location refers to a mapping key rather than to its value."""
    return bool(loc) and loc[-1] == _KEY_ITSELF


def value_at(document: Document, path: Path) -> object:
    """Return the data at a path of the document, or `MISSING`."""
    data = document.data
    for part in path:
        if isinstance(data, dict):
            data = data.get(part, MISSING)
        elif isinstance(data, list) and isinstance(part, int) and 0 <= part < len(data):
            data = data[part]
        else:
            return MISSING
    return data


def resolve(
    document: Document, loc: Sequence[str | int], accept: Callable[[object], bool] | None = None
) -> Path:
    """Return the path in the document that matches an error location best.

    A tag may be spelled like a key (``not`` in ``{not: ...}`` is both), so every way of skipping parts is
    tried. The longest path wins, then the one that uses the later parts. Paths to values that `accept`
    returns true for are preferred.
    """
    # Each candidate is kept with the indexes of the parts it used, which order candidates of equal length.
    candidates: dict[Path, tuple[int, ...]] = {(): ()}
    for index, part in enumerate(loc):
        longer = {}
        for path, taken in candidates.items():
            step = (*path, part)
            if _has(value_at(document, path), part):
                longer[step] = (*taken, index)
        candidates |= longer
        if len(candidates) > _MOST_CANDIDATES:
            kept = sorted(candidates.items(), key=_by_fit, reverse=True)[:_MOST_CANDIDATES]
            candidates = dict(kept)
    if accept is not None:
        accepted = {path: taken for path, taken in candidates.items() if accept(value_at(document, path))}
        candidates = accepted or candidates
    return max(candidates.items(), key=_by_fit)[0]


def _by_fit(candidate: tuple[Path, tuple[int, ...]]) -> tuple[int, tuple[int, ...]]:
    path, taken = candidate
    return len(path), taken


def _has(data: object, part: str | int) -> bool:
    if isinstance(data, dict):
        return part in cast("dict[object, object]", data)
    return isinstance(data, list) and isinstance(part, int) and 0 <= part < len(data)
