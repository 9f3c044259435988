"""Back-off between attempts to reach the host."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

BACK_OFF: Final = (0.1, 0.25, 0.5)
"""Seconds before each attempt to connect, times 0.5 to 1.5; the last one repeats."""

SELDOM: Final = 2.0
"""Seconds between attempts at a host that runs another exercise."""

STEADY_AFTER: Final = 5.0
"""Seconds after which a connection counts as stable and the back-off starts over."""


class Backoff:
    """Increase the delay from attempt to attempt, with jitter so that stations do not reconnect together."""

    def __init__(self, jitter: Callable[[], float]) -> None:
        """`jitter` returns numbers from 0 to 1."""
        self._jitter = jitter
        self._attempts = 0

    def next(self) -> float:
        """Return the seconds to wait before the next attempt."""
        wait = BACK_OFF[min(self._attempts, len(BACK_OFF) - 1)]
        self._attempts += 1
        return wait * (0.5 + self._jitter())

    def next_slow(self) -> float:
        """Return the seconds to wait before the next attempt at a host of another exercise."""
        return SELDOM * (0.5 + self._jitter())

    def reset(self) -> None:
        """Start over after a stable connection."""
        self._attempts = 0
