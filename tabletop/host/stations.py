"""The session's side of all stations: pass messages to the hub, and send fairly."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, Protocol

from tabletop.host.connection import Connection
from tabletop.host.hub import Hub
from tabletop.host.line import NOT_TEXT, Arrived, FromNetwork, Incoming, Left, Ready, StationLine
from tabletop.system.clock import TimeSource

AT_ONCE: Final = 32 * 1024
"""Characters written to one station before the next gets its turn."""


class Stations:
    """Handle events of the network, in the session's thread."""

    def __init__(
        self,
        hub: Hub,
        time: TimeSource,
        fault: Callable[[Exception], None],
        soon: Callable[[Callable[[], None]], object],
    ) -> None:
        """`fault` is called with unexpected errors; each ends one connection and nothing else.

        `soon` schedules a function after the current work.
        """
        self._hub = hub
        self._time = time
        self._fault = fault
        self._send_queue = SendQueue(soon)
        self._channels: dict[StationLine, _Channel] = {}

    def take(self, event: FromNetwork) -> None:
        """Handle an event of a line. Raises nothing."""
        match event:
            case Arrived():
                self._arrived(event)
            case Incoming():
                channel = self._channels.get(event.line)
                if channel is not None:
                    channel.take(event.text)
            case Ready():
                channel = self._channels.get(event.line)
                if channel is not None:
                    self._send_queue.due(channel)
            case Left():
                self._left(event.line)

    def _arrived(self, event: Arrived) -> None:
        connection = self._hub.open(event.address)
        channel = _Channel(connection, event.line, self._time, self._fault)
        self._channels[event.line] = channel
        connection.on_wake = partial(self._send_queue.due, channel)
        connection.on_fault = self._fault
        channel.take(event.hello)

    def _left(self, line: StationLine) -> None:
        channel = self._channels.pop(line, None)
        if channel is None:
            return
        channel.connection.on_wake = None
        self._send_queue.forget(channel)
        try:
            self._hub.closed(channel.connection)
        except Exception as error:
            self._fault(error)


class _Channel:
    """Carry frames between one line and one connection, without blocking on either."""

    def __init__(
        self, connection: Connection, line: StationLine, time: TimeSource, fault: Callable[[Exception], None]
    ) -> None:
        self.connection = connection
        self._line = line
        self._time = time
        self._fault = fault

    @property
    def urgent(self) -> bool:
        return self.connection.urgent

    def take(self, text: str | None) -> None:
        """Handle a message; None if it is not text."""
        connection = self.connection
        if text is None:
            connection.end(NOT_TEXT.code, NOT_TEXT.reason)
            return
        try:
            connection.receive(text, self._time.monotonic())
        except Exception as error:
            connection.fail(error)

    def serve(self) -> None:
        """Send everything that is queued, as far as the station reads; close the line after a goodbye."""
        try:
            while self._line.takes_more and (texts := _some(self.connection)):
                self._line.write(texts)
        except Exception as error:
            self._fault(error)
            self._line.close()
        if self.connection.ended is not None:
            self._line.close()


def _some(connection: Connection) -> list[str]:
    """Return the next frames, up to `AT_ONCE` characters."""
    texts: list[str] = []
    room = AT_ONCE
    while room > 0 and (text := connection.next_frame()) is not None:
        texts.append(text)
        room -= len(text)
    return texts


TURN: Final = 64
"""Stations that get events per loop turn, before answers and new input are served again."""


class Served(Protocol):
    """A consumer that may have something to send."""

    @property
    def urgent(self) -> bool:
        """Whether it is an answer."""

    def serve(self) -> None:
        """Send what is queued. Raises nothing."""


class SendQueue:
    """Fair send scheduler: answers before broadcasts, at most 64 broadcasts per loop turn.

    Nothing is sent synchronously: a command is recorded and answered before the first of five hundred
    stations is told of it.
    """

    def __init__(self, soon: Callable[[Callable[[], None]], object]) -> None:
        """`soon` schedules a function after the current work, once new input was read."""
        self._soon = soon
        self._urgent: dict[Served, None] = {}
        self._due: dict[Served, None] = {}
        self._called = False

    def due(self, one: Served) -> None:
        """Schedule a consumer that has something to send."""
        if one.urgent:
            self._due.pop(one, None)
            self._urgent[one] = None
        elif one not in self._urgent:
            self._due[one] = None
        if not self._called:
            self._called = True
            self._soon(self._serve)

    def forget(self, one: Served) -> None:
        """Remove a consumer."""
        self._urgent.pop(one, None)
        self._due.pop(one, None)

    def _serve(self) -> None:
        turn = [*self._urgent]
        self._urgent.clear()
        for one in [*self._due][: max(0, TURN - len(turn))]:
            del self._due[one]
            turn.append(one)
        self._called = bool(self._due)
        if self._called:
            self._soon(self._serve)
        for one in turn:
            one.serve()
