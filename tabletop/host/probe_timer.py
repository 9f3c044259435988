"""Measure the time that teams have for the probes of a gate, in the host's real seconds."""

from __future__ import annotations

from collections.abc import Callable

from tabletop.exercise import commands as c
from tabletop.exercise.decide import may
from tabletop.exercise.state import Exercise


class ProbeTimer:
    """Runs while teams can answer: begins anew after an emergency, and after a restart of the host.

    It stands while nothing can be recorded, like the game clock.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._spent = 0.0
        self._since: float | None = None
        """When the seconds that are not in `_spent` began; None while it stands."""

    def left(self, state: Exercise) -> float | None:
        """Return the seconds left; None if no probes are open or there is no limit."""
        if not _measured(state):
            return None
        running = 0.0 if self._since is None else self._monotonic() - self._since
        return max(0.0, state.probe_seconds - self._spent - running)

    def run(self, state: Exercise) -> None:
        """Start it or let it go on, if teams can answer."""
        if not _measured(state):
            self._spent, self._since = 0.0, None
        elif self._since is None:
            self._since = self._monotonic()

    def stand(self) -> None:
        """Stop it where it is."""
        if self._since is not None:
            self._spent += self._monotonic() - self._since
            self._since = None


def _measured(state: Exercise) -> bool:
    return bool(state.probe_seconds) and may(state.stage, c.AnswerProbes)
