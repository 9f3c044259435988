"""Game time as it runs at the host: by the machine's clock, but not over a leap of it."""

from __future__ import annotations

from tabletop.exercise.clock import GameClock
from tabletop.exercise.events import ClockJumped
from tabletop.host.clock_jumps import ClockWatch
from tabletop.system.clock import TimeSource


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

    def look(self) -> ClockJumped | None:
        """Where a clock of the machine has leapt, leave game time where it was, and say so."""
        before = self._watch.monotonic()
        leap = self._watch.look()
        if leap is None:
            return None
        rate = self._game.rate
        self._game = self._game.set(self._time.monotonic(), base=self._game.now(before), rate=rate)
        missed, stepped = round(leap.missed), round(leap.stepped)
        return ClockJumped(missed=missed, stepped=stepped, unplayed=round((missed or max(0, stepped)) * rate))
