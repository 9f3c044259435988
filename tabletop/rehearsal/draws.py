"""Chance without a generator: every draw depends only on the seed, the play and the place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final, TypeVar

Place = tuple[str, ...]
"""What is drawn for: ``("option", team, decision)``."""

T = TypeVar("T")

_RANGE: Final = 1 << 64


@dataclass(frozen=True, slots=True)
class Draws:
    """The draws of one play: the same on any machine, in any order and any number of processes."""

    seed: int
    play: int

    def below(self, count: int, *place: str) -> int:
        """Return a whole number from 0 to `count` - 1."""
        return self._number(place) * count >> 64

    def share(self, *place: str) -> float:
        """Return a number from 0 up to 1, not itself included."""
        return (self._number(place) >> 11) / (_RANGE >> 11)

    def order(self, items: Sequence[T], *place: str) -> list[T]:
        """Return the items in a drawn order."""
        left = list(items)
        return [left.pop(self.below(len(left), *place, str(len(left)))) for _ in items]

    def _number(self, place: Place) -> int:
        text = "\x1f".join((str(self.seed), str(self.play), *place))
        return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
