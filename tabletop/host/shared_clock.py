"""The game clock as stations are told it: when it starts, stops or jumps, and not in between."""

from __future__ import annotations

from tabletop.exercise.events import Record, TimeJumped
from tabletop.host.connections import Connections
from tabletop.host.session import Session
from tabletop.protocol import framing, messages


class SharedClock:
    """Keeps what everyone was told last of the clock. It stands while nothing can be recorded."""

    def __init__(self, session: Session, connections: Connections) -> None:
        self._session = session
        self._connections = connections
        self._last_sent = (0.0, session.trouble)

    def frame(self) -> messages.Clock:
        """Game time now, and how fast it runs."""
        return messages.Clock(game=self._session.exact_now, rate=self._rate())

    def poll(self) -> None:
        """Tell everyone if the log has failed, or works again."""
        if self._session.trouble != self._last_sent[1]:
            self._broadcast()

    def recorded(self, record: Record) -> None:
        """Tell everyone if what was recorded has set the clock."""
        if self._rate() != self._last_sent[0] or isinstance(record.event, TimeJumped):
            self._broadcast()

    def _broadcast(self) -> None:
        self._last_sent = (self._rate(), self._session.trouble)
        clock = framing.encode(self.frame())
        for connection in self._connections.seated():
            connection.post(clock, "Clock")

    def _rate(self) -> float:
        state = self._session.state
        return state.rate if state.running and self._session.trouble is None else 0.0
