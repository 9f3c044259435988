"""Quantise the timing of answers to players, so that it does not reveal what others have recorded.

A command waits for the disk writes of earlier ones. A station that sends commands which are always refused,
and measures how long each answer takes, could otherwise detect when other teams act.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from tabletop.exercise.view import SEES_ALL
from tabletop.host.connection import Connection
from tabletop.protocol import messages
from tabletop.system.clock import TimeSource

BEAT: Final = 0.05
"""Interval in seconds at which answers are sent."""

LEAST: Final = 0.02
"""Minimum delay in seconds from a command to its answer; it hides a faster disk."""

REFUSAL_COSTS: Final = 4
"""Additional frames that a refusal counts against its station's rate limit."""

Later = Callable[[float, Callable[[], None]], object]
"""Schedules a function after so many seconds."""


class AnswerBeat:
    """Send answers: to exercise control at once, to players at the next beat."""

    def __init__(self, time: TimeSource) -> None:
        self._time = time
        self.later: Later | None = None
        """None to send all answers at once, under virtual time."""

    def now(self) -> float:
        """Return the time from which delays are counted."""
        return self._time.monotonic()

    def send(self, connection: Connection, frames: list[tuple[messages.Frame, str]], asked: float) -> None:
        """Send the frames that answer a request received at `asked`, each under its topic.

        Until then the station gets no events either: they would show that the request was recorded.
        """
        topics = [topic for _, topic in frames]
        if self.later is not None and connection.acts_as not in SEES_ALL:
            connection.hold(*topics)
            now = self.now()
            due = max(math.ceil((asked + LEAST) / BEAT), math.ceil(now / BEAT)) * BEAT
            self.later(due - now, lambda: connection.release(*topics))
        for frame, topic in frames:
            connection.send(frame, topic)
