"""Broadcast the game clock: when it starts, stops or jumps, and not in between."""

from __future__ import annotations

from tabletop.exercise.events import Record, TimeJumped
from tabletop.host.connections import Connections
from tabletop.host.session import Session
from tabletop.protocol import framing, messages


class SharedClock:
    """The clock as last broadcast. It stops while nothing can be recorded."""

    def __init__(self, session: Session, connections: Connections) -> None:
        self._session = session
        self._connections = connections
        self._last_sent = (0.0, session.trouble)

    def frame(self) -> messages.Clock:
        """Return the current game time and rate."""
        return messages.Clock(game=self._session.exact_now, rate=self._rate())

    def poll(self) -> None:
        """Broadcast the clock if the log has failed, or works again."""
        if self._session.trouble != self._last_sent[1]:
            self._broadcast()

    def recorded(self, record: Record) -> None:
        """Broadcast the clock if a record has changed it."""
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
