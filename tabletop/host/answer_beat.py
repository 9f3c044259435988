"""Answers to players leave on a beat, so that their moment tells nothing of what others have recorded.

Commands wait for the disk of whoever was before them. Who sends commands that are always refused, and looks
how long each answer takes, would see when other teams act.
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
"""Seconds between two moments at which answers leave."""

LEAST: Final = 0.02
"""Seconds from a command to the first beat that may carry its answer: a quicker disk shows nothing."""

REFUSAL_COSTS: Final = 4
"""Frames that a refusal takes of what its station may send, besides the one that asked for it."""

Later = Callable[[float, Callable[[], None]], object]
"""Has something called after so many seconds."""


class AnswerBeat:
    """Sends answers: to exercise control at once, to everybody else on the beat."""

    def __init__(self, time: TimeSource) -> None:
        self._time = time
        self.later: Later | None = None
        """None to send all answers at once: where nobody's time runs."""

    def now(self) -> float:
        """Return the time that answers are counted from."""
        return self._time.monotonic()

    def send(self, connection: Connection, frames: list[tuple[messages.Frame, str]], asked: float) -> None:
        """Send the frames that answer what came at `asked`, each under its topic.

        Until then the station is not told what happened either: it would see there that it was answered.
        """
        topics = [topic for _, topic in frames]
        if self.later is not None and connection.acts_as not in SEES_ALL:
            connection.hold(*topics)
            now = self.now()
            due = max(math.ceil((asked + LEAST) / BEAT), math.ceil(now / BEAT)) * BEAT
            self.later(due - now, lambda: connection.release(*topics))
        for frame, topic in frames:
            connection.send(frame, topic)
