"""What is wrong, in words: players are told that, exercise control also why and what to do."""

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
"""How many of the latest alarms a console is shown."""


class Notices:
    """Keeps what everyone was told last, so that nobody is told the same again when others come and go."""

    def __init__(self, time: TimeSource) -> None:
        self._time = time
        self._alarms: deque[str] = deque(maxlen=ALARMS)
        self._to_players = self._to_control = messages.Notice()

    def alarm(self, sentence: str) -> None:
        """Keep what only an attack or a fault can explain, with the time of day."""
        self._alarms.append(f"{self._time.wall()[11:16]} UTC: {sentence}")

    def send_current(self, connection: Connection) -> None:
        """Tell a station that has come what the others were told: it may hold a notice of long ago."""
        connection.send(self._to_control if connection.acts_as in SEES_ALL else self._to_players)

    def broadcast(self, trouble: str | None, missing: tuple[str, ...], seated: Iterable[Connection]) -> bool:
        """Tell every station what is new to it; `missing` has a sentence for each that is not there.

        Returns whether there is anything new.
        """
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
        """Which stations are missing, and the latest alarms, as exercise control was told last."""
        return tuple(self._to_control.says)

    @property
    def current(self) -> tuple[str, ...]:
        """What exercise control was told last: why nothing is recorded, if so, then the rest."""
        now = self._to_control
        return (now.trouble, *now.says) if now.trouble is not None else tuple(now.says)
