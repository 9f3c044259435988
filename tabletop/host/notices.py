"""Problems as sentences: players are told that there is one, exercise control also why and what to do."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Final

from tabletop.exercise.view import SEES_ALL
from tabletop.host.connection import Connection
from tabletop.protocol import framing, messages
from tabletop.protocol.submission import HIDDEN_TROUBLE
from tabletop.system.clock import TimeSource

ALARMS: Final = 5
"""Latest alarms shown at a console."""


class Notices:
    """Broadcast notices, and only to stations for which they are new."""

    def __init__(self, time: TimeSource) -> None:
        self._time = time
        self._alarms: deque[str] = deque(maxlen=ALARMS)
        self._to_players = self._to_control = messages.Notice()

    def alarm(self, sentence: str) -> None:
        """Keep a sentence about something that only an attack or a fault explains, with the time of day."""
        self._alarms.append(f"{self._time.wall()[11:16]} UTC: {sentence}")

    def send_current(self, connection: Connection) -> None:
        """Send a station that connects the current notice: it may hold an old one."""
        connection.send(self._to_control if connection.acts_as in SEES_ALL else self._to_players)

    def broadcast(self, trouble: str | None, missing: tuple[str, ...], seated: Iterable[Connection]) -> bool:
        """Send every station a notice that is new to it. Return whether anything changed."""
        to_players = messages.Notice(trouble=HIDDEN_TROUBLE if trouble else None)
        to_control = messages.Notice(trouble=trouble, says=(*missing, *self._alarms))
        if to_control == self._to_control and to_players == self._to_players:
            return False
        new_to_players = to_players != self._to_players
        self._to_players, self._to_control = to_players, to_control
        topic, for_control, for_players = "Notice", framing.encode(to_control), framing.encode(to_players)
        for connection in seated:
            if connection.acts_as in SEES_ALL:
                connection.post(for_control, topic)
            elif new_to_players:
                connection.post(for_players, topic)
        return True

    @property
    def warnings(self) -> tuple[str, ...]:
        """Missing stations and the latest alarms, as last told to exercise control."""
        return tuple(self._to_control.says)

    @property
    def current(self) -> tuple[str, ...]:
        """Everything last told to exercise control: why nothing is recorded, if so, then the warnings."""
        now = self._to_control
        return (now.trouble, *now.says) if now.trouble is not None else tuple(now.says)
