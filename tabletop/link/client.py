"""A station's side of the protocol, sans I/O: frames and the time go in, frames come out.

The station assigns no numbers: it takes each event number from the host once and in order, and requests a
resend where one is missing. What it received survives every connection; what was entered at it survives the
process.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

from tabletop.exercise.commands import Command
from tabletop.exercise.decide import needs_play
from tabletop.exercise.refusal import Refusal
from tabletop.link.backoff import STEADY_AFTER, Backoff
from tabletop.link.credentials import Credentials
from tabletop.link.outbox import FULL, Outbox, OutboxEntry
from tabletop.link.probe_time import ProbeTime
from tabletop.protocol import framing, messages
from tabletop.protocol.framing import Assembly
from tabletop.protocol.link import Sight
from tabletop.protocol.submission import Submission

PING_EVERY: Final = 2.0
ACK_EVERY: Final = 8
"""Frames of events that are acknowledged immediately.

Fewer are acknowledged at the next tick, so that five hundred stations do not all answer one inject while it
is still being sent.
"""

SILENT_AFTER: Final = 7.0
"""Seconds without a frame from the host after which the connection is closed and opened again."""

AT_ONCE: Final = 16
"""Commands in flight; further ones stay in the outbox."""

RETRY_AFTER: Final = 4.0
"""Seconds without an answer after which a command is sent again, under the same key."""

DEFERRED_RETRY: Final = 10.0
"""Seconds after which a deferred command is sent again although play has not resumed."""

PLAYING_RETRY: Final = 0.5
"""The same while play runs: the command only waits for an earlier one."""

_LONGEST_KEY: Final = "x" * 64

RESUME_EVERY: Final = 1.0
REMEMBERED: Final = 200
"""Answered commands whose status is kept."""


class Client:
    """State of a station and its queue of outgoing frames. The `on_…` callbacks report what happens."""

    def __init__(
        self, credentials: Credentials, outbox: Outbox, *, jitter: Callable[[], float], now: float
    ) -> None:
        """`jitter` returns numbers from 0 to 1; `now` is monotonic."""
        self._credentials = credentials
        self._legacy_host = False
        """Whether the host rejects keys that were added to this version of the protocol."""
        self._outbox = outbox
        self._backoff = Backoff(jitter)
        self._out: deque[str] = deque()
        self._assembly = Assembly()
        self._sent: dict[str, float] = {}
        self._offline_keys: set[str] = {entry.key for entry in outbox.entries}
        """Keys of commands that were entered, or in flight, while the host was unreachable."""
        self._deferred: dict[str, float] = {}
        """When each command was deferred by the host, by key."""
        self._waiting: list[Submission] = []
        self._handing: dict[str, messages.HandPen] = {}
        self._connected, self._unacknowledged = False, 0
        self._connected_at = self._last_received = self._last_ping = self._last_resume = self._live_at = now
        self.welcome: messages.Welcome | None = None
        """The latest welcome."""
        self.chair: messages.Chair | None = None
        self.team: messages.TeamRoster | None = None
        """Seats and pen of this seat's team, as last received."""
        self.enrolment: messages.Reception | None = None
        """For the console with the chair: codes and seats."""
        self.reach = messages.Reach(teams={})
        self.clock, self.clock_at = messages.Clock(game=0.0, rate=0.0), now
        self.notice = messages.Notice()
        self.goodbye: messages.Goodbye | None = None
        self.live = False
        self.disconnect_reason = ""
        """Why the connection has to be closed and opened again; empty if it need not."""
        self.retries_hello = False
        """Whether the connection is reopened only to send a hello that an older host accepts."""
        self.seen = self.shown = 0
        self.submissions: dict[str, Submission] = {
            entry.key: Submission(entry.key, entry.command, waits=needs_play(entry.command))
            for entry in outbox.entries
        }
        self.on_sight: Callable[[Sight], None] | None = None
        self.get_seen_after: Callable[[int], Sequence[Sight]] | None = None
        """Returns the events seen after a number, for a host that has lost them."""
        self.on_answer: Callable[[Submission, messages.Receipt | messages.Refused], None] | None = None
        self.on_reply: Callable[[messages.Reply], None] | None = None

    # The connection -----------------------------------------------------------------------------

    @property
    def finished(self) -> bool:
        """Whether reconnecting is pointless."""
        return self.goodbye is not None and self.goodbye.code in messages.LASTING

    @property
    def other_exercise(self) -> bool:
        """Whether the host last reached runs another exercise."""
        return self.goodbye is not None and self.goodbye.code == "other-exercise"

    def back_off(self) -> float:
        """Return the seconds to wait before the next attempt to connect."""
        return self._backoff.next_slow() if self.other_exercise else self._backoff.next()

    def connected(self, now: float) -> None:
        """Start a connection: send a hello."""
        self.disconnected()
        self._connected, self._connected_at, self._last_received, self._last_ping = True, now, now, now
        self._last_resume = now - RESUME_EVERY
        self.retries_hello = False
        if self._legacy_host:
            self._send(self._credentials.hello(self.seen))
        else:
            self._send(self._credentials.hello(self.seen, messages.UNDERSTANDS, self._last_mark()))

    def _last_mark(self) -> str:
        if self.get_seen_after is None or not self.seen:
            return ""
        return next((sight.mark for sight in self.get_seen_after(self.seen - 1)), "")

    def mark_unreachable(self) -> None:
        """Forget the other exercise: its host no longer answers."""
        if self.other_exercise:
            self.goodbye = None

    def disconnected(self) -> None:
        """Handle the end of the connection. Nothing in flight counts as sent."""
        self._connected = self.live = False
        self.disconnect_reason = ""
        self._out.clear()
        self._sent.clear()
        self._deferred.clear()
        for entry in self._outbox.entries:
            self._mark_offline(entry)
        self._unacknowledged = 0
        self._assembly = Assembly()

    def tick(self, now: float) -> None:
        """Send heartbeats and retries, detect silence. Call it a few times a second."""
        if not self._connected:
            return
        if now - self._last_received >= SILENT_AFTER:
            self.disconnect_reason = "the host is silent"
            return
        if now - self._last_ping >= PING_EVERY:
            self._last_ping = now
            self._unacknowledged = 0
            self._send(messages.Ping(seen=self.seen, shown=self.shown))
        if not self.live:
            return  # the host may have to wait for its disk before it sends a welcome
        if now - self._connected_at >= STEADY_AFTER:
            self._backoff.reset()
        if self._unacknowledged:
            self._acknowledge()
        for key, when in tuple(self._sent.items()):
            if now - when >= RETRY_AFTER:
                del self._sent[key]
        self._pump(now)

    def next_frame(self) -> str | None:
        """Return the next frame to send; None if there is none."""
        return self._out.popleft() if self._out else None

    # Requests -----------------------------------------------------------------------------------

    async def submit(self, command: Command, key: str, now: float) -> Submission | Refusal:
        """Keep a command in the outbox, then send it as soon as possible. Raises `InputError`."""
        known = self.submissions.get(key)
        if known is not None and known.command == command:
            return known
        entry = OutboxEntry(key, command, self.chair.epoch if self.chair is not None else 0)
        if framing.size(framing.encode(_frame(entry, defer=True, after=_LONGEST_KEY))) > framing.MAX_FRAME:
            return Refusal("that is too long to send: shorten it", "too-long")
        if len(self._outbox) >= FULL:
            return Refusal("too many commands wait to be sent: wait until the host answers", "outbox-full")
        offline = not self.live
        await self._outbox.put(entry)
        submission = self.submissions[key] = Submission(key, command)
        if offline or not self.live:
            self._mark_offline(entry)
        elif needs_play(command):
            self._deferred.clear()  # deferred commands go first
        self._forget()
        self._pump(now)
        return submission

    def mark_shown(self, number: int) -> None:
        """Note that an open screen lists everything up to that number."""
        self.shown = max(self.shown, number)

    def take_over(self) -> None:
        """Request the chair."""
        if self.live:
            self._send(messages.TakeOver())

    def recover(self, key: str) -> None:
        """Ask the host to reopen its log."""
        if self.live:
            self._send(messages.Recover(key=key, epoch=self.chair.epoch if self.chair is not None else 0))

    def hand_pen(self, key: str, to: str | None, team: str) -> None:
        """Ask for the pen to be handed over, also on later connections until `cancel_hand_pen`."""
        epoch = self.chair.epoch if self.chair is not None else 0
        self._handing[key] = frame = messages.HandPen(key=key, to=to, team=team, epoch=epoch)
        if self.live:
            self._send(frame)

    def fetch(self, key: str, file: str, index: int) -> None:
        """Ask for one piece of an attached file."""
        if self.live:
            self._send(messages.Fetch(key=key, file=file, index=index))

    def cancel_hand_pen(self, key: str) -> None:
        """Stop asking: the answer is no longer awaited."""
        self._handing.pop(key, None)

    def arrange(self, key: str, act: messages.Act, of: str) -> None:
        """Request a change to codes, seats or blocked addresses."""
        if self.live:
            epoch = self.chair.epoch if self.chair is not None else 0
            self._send(messages.Arrange(key=key, act=act, of=of, epoch=epoch))

    def game_time(self, now: float) -> float:
        """Return game seconds, extrapolated from the host's last clock frame."""
        return self.clock.game + max(0.0, now - self.clock_at) * self.clock.rate

    # Frames from the host -----------------------------------------------------------------------

    def receive(self, text: str, now: float) -> None:
        """Handle a frame from the host."""
        self._last_received = now
        if self.live:
            self._live_at = now
        try:
            frame = framing.from_host(text)
            if isinstance(frame, messages.Part):
                whole = self._assembly.add(frame)
                if whole is None:
                    return
                frame = framing.from_host(whole)
        except framing.FrameError as error:
            self.disconnect_reason = error.message
            return
        if isinstance(frame, messages.Welcome):
            self._receive_welcome(frame, now)
        elif isinstance(frame, messages.Goodbye):
            self._receive_goodbye(frame, now)
        elif self.live:
            self._dispatch(frame, now)
        elif isinstance(frame, messages.Behind):
            self._send_view(self.get_seen_after(frame.held) if self.get_seen_after is not None else ())
        elif isinstance(frame, messages.Pong):
            self.disconnect_reason = "the host's welcome was lost"

    def _send_view(self, sights: Sequence[Sight]) -> None:
        """Send the events that the host lacks, in frames within the size limit; skip any that is too long."""
        frame = messages.View()
        for sight in sights:
            longer = messages.View(sights=(*frame.sights, sight))
            if framing.size(framing.encode(longer)) > framing.MAX_FRAME:
                self._send(frame)
                longer = messages.View(sights=(sight,))
                if framing.size(framing.encode(longer)) > framing.MAX_FRAME:
                    longer = messages.View()
            frame = longer
        self._send(frame.model_copy(update={"last": True}))

    def _receive_goodbye(self, frame: messages.Goodbye, now: float) -> None:
        if frame.code == "protocol" and not (self.live or self._legacy_host):
            # An older host rejects the keys that were added to a hello.
            self._legacy_host = self.retries_hello = True
            self.disconnect_reason = frame.reason
            return
        self.goodbye, self.disconnect_reason = frame, frame.reason
        if self.other_exercise:  # the state of this seat's exercise is unknown
            self.clock, self.clock_at = messages.Clock(game=self.game_time(self._live_at), rate=0.0), now

    def _receive_welcome(self, frame: messages.Welcome, now: float) -> None:
        if self.live:
            return
        self.welcome, self.goodbye, self.live = frame, None, True
        self.probe_time = ProbeTime.starting(frame.probes_left, now)
        self._set_chair(frame.chair)
        self.team = frame.team
        self.clock, self.clock_at = frame.clock, now
        for pending in self._handing.values():
            self._send(pending)
        token = frame.token or self._credentials.token
        self._credentials = Credentials(token=token, exercise=frame.exercise)
        self._pump(now)

    def _dispatch(self, frame: messages.FromHost, now: float) -> None:
        match frame:
            case messages.Sights():
                self._receive_sights(frame, now)
            case messages.Pong():
                if frame.sent > self.seen or (self.team is not None and frame.team > self.team.revision):
                    self._request_resume(now)
            case messages.Receipt():
                self._receive_receipt(frame, now)
            case messages.Refused():
                self._receive_refusal(frame, now)
            case messages.Deferred():
                self._receive_deferred(frame, now)
            case messages.Progress():
                known = self.submissions.get(frame.key)
                if known is not None:
                    known.of, known.delivered = frame.of, frame.delivered
            case messages.Recovered() | messages.Arranged() | messages.Handed() | messages.Piece():
                self._handing.pop(frame.key, None)
                if self.on_reply is not None:
                    self.on_reply(frame)
            case _:
                self._receive_status(frame, now)

    def _receive_status(self, frame: messages.FromHost, now: float) -> None:
        """Handle frames that replace an earlier state."""
        match frame:
            case messages.Clock():
                if frame.rate and not self.clock.rate:
                    self._deferred.clear()
                self.clock, self.clock_at = frame, now
                self._pump(now)
            case messages.Chair():
                self._set_chair(frame)
            case messages.Reach():
                self.reach = frame
            case messages.Reception():
                self.enrolment = frame if self.chair is not None and self.chair.yours else None
            case messages.TeamRoster():
                # A delayed frame may be older than the current state.
                if self.team is not None and frame.revision > self.team.revision:
                    self.team = frame
            case messages.Notice():
                self.notice = frame
                self.probe_time.see_trouble(now, trouble=frame.trouble is not None)

    def _set_chair(self, chair: messages.Chair | None) -> None:
        """Set the chair. Without it, this console may not hold codes."""
        self.chair = chair
        if chair is None or not chair.yours:
            self.enrolment = None

    def _receive_sights(self, frame: messages.Sights, now: float) -> None:
        for sight in frame.sights:
            if sight.number > self.seen + 1:
                self._request_resume(now)
                break
            if sight.number == self.seen + 1:
                self.seen = sight.number
                if self.welcome is None or sight.number > self.welcome.head:
                    self.probe_time.see(sight.event, now)
                if self.on_sight is not None:
                    self.on_sight(sight)
        self._unacknowledged += 1
        if self._unacknowledged >= ACK_EVERY:
            self._acknowledge()
        self._settle()

    def _acknowledge(self) -> None:
        self._unacknowledged = 0
        self._send(messages.Ack(seen=self.seen, shown=self.shown))

    def _request_resume(self, now: float) -> None:
        if now - self._last_resume >= RESUME_EVERY:
            self._last_resume = now
            self._send(messages.Resume(after=self.seen))

    def _receive_receipt(self, frame: messages.Receipt, now: float) -> None:
        submission = self.submissions.get(frame.key)
        self._receive_answer(frame.key, now)
        if submission is None or submission.answered:
            return
        submission.recorded, submission.first, submission.last = True, frame.first, frame.last
        self._waiting.append(submission)
        self._settle()

    def _receive_refusal(self, frame: messages.Refused, now: float) -> None:
        submission = self.submissions.get(frame.key)
        self._receive_answer(frame.key, now)
        if submission is None or submission.answered:
            return
        submission.refusal = Refusal(frame.message, frame.code)
        if self.on_answer is not None:
            self.on_answer(submission, frame)

    def _receive_deferred(self, frame: messages.Deferred, now: float) -> None:
        submission = self.submissions.get(frame.key)
        if frame.key in self._outbox and submission is not None:
            self._sent.pop(frame.key, None)
            self._offline_keys.add(frame.key)
            self._deferred[frame.key] = now
            submission.waits = True

    def _receive_answer(self, key: str, now: float) -> None:
        self._sent.pop(key, None)
        self._offline_keys.discard(key)
        self._deferred.pop(key, None)
        self._outbox.answered(key)
        self._pump(now)

    def _settle(self) -> None:
        """Report receipts once their events have arrived too, as at the host's own terminal."""
        settled = [one for one in self._waiting if one.last <= self.seen]
        self._waiting = [one for one in self._waiting if one.last > self.seen]
        if self.on_answer is not None:
            for one in settled:
                self.on_answer(one, messages.Receipt(key=one.key, first=one.first, last=one.last))

    # Sending ------------------------------------------------------------------------------------

    def _pump(self, now: float) -> None:
        """Send commands of the outbox, up to `AT_ONCE` in flight."""
        if not self.live:
            return
        earlier, waiting = None, frozenset() if self._legacy_host else self._offline_keys
        for entry in self._outbox.entries:
            if len(self._sent) >= AT_ONCE:
                return
            plays = needs_play(entry.command)
            if entry.key not in self._sent and not self._is_deferred(entry.key, now):
                self._sent[entry.key] = now
                self._send(_frame(entry, defer=entry.key in waiting, after=earlier if plays else None))
            if plays and entry.key in waiting:
                earlier = entry.key

    def _is_deferred(self, key: str, now: float) -> bool:
        """Return whether the host deferred a command so recently that it need not be asked again yet."""
        since = self._deferred.get(key)
        return since is not None and now - since < (PLAYING_RETRY if self.clock.rate else DEFERRED_RETRY)

    def _mark_offline(self, entry: OutboxEntry) -> None:
        """Note that a command is kept here while the host is unreachable."""
        self._offline_keys.add(entry.key)
        if entry.key in self.submissions:
            self.submissions[entry.key].waits = needs_play(entry.command)

    def _send(self, frame: messages.Frame) -> None:
        self._out.append(framing.encode(frame))

    def _forget(self) -> None:
        while len(self.submissions) > REMEMBERED + FULL:
            oldest = next(key for key in self.submissions if key not in self._outbox)
            del self.submissions[oldest]


def _frame(entry: OutboxEntry, *, defer: bool = False, after: str | None = None) -> messages.Submit:
    return messages.Submit(key=entry.key, command=entry.command, epoch=entry.epoch, defer=defer, after=after)
