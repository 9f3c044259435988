"""Measure the time that teams have for the probes of a gate, in the host's real seconds."""

from __future__ import annotations

from collections.abc import Callable

from tabletop.exercise import commands as c
from tabletop.exercise.decide import may
from tabletop.exercise.state import Exercise


class ProbeTimer:
    """Runs while teams can answer: begins anew after an emergency, and after a restart of the host."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._began: float | None = None

    def left(self, state: Exercise) -> float | None:
        """Return the seconds left; None if no probes are open or there is no limit."""
        if not (state.probe_seconds and may(state.stage, c.AnswerProbes)):
            self._began = None
            return None
        if self._began is None:
            self._began = self._monotonic()
        return max(0.0, self._began + state.probe_seconds - self._monotonic())
