"""The game clock: game time as a function of a monotonic time that the host passes in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GameClock:
    """Game time `base` at monotonic second `since`, running at `rate`; 0 means stopped."""

    base: float = 0.0
    since: float = 0.0
    rate: float = 0.0

    def now(self, monotonic: float) -> float:
        """Return the game seconds at a monotonic time, never less than `base`."""
        return self.base + max(0.0, monotonic - self.since) * self.rate

    def set(self, monotonic: float, *, base: float | None = None, rate: float) -> GameClock:
        """Return a clock that runs at `rate` from now on, starting at game time `base` if given."""
        return GameClock(self.now(monotonic) if base is None else base, monotonic, rate)
