"""The game clock: game time as a function of some monotonic time, which the host passes in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GameClock:
    """Game time `base` at monotonic second `since`, running at `rate` unless it stands (0)."""

    base: float = 0.0
    since: float = 0.0
    rate: float = 0.0

    def now(self, monotonic: float) -> float:
        """Game seconds at a monotonic time; never before `base`."""
        return self.base + max(0.0, monotonic - self.since) * self.rate

    def set(self, monotonic: float, *, base: float | None = None, rate: float) -> GameClock:
        """From now on at another rate and, if given, from another game time."""
        return GameClock(self.now(monotonic) if base is None else base, monotonic, rate)
