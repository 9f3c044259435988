"""From a place in the data, as pydantic names it, to a place in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, cast

from tabletop.scenario.reading.document import Document, Path

MISSING: Final = object()
"""Stands for no value at all, where None is a value."""

_KEY_ITSELF: Final = "[key]"
_MOST_CANDIDATES: Final = 64


def locate(document: Document, loc: Sequence[str | int], *, at_key: bool = False) -> tuple[int, int]:
    """Return the line and column that an error location of pydantic stands for.

    Parts that are not in the file are skipped: discriminator tags, names of validators, the index in a list
    that stands for a single value. What is missing altogether is placed at the nearest thing around it.
    """
    path = resolve(document, loc)
    return position(document, path, at_key=at_key or names_key(loc))


def position(document: Document, path: Path, *, at_key: bool = False) -> tuple[int, int]:
    """Return the line and column of a path of the document, which must be in it; (1, 1) in an empty one."""
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
    """Say whether an error location stands for a key of a mapping rather than for its value."""
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
    """Return the path of the document that fits an error location best.

    A tag may be spelled like a key (``not`` in ``{not: ...}`` is both), so every way of skipping parts is
    followed. The longest path wins, then the one that uses the later parts. Paths to a value that `accept`
    agrees to come first, if there are any.
    """
    # Each candidate is kept with the indexes of the parts it took, which order those of equal length.
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
