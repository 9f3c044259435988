"""Detect suspend/resume and changes of the wall clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tabletop.exercise.events import ClockJumped
from tabletop.system.clock import Readings, TimeSource

NOTICED: Final = 5.0
"""Threshold in seconds.

A busy computer may stall for a second or two, which must not pause a session; stations consider a host silent
after seven seconds, and what they notice has to be recorded.
"""


@dataclass(frozen=True, slots=True)
class ClockJump:
    """A discontinuity of the clocks, in seconds."""

    missed: float
    """Time that passed while the program was suspended or its computer slept."""
    stepped: float
    """By how much the wall clock was changed; negative if set back."""


class ClockWatch:
    """Compare the clocks from one poll to the next, a fraction of a second later."""

    def __init__(self, time: TimeSource) -> None:
        self._time = time
        self._last: Readings | None = None
        self._last_read = 0.0

    @property
    def watching(self) -> bool:
        """Whether the clocks were polled before."""
        return self._last is not None

    def monotonic(self) -> float:
        """Return monotonic seconds; during an unrecorded jump, the last value before it."""
        now = self._time.monotonic()
        if self._last is None or now - self._last.monotonic < NOTICED:
            self._last_read = now
        return self._last_read

    def poll(self) -> ClockJump | None:
        """Return the jump since the last poll, if it is above the threshold."""
        if self._time.readings is None:
            return None
        now = self._time.readings()
        last, self._last, self._last_read = self._last, now, now.monotonic
        if last is None:
            return None
        passed = max(now.elapsed - last.elapsed, now.monotonic - last.monotonic)
        stepped = now.utc - last.utc - passed
        jump = ClockJump(
            missed=passed if passed >= NOTICED else 0.0, stepped=stepped if abs(stepped) >= NOTICED else 0.0
        )
        return jump if jump.missed or jump.stepped else None


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


class PlayClock:
    """The game clock; stopped at first. All values in seconds."""

    def __init__(self, time: TimeSource, at: float) -> None:
        """`at` is the initial game time."""
        self._time = time
        self._watch = ClockWatch(time)
        self._game = GameClock(base=at, since=time.monotonic())

    @property
    def watching(self) -> bool:
        """Whether the machine's clocks were polled before."""
        return self._watch.watching

    def now(self) -> float:
        """Return game seconds, with fractions."""
        return self._game.now(self._watch.monotonic())

    def run(self, rate: float, *, at: float) -> None:
        """Set the rate (0 to stop), from the current game time, or from `at` if that is later."""
        self._game = self._game.set(self._time.monotonic(), base=max(self.now(), at), rate=rate)

    def stand(self) -> None:
        """Stop the clock."""
        self.run(0.0, at=0.0)

    def poll(self) -> ClockJumped | None:
        """Poll the machine's clocks; on a jump, keep game time where it was and return the event."""
        before = self._watch.monotonic()
        jump = self._watch.poll()
        if jump is None:
            return None
        rate = self._game.rate
        self._game = self._game.set(self._time.monotonic(), base=self._game.now(before), rate=rate)
        missed, stepped = round(jump.missed), round(jump.stepped)
        return ClockJumped(missed=missed, stepped=stepped, unplayed=round((missed or max(0, stepped)) * rate))
