"""The session's end of the lines to all stations: opens, feeds and serves their connections to the hub."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, Protocol

from tabletop.host.connection import Connection
from tabletop.host.hub import Hub
from tabletop.host.line import NOT_TEXT, Arrived, FromNetwork, Incoming, Left, Ready, StationLine
from tabletop.system.clock import TimeSource

AT_ONCE: Final = 32 * 1024
"""Characters that are written to one station before the next gets its turn."""


class Stations:
    """Takes in what comes from the network, in the session's thread."""

    def __init__(
        self,
        hub: Hub,
        time: TimeSource,
        fault: Callable[[Exception], None],
        soon: Callable[[Callable[[], None]], object],
    ) -> None:
        """`fault` hears of errors that nobody foresaw; each ends one connection and nothing else.

        `soon` has something called once the work at hand is done.
        """
        self._hub = hub
        self._time = time
        self._fault = fault
        self._send_queue = SendQueue(soon)
        self._channels: dict[StationLine, _Channel] = {}

    def take(self, event: FromNetwork) -> None:
        """Take in what happened on a line. Raises nothing."""
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
    """Carries frames between one line and one connection, without waiting for either."""

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
        """A message has come; None if it is not text."""
        connection = self.connection
        if text is None:
            connection.end(NOT_TEXT.code, NOT_TEXT.reason)
            return
        try:
            connection.receive(text, self._time.monotonic())
        except Exception as error:
            connection.fail(error)

    def serve(self) -> None:
        """Write all that the connection has to send, if the station reads; to the end of it, a goodbye."""
        try:
            while self._line.takes_more and (texts := _some(self.connection)):
                self._line.write(texts)
        except Exception as error:
            self._fault(error)
            self._line.close()
        if self.connection.ended is not None:
            self._line.close()


def _some(connection: Connection) -> list[str]:
    """Return the next frames, not more than a station takes at once."""
    texts: list[str] = []
    room = AT_ONCE
    while room > 0 and (text := connection.next_frame()) is not None:
        texts.append(text)
        room -= len(text)
    return texts


TURN: Final = 64
"""Stations that are told what happened before answers, and whatever else came in, get their turn again."""


class Served(Protocol):
    """Somebody who may have something to send."""

    @property
    def urgent(self) -> bool:
        """Whether it is an answer, for which somebody waits."""

    def serve(self) -> None:
        """Send what there is to send. Raises nothing."""


class SendQueue:
    """Serves everybody who is due, once, soon after the first of them became due.

    Nobody is served from within what made them due: a command is recorded and answered before the
    first of five hundred stations is told of it.
    """

    def __init__(self, soon: Callable[[Callable[[], None]], object]) -> None:
        """`soon` has something called once the work at hand is done, and what came in was read."""
        self._soon = soon
        self._urgent: dict[Served, None] = {}
        self._due: dict[Served, None] = {}
        self._called = False

    def due(self, one: Served) -> None:
        """Somebody has something to send."""
        if one.urgent:
            self._due.pop(one, None)
            self._urgent[one] = None
        elif one not in self._urgent:
            self._due[one] = None
        if not self._called:
            self._called = True
            self._soon(self._serve)

    def forget(self, one: Served) -> None:
        """Somebody is no more."""
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
