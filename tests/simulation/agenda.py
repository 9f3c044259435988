"""Time that passes only from one thing to the next, and what is to happen when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from typing import Protocol

from tabletop.system.clock import Readings, TimeSource

Action = Callable[[], None]

EPOCH = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


class Program(Protocol):
    """What can be killed."""

    def killed(self) -> None:
        """It stopped where it stood; only its disk is left."""


class Killed(BaseException):
    """A program was killed in the middle of what it did. Not an `Exception`: nothing may catch it."""

    def __init__(self, program: Program) -> None:
        super().__init__("killed")
        self.program = program


class Agenda:
    """One thread for every program, every network and everybody who sits at a screen."""

    def __init__(self) -> None:
        self.now = 0.0
        self._due: list[tuple[float, int, Action]] = []
        self._order = count()

    def at(self, when: float, action: Action) -> None:
        """Have something happen; at the same moment in the order in which it was asked for."""
        heappush(self._due, (max(when, self.now), next(self._order), action))

    def after(self, seconds: float, action: Action) -> None:
        """The same, counted from now."""
        self.at(self.now + seconds, action)

    def every(self, seconds: float, action: Callable[[], bool]) -> None:
        """Again and again for as long as it returns True."""

        def again() -> None:
            if action():
                self.after(seconds, again)

        self.after(seconds, again)

    def run_until(self, when: float) -> None:
        """Let everything happen that is due by then."""
        while self._due and self._due[0][0] <= when:
            self.now, _, action = heappop(self._due)
            try:
                action()
            except Killed as killed:
                killed.program.killed()
        self.now = when


class MachineClock:
    """The clocks of one machine: one that counts from when it was started, and one that people set."""

    def __init__(self, agenda: Agenda) -> None:
        self._agenda = agenda
        self.booted = 0.0
        """What the first one said when the agenda began."""
        self.slept = 0.0
        """For how long the machine has slept, which the first does not count."""
        self.set_by = 0.0
        """By how many seconds the second one is wrong."""

    def source(self) -> TimeSource:
        """The clocks as a program reads them."""
        return TimeSource(monotonic=self._monotonic, wall=self._wall, readings=self._readings)

    def sleep(self, seconds: float) -> None:
        """The machine wakes up after so long."""
        self.slept += seconds

    def _monotonic(self) -> float:
        return self.booted + self._agenda.now - self.slept

    def _readings(self) -> Readings:
        utc = EPOCH.timestamp() + self._agenda.now + self.set_by
        return Readings(self._monotonic(), self.booted + self._agenda.now, utc)

    def _wall(self) -> str:
        shown = EPOCH + timedelta(seconds=self._agenda.now + self.set_by)
        return shown.isoformat(timespec="milliseconds").replace("+00:00", "Z")
