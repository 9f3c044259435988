"""The host's side of one station's connection, sans I/O: frames and the time go in, frames come out.

Unacknowledged frames are bounded by a window, and events are read from the projection at the pace at which
the station reads. A slow or stopped station therefore costs the host nothing and delays nobody, and catching
up after a reconnect is the same path as live play.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Final, Protocol

from tabletop.host.line import HELLO_WITHIN, NOBODY, read_hello
from tabletop.host.projection import Projection
from tabletop.protocol import framing, messages
from tabletop.protocol.roster import SeatInfo

SILENT_AFTER: Final = 7.0
"""Seconds without a frame after which a station is silent; it pings every two."""

WINDOW: Final = 64
"""Unacknowledged frames of events."""

WAITING: Final = 64
"""Other frames in the queue; a station that exceeds it is disconnected and has to reconnect."""

RATE: Final = 50.0
BURST: Final = 200.0
"""Frames a second that a station may send on average, and at once."""


class ConnectionHost(Protocol):
    """What a connection needs from the host."""

    @property
    def projection(self) -> Projection:
        """The events that each seat may see."""

    def accept(self, connection: Connection, hello: messages.Hello) -> None:
        """Admit a station, by setting its seat and sending a welcome, or end its connection."""

    def serve(self, connection: Connection, frame: messages.Request) -> None:
        """Answer a request."""

    def acknowledged(self, connection: Connection) -> None:
        """Handle a station's acknowledgement."""

    def receive_view(self, connection: Connection, frame: messages.View) -> None:
        """Save the events that a station has and the log lacks."""

    def revision(self, team: str) -> int:
        """Return the revision of a team's roster."""

    def resend_roster(self, connection: Connection) -> None:
        """Send the team's roster again to a station that missed frames."""


class Connection:
    """State of one connection and its queue of outgoing frames."""

    def __init__(self, host: ConnectionHost, address: str, now: float) -> None:
        self._host = host
        self._opened = now
        self._allowance, self._counted = BURST, now
        self._waiting: dict[str, str] = {}
        self._rest: deque[str] = deque()
        self._in_flight: deque[int] = deque()
        self._cursor = 0
        self.address = address
        self.last_received = now
        self.seat: SeatInfo | None = None
        self.understands: frozenset[str] = frozenset()
        """The features of `messages.UNDERSTANDS` that this station knows."""
        self._hello_received = False
        self.uploads_view = False
        """Whether the host, which is behind this station, has requested its events."""
        self.pending: list[messages.Request] = []
        """Requests that were received and not served yet."""
        self.seen = 0
        self.shown = 0
        self._held: set[str] = set()
        self._released = 0
        self.ended: messages.Goodbye | None = None
        self.on_wake: Callable[[], None] | None = None
        """Called when there may be something to send."""
        self.on_fault: Callable[[Exception], None] | None = None
        """Called with an unexpected error in serving this station; the connection has ended then."""

    def wake(self) -> None:
        """Call `on_wake`."""
        if self.on_wake is not None:
            self.on_wake()

    @property
    def acts_as(self) -> str:
        """The team or control role of this station; empty before it is admitted."""
        return self.seat.acts_as if self.seat is not None else ""

    def welcome(self, seat: SeatInfo, frame: messages.Welcome, seen: int) -> None:
        """Admit the station; it gets all events after `seen`."""
        self.seat = seat
        self._cursor = self.seen = seen
        self.send(frame)

    @property
    def urgent(self) -> bool:
        """Whether something other than events is waiting: an answer, or the rest of a long frame."""
        return bool(self._waiting or self._rest)

    def send(self, frame: messages.Frame, topic: str = "") -> None:
        """Queue a frame; it replaces an unsent frame with the same topic, which is out of date."""
        self.post(framing.encode(frame), topic or type(frame).__name__)

    def post(self, text: str, topic: str) -> None:
        """Queue a frame that is encoded already because many stations get it."""
        if self.ended is not None:
            return
        self._waiting[topic] = text
        if len(self._waiting) > WAITING:
            self.end("slow", "this station reads too slowly; reconnecting")
        self.wake()

    def retract(self, topic: str) -> None:
        """Drop an unsent frame that this station may no longer see."""
        self._waiting.pop(topic, None)

    def hold(self, *topics: str) -> None:
        """Hold back frames with these topics, and all events, until `release`."""
        self._held.update(topics)

    def release(self, *topics: str) -> None:
        """Send the frames with these topics, and the events so far."""
        self._held.difference_update(topics)
        self._released = self._host.projection.head(self.acts_as)
        self.wake()

    def charge(self, frames: int) -> None:
        """Count additional frames against this station's rate limit."""
        self._allowance -= frames

    def end(self, code: str, reason: str) -> None:
        """End the connection with a goodbye; nothing else is sent."""
        if self.ended is None:
            self.ended = messages.Goodbye(code=code, reason=reason)
            self._rest.clear()
            self._held.clear()
            self._waiting = {"goodbye": framing.encode(self.ended)}
            self.wake()

    def fail(self, error: Exception) -> None:
        """End the connection after an unexpected error; others are not affected."""
        self.end("fault", "the host failed to process this; it keeps the details")
        if self.on_fault is None:
            raise error
        self.on_fault(error)

    def receive(self, text: str, now: float) -> None:
        """Handle a frame."""
        if self.ended is not None:
            return
        self.last_received = now
        if not self._within_rate(now):
            self.end("rate", "this station sends too many messages; reconnecting")
            return
        if self.seat is None and not self._hello_received:
            self._receive_hello(text)
            return
        try:
            frame = framing.from_station(text)
        except framing.FrameError as error:
            self.end("protocol", error.message)
            return
        if self.seat is not None:
            self._serve(frame)
        elif isinstance(frame, messages.View):
            if self.uploads_view:
                self._host.receive_view(self, frame)
        elif isinstance(frame, messages.Ping):
            self.send(messages.Notice())  # so that a station awaiting admission hears from the host

    def tick(self, now: float) -> None:
        """End a connection that is silent."""
        if self.seat is None and not self._hello_received and now - self._opened >= HELLO_WITHIN:
            self.end(NOBODY.code, NOBODY.reason)
        elif now - self.last_received >= SILENT_AFTER:
            self.end("silent", "this station was silent; reconnecting")

    def extend_deadlines(self, seconds: float) -> None:
        """Extend the deadlines by the time in which the host itself could not receive."""
        self.last_received += seconds
        self._opened += seconds

    def next_frame(self) -> str | None:
        """Return the next frame to send; None if there is none, or the window is full."""
        if self._rest:
            return self._rest.popleft()
        topic = next((topic for topic in self._waiting if topic not in self._held), None)
        if topic is not None:
            text = self._waiting.pop(topic)
        elif self.ended is None and self._may_send_sights():
            text, self._cursor = self._host.projection.batch(self.acts_as, self._cursor)
            self._in_flight.append(self._cursor)
        else:
            return None
        self._rest.extend(framing.in_parts(text))
        return self._rest.popleft()

    def _may_send_sights(self) -> bool:
        if self.seat is None or len(self._in_flight) >= WINDOW:
            return False
        head = self._host.projection.head(self.acts_as)
        return self._cursor < (min(head, self._released) if self._held else head)

    def _receive_hello(self, text: str) -> None:
        hello = read_hello(text)
        if isinstance(hello, messages.Goodbye):
            self.end(hello.code, hello.reason)
            return
        self._hello_received = True
        self.understands = frozenset(hello.understands)
        self._host.accept(self, hello)

    def _serve(self, frame: messages.FromStation) -> None:
        match frame:
            case messages.Ack():
                self._acknowledge(frame.seen, frame.shown)
            case messages.Ping():
                self._acknowledge(frame.seen, frame.shown)
                self.send(messages.Pong(sent=self._cursor, team=self._host.revision(self.acts_as)))
            case messages.Resume():
                self._rewind(frame.after)
                self._host.resend_roster(self)
            case messages.Hello() | messages.View():
                pass  # a repeated hello was answered already; a view was not requested
            case _:
                self._host.serve(self, frame)

    def _acknowledge(self, seen: int, shown: int) -> None:
        seen = min(seen, self._cursor)
        while self._in_flight and self._in_flight[0] <= seen:
            self._in_flight.popleft()
        if seen > self.seen or min(shown, seen) > self.shown:
            self.seen = max(self.seen, seen)
            self.shown = max(self.shown, min(shown, seen))
            self._host.acknowledged(self)
        self.wake()

    def _rewind(self, after: int) -> None:
        self._cursor = min(self._cursor, after)
        self._in_flight.clear()
        self.wake()

    def _within_rate(self, now: float) -> bool:
        self._allowance = min(BURST, self._allowance + (now - self._counted) * RATE)
        self._counted = now
        self._allowance -= 1
        return self._allowance >= 0
