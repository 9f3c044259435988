"""One station's connection, without sockets: frames go in with the time, frames come out.

What a station has not acknowledged is bounded by a window, and what it may see is read from the
gallery at the pace at which it reads. So a slow or stopped station costs the host nothing and holds
nobody up, and catching up after a break is the same path as live play.
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
"""Seconds without a word after which a station is silent; it pings every two."""

WINDOW: Final = 64
"""Frames of sights that may be on their way without having been acknowledged."""

WAITING: Final = 64
"""Other frames that may wait to be sent; a station for which more wait is dropped and comes back."""

RATE: Final = 50.0
BURST: Final = 200.0
"""Frames a second that a station may send on average, and at once."""


class ConnectionHost(Protocol):
    """What a connection asks of the host."""

    @property
    def projection(self) -> Projection:
        """What each seat may see."""

    def accept(self, connection: Connection, hello: messages.Hello) -> None:
        """Let a station in, by setting its seat and sending a welcome, or end its connection."""

    def serve(self, connection: Connection, frame: messages.Request) -> None:
        """Answer what a seat asks for."""

    def acknowledged(self, connection: Connection) -> None:
        """A station told how far it has come."""

    def receive_view(self, connection: Connection, frame: messages.View) -> None:
        """Keep what a station has seen that the log does not hold."""

    def revision(self, team: str) -> int:
        """The revision of what the stations of a team are to know of its seats."""

    def resend_roster(self, connection: Connection) -> None:
        """A station missed something: tell it of its team's seats again."""


class Connection:
    """The host's side of one connection. `wake` is called when there is something to send."""

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
        """What this station knows of `messages.UNDERSTANDS`."""
        self._hello_received = False
        self.uploads_view = False
        """Whether the host, which is behind this station, has asked for what it has."""
        self.pending: list[messages.Request] = []
        """What this station has asked for and is not being served yet."""
        self.seen = 0
        self.shown = 0
        self._held: set[str] = set()
        self._released = 0
        self.ended: messages.Goodbye | None = None
        self.on_wake: Callable[[], None] | None = None
        self.on_fault: Callable[[Exception], None] | None = None
        """Called with what nobody foresaw in serving this station; the connection has ended then."""

    def wake(self) -> None:
        """Announce that there may be something to send."""
        if self.on_wake is not None:
            self.on_wake()

    @property
    def acts_as(self) -> str:
        """Whose view this station has; empty before it is let in."""
        return self.seat.acts_as if self.seat is not None else ""

    def welcome(self, seat: SeatInfo, frame: messages.Welcome, seen: int) -> None:
        """Let the station in; it is told everything after `seen`."""
        self.seat = seat
        self._cursor = self.seen = seen
        self.send(frame)

    @property
    def urgent(self) -> bool:
        """Whether something waits to be sent besides sights: an answer, or the rest of a long frame."""
        return bool(self._waiting or self._rest)

    def send(self, frame: messages.Frame, topic: str = "") -> None:
        """Have a frame sent; one that waits under the same topic is replaced, being out of date."""
        self.post(framing.encode(frame), topic or type(frame).__name__)

    def post(self, text: str, topic: str) -> None:
        """The same with a frame that is encoded already, because many are sent it."""
        if self.ended is not None:
            return
        self._waiting[topic] = text
        if len(self._waiting) > WAITING:
            self.end("slow", "this station does not take in what it is sent; it is connected anew")
        self.wake()

    def retract(self, topic: str) -> None:
        """Leave unsent what waits under a topic: this station may not see it any more."""
        self._waiting.pop(topic, None)

    def hold(self, *topics: str) -> None:
        """Send nothing under these topics, and nothing of what happens, until `release`."""
        self._held.update(topics)

    def release(self, *topics: str) -> None:
        """Send what waits under these topics, and what has happened so far."""
        self._held.difference_update(topics)
        self._released = self._host.projection.head(self.acts_as)
        self.wake()

    def charge(self, frames: int) -> None:
        """Count so many frames more against what this station may send."""
        self._allowance -= frames

    def end(self, code: str, reason: str) -> None:
        """Send nothing more but a goodbye."""
        if self.ended is None:
            self.ended = messages.Goodbye(code=code, reason=reason)
            self._rest.clear()
            self._held.clear()
            self._waiting = {"goodbye": framing.encode(self.ended)}
            self.wake()

    def fail(self, error: Exception) -> None:
        """The host met what nobody foresaw in what this station sent: this connection ends, and no other."""
        self.end("fault", "the host could not make sense of this; it keeps the details")
        if self.on_fault is None:
            raise error
        self.on_fault(error)

    def receive(self, text: str, now: float) -> None:
        """Take in a frame."""
        if self.ended is not None:
            return
        self.last_received = now
        if not self._within_rate(now):
            self.end("rate", "this station sends more than a station can; it is connected anew")
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
        elif isinstance(
            frame, messages.Ping
        ):  # whoever waits to be let in is not to take the host for silent
            self.send(messages.Notice())

    def tick(self, now: float) -> None:
        """End a connection that says nothing."""
        if self.seat is None and not self._hello_received and now - self._opened >= HELLO_WITHIN:
            self.end(NOBODY.code, NOBODY.reason)
        elif now - self.last_received >= SILENT_AFTER:
            self.end("silent", "nothing was heard from this station; it is connected anew")

    def extend_deadlines(self, seconds: float) -> None:
        """For so long nothing could be heard: that is no silence of the station's."""
        self.last_received += seconds
        self._opened += seconds

    def next_frame(self) -> str | None:
        """What is to be sent now; None if nothing is, or nothing may be before the station acknowledges."""
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
                pass  # said twice, and answered once; nobody asked for it
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
