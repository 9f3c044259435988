"""Find the known word nearest to a misspelt one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from heapq import nlargest
from typing import Final

_CUTOFF: Final = 0.7
_LONGEST: Final = 100
"""Longer words are not compared: the cost is quadratic in the length, and they are hardly typing errors."""
_COMPARED: Final = 40
"""How many candidates, those that share the most letters, are compared in full."""


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate closest to the word, ignoring case, or None if none is close.

    Takes a few milliseconds for ten thousand candidates.
    """
    wanted = word.casefold()
    if not wanted or len(wanted) > _LONGEST:
        return None
    likely = nlargest(_COMPARED, _likely(wanted, candidates), key=_bound)
    matcher = SequenceMatcher(a="", b=wanted, autojunk=False)
    best, best_ratio = None, _CUTOFF
    for bound, folded, candidate in likely:
        if bound < best_ratio:
            break
        matcher.set_seq1(folded)
        ratio = matcher.ratio()
        if ratio > best_ratio or (best is None and ratio == best_ratio):
            best, best_ratio = candidate, ratio
    return best


def _bound(entry: tuple[float, str, str]) -> float:
    return entry[0]


def _likely(wanted: str, candidates: Iterable[str]) -> Iterator[tuple[float, str, str]]:
    """Yield each candidate that could reach the cutoff, with an upper bound of its ratio."""
    letters = set(wanted)
    for candidate in candidates:
        if abs(len(candidate) - len(wanted)) * 3 > len(candidate) + len(wanted):
            continue
        folded = candidate.casefold()
        if folded == wanted:
            yield 1.0, folded, candidate
            continue
        shared = min(
            len(wanted), sum(map(folded.count, letters)), sum(letter in letters for letter in folded)
        )
        bound = 2 * shared / (len(wanted) + len(folded)) if folded else 0.0
        if bound >= _CUTOFF:
            yield bound, folded, candidate
