"""A discrete-event scheduler and the simulated clocks: time advances only from one event to the next."""

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
    """A process that can be killed."""

    def killed(self) -> None:
        """Handle the kill: only the disk is left."""


class Killed(BaseException):
    """A program was killed at this point. Not an `Exception`, so that nothing catches it."""

    def __init__(self, program: Program) -> None:
        super().__init__("killed")
        self.program = program


class Agenda:
    """The one thread in which every program, network and person runs."""

    def __init__(self) -> None:
        self.now = 0.0
        self._due: list[tuple[float, int, Action]] = []
        self._order = count()

    def at(self, when: float, action: Action) -> None:
        """Schedule an action; at the same moment, first scheduled is first run."""
        heappush(self._due, (max(when, self.now), next(self._order), action))

    def after(self, seconds: float, action: Action) -> None:
        """Schedule an action so many seconds from now."""
        self.at(self.now + seconds, action)

    def every(self, seconds: float, action: Callable[[], bool]) -> None:
        """Repeat an action for as long as it returns True."""

        def again() -> None:
            if action():
                self.after(seconds, again)

        self.after(seconds, again)

    def run_until(self, when: float) -> None:
        """Run everything that is due by then."""
        while self._due and self._due[0][0] <= when:
            self.now, _, action = heappop(self._due)
            try:
                action()
            except Killed as killed:
                killed.program.killed()
        self.now = when


class MachineClock:
    """The clocks of one machine: monotonic since it started, and a wall clock that can be set."""

    def __init__(self, agenda: Agenda) -> None:
        self._agenda = agenda
        self.booted = 0.0
        """What the first one said when the agenda began."""
        self.slept = 0.0
        """For how long the machine has slept, which the first does not count."""
        self.set_by = 0.0
        """By how many seconds the second one is wrong."""

    def source(self) -> TimeSource:
        """Return the clocks as a program reads them."""
        return TimeSource(monotonic=self._monotonic, wall=self._wall, readings=self._readings)

    def sleep(self, seconds: float) -> None:
        """Suspend the machine for so many seconds."""
        self.slept += seconds

    def _monotonic(self) -> float:
        return self.booted + self._agenda.now - self.slept

    def _readings(self) -> Readings:
        utc = EPOCH.timestamp() + self._agenda.now + self.set_by
        return Readings(self._monotonic(), self.booted + self._agenda.now, utc)

    def _wall(self) -> str:
        shown = EPOCH + timedelta(seconds=self._agenda.now + self.set_by)
        return shown.isoformat(timespec="milliseconds").replace("+00:00", "Z")
