"""How long a station waits before it tries again to reach its host."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

BACK_OFF: Final = (0.1, 0.25, 0.5)
"""Seconds before each attempt to connect, from half of it to one and a half times; the last repeats."""

SELDOM: Final = 2.0
"""Seconds between visits to a host that runs another exercise."""

STEADY_AFTER: Final = 5.0
"""Seconds after which a connection counts as good, so that the next attempt comes soon."""


class Pace:
    """Waits longer from attempt to attempt, and never as long as the station beside it."""

    def __init__(self, jitter: Callable[[], float]) -> None:
        """`jitter` gives numbers from 0 to 1."""
        self._jitter = jitter
        self._attempts = 0

    def next(self) -> float:
        """Seconds to wait before the next attempt."""
        wait = BACK_OFF[min(self._attempts, len(BACK_OFF) - 1)]
        self._attempts += 1
        return wait * (0.5 + self._jitter())

    def next_slow(self) -> float:
        """The same at a host of another exercise, which is not to be disturbed."""
        return SELDOM * (0.5 + self._jitter())

    def reset(self) -> None:
        """A connection held: begin anew."""
        self._attempts = 0
