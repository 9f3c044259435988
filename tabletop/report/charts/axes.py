"""Scales of time, and labels that keep out of each other's way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_STEPS = (10, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 14400, 43200, 86400)


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps values from `low` to `high` on to the way from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        span = self.high - self.low or 1.0
        share = (min(max(value, self.low), self.high) - self.low) / span
        return self.start + share * (self.end - self.start)


def ticks(seconds: int, most: int) -> Iterator[int]:
    """Yield round game times from 0 to `seconds`, `most` at most."""
    step = next((step for step in _STEPS if seconds / step <= most - 1), _STEPS[-1])
    while seconds / step > most - 1:
        step *= 2
    return iter(range(0, seconds + 1, step))


def clock(seconds: int) -> str:
    """Return a game time for an axis: minutes, with seconds only where there are any."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}:{rest:02d}" if rest else str(minutes)


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return places as near to those wanted as lets each keep `gap` from the next, between `low` and `high`.

    The order of equal ones is kept. Where there is no room for all, they stand evenly from `low` on.
    """
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index], index))
    if len(order) > 1 and gap * (len(order) - 1) > high - low:
        gap = (high - low) / (len(order) - 1)
    placed: list[float] = []
    for index in order:
        place = max(min(wanted[index], high), low)
        placed.append(place if not placed else max(place, placed[-1] + gap))
    limit = high
    for position in range(len(placed) - 1, -1, -1):
        placed[position] = min(placed[position], limit)
        limit = placed[position] - gap
    result = [0.0] * len(wanted)
    for index, place in zip(order, placed, strict=True):
        result[index] = place
    return result


class Rows:
    """Finds for each thing on a line of time the first row on which it touches no other."""

    def __init__(self, most: int, gap: float = 4.0) -> None:
        self._ends: list[float] = []
        self._most = most
        self._gap = gap

    @property
    def used(self) -> int:
        """How many rows there are."""
        return len(self._ends)

    def place(self, start: float, end: float) -> int | None:
        """Return the row for something from `start` to `end`; None if all rows are full there."""
        for row, taken in enumerate(self._ends):
            if start >= taken + self._gap:
                self._ends[row] = end
                return row
        if len(self._ends) < self._most:
            self._ends.append(end)
            return len(self._ends) - 1
        return None
