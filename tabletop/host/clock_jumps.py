"""Notices that the machine's clocks went on without the program, or were set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tabletop.exercise.clock import GameClock
from tabletop.exercise.events import ClockJumped
from tabletop.system.clock import Readings, TimeSource

NOTICED: Final = 5.0
"""Seconds from which a leap counts. A busy computer stands still for a second or two, which must not stop
a session; stations call a host silent after seven, and whatever they notice is to be told and asked."""


@dataclass(frozen=True, slots=True)
class ClockJump:
    """The clocks are not where they were left. Seconds."""

    missed: float
    """Time that passed without the program: it was stopped, or its computer slept."""
    stepped: float
    """By how much the time of day was set; back if negative."""


class ClockWatch:
    """Compares the clocks from one look to the next, a fraction of a second later."""

    def __init__(self, time: TimeSource) -> None:
        self._time = time
        self._last: Readings | None = None
        self._last_read = 0.0

    @property
    def watching(self) -> bool:
        """Whether there was a first look."""
        return self._last is not None

    def monotonic(self) -> float:
        """Monotonic seconds. If the clock has leapt since the last look, those that were told last."""
        now = self._time.monotonic()
        if self._last is None or now - self._last.monotonic < NOTICED:
            self._last_read = now
        return self._last_read

    def poll(self) -> ClockJump | None:
        """What happened to the clocks since the last look, if it is worth telling."""
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


class PlayClock:
    """Stands at first. All seconds."""

    def __init__(self, time: TimeSource, at: float) -> None:
        """`at` is the game time to begin with."""
        self._time = time
        self._watch = ClockWatch(time)
        self._game = GameClock(base=at, since=time.monotonic())

    @property
    def watching(self) -> bool:
        """Whether there was a first look at the machine's clocks."""
        return self._watch.watching

    def now(self) -> float:
        """Game seconds, with fractions."""
        return self._game.now(self._watch.monotonic())

    def run(self, rate: float, *, at: float) -> None:
        """From now on at a rate (0 to stand), from the game time that it is, or `at` if that is later."""
        self._game = self._game.set(self._time.monotonic(), base=max(self.now(), at), rate=rate)

    def stand(self) -> None:
        """From now on do not run."""
        self.run(0.0, at=0.0)

    def poll(self) -> ClockJumped | None:
        """Where a clock of the machine has leapt, leave game time where it was, and say so."""
        before = self._watch.monotonic()
        jump = self._watch.poll()
        if jump is None:
            return None
        rate = self._game.rate
        self._game = self._game.set(self._time.monotonic(), base=self._game.now(before), rate=rate)
        missed, stepped = round(jump.missed), round(jump.stepped)
        return ClockJumped(missed=missed, stepped=stepped, unplayed=round((missed or max(0, stepped)) * rate))
