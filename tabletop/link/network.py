"""The link to a host on the network: reconnects by itself and loses nothing while offline."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial
from typing import Final

from tabletop.errors import InputError
from tabletop.exercise.commands import Command
from tabletop.exercise.refusal import Refusal
from tabletop.link.address import HostAddress, is_loopback
from tabletop.link.client import Client
from tabletop.link.credentials import Credentials
from tabletop.link.host_locator import HostLocator
from tabletop.link.outbox import Outbox
from tabletop.link.reconnector import Reconnector
from tabletop.protocol import messages
from tabletop.protocol.link import Briefing, Sight, Watcher
from tabletop.protocol.pieces import joined
from tabletop.protocol.submission import UNANSWERED, Answer, Receipt, Submission
from tabletop.protocol.team import LONE, OwnTeam
from tabletop.system.clock import TimeSource, chance, fresh_key

ANSWER_WITHIN: Final = 10.0
"""Seconds to wait for the host's answer to a request."""


class NetworkLink:
    """A seat at a remote host. Call `open` first; the link runs in the event loop that called it."""

    def __init__(
        self,
        address: HostAddress,
        credentials: Credentials,
        outbox: Outbox,
        time: TimeSource,
        *,
        tls: ssl.SSLContext | None = None,
        others: Iterable[str] = (),
        rejoin_command: str = "",
    ) -> None:
        """`tls` is used for addresses that are not on this computer.

        `others` are addresses where the host may be too; `rejoin_command` is what people type to return to
        the seat.
        """
        self._time = time
        self._outbox = outbox
        self._plain = not (address.secure or is_loopback(address.host))
        self._rejoin_command = rejoin_command
        self._client = Client(credentials, outbox, jitter=chance, now=time.monotonic())
        self._locator = HostLocator(address, others)
        self._reconnector = Reconnector(self._locator, self._client, time, tls)
        self._client.on_sight = self._receive_sight
        self._client.on_answer = self._receive_answer
        self._client.on_reply = self._receive_reply
        self._client.get_seen_after = self._get_seen_after
        self._sights: list[Sight] = []
        self._watchers: list[Watcher] = []
        self._answers: dict[str, asyncio.Future[Answer]] = {}
        self._replies: dict[str, asyncio.Future[messages.Reply]] = {}
        self._task: asyncio.Task[None] | None = None
        self._ended = False

    async def open(self) -> messages.Welcome:
        """Connect and wait for the welcome; later, reconnect by itself. Raises `InputError`."""
        self._task = asyncio.create_task(self._run())
        while True:
            await self._reconnector.changed.wait()
            self._reconnector.changed.clear()
            if self._client.welcome is not None:
                return self._client.welcome
            looked_everywhere = bool(self._reason()) and self._locator.tried_all
            if self._ended or self._client.goodbye is not None or looked_everywhere:
                await self.close()
                raise InputError(self._reason())

    async def close(self) -> None:
        """Disconnect. Unanswered commands stay in the outbox."""
        if self._task is not None:
            self._task.cancel()
        try:
            if self._task is not None:
                with suppress(asyncio.CancelledError):
                    await self._task
        finally:  # even after a fault, entered commands must reach the outbox
            self._outbox.disk_queue.finish()

    # The link protocol --------------------------------------------------------------------------

    @property
    def seat(self) -> str:
        """The team or control role that acts and sees through this link."""
        return self._welcome.seat.acts_as

    @property
    def seat_id(self) -> str:
        """The host's id of this seat, which no other terminal has."""
        return self._welcome.seat.id

    @property
    def exercise(self) -> str:
        """The id of the exercise of this seat."""
        return self._welcome.exercise

    @property
    def plain(self) -> bool:
        """Whether the connection is unencrypted on a network."""
        return self._plain

    @property
    def live(self) -> bool:
        """Whether the host answers at the moment."""
        return self._client.live

    @property
    def disconnected_since(self) -> str:
        """UTC time of day since when the host does not answer; empty while it does."""
        return self._reconnector.disconnected_since

    @property
    def finished(self) -> bool:
        """Whether the host has ended this link for good; `trouble` says why."""
        return self._ended

    @property
    def unknown(self) -> bool:
        """Whether the host does not know this seat, or no longer."""
        goodbye = self._client.goodbye
        return goodbye is not None and goodbye.code in ("refused", "revoked")

    @property
    def refused(self) -> bool:
        """Whether the host has answered with a refusal."""
        return self._client.goodbye is not None

    @property
    def has_namesake(self) -> bool:
        """Whether the host asks if the person who joins already has a seat of the same name."""
        return self._client.goodbye is not None and self._client.goodbye.code == "same-name"

    @property
    def other_exercise(self) -> bool:
        """Whether the host at this seat's address runs another exercise."""
        return self._client.other_exercise and not self._client.live

    @property
    def title(self) -> str:
        """The title of this seat's exercise."""
        return self._welcome.briefing.title

    @property
    def addresses(self) -> tuple[str, ...]:
        """The host's other addresses."""
        return self._welcome.addresses

    def on_addresses(self, keep: Callable[[tuple[str, ...]], None]) -> None:
        """Call `keep` whenever the host announces its addresses."""
        self._reconnector.on_addresses = keep

    async def caught_up(self, within: float = 10) -> None:
        """Wait, at most `within` seconds, for everything that happened before this station joined."""
        head = self._welcome.head
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                while self._client.seen < head and not self._ended:
                    self._reconnector.changed.clear()
                    await self._reconnector.changed.wait()

    @property
    def chair(self) -> messages.Chair | None:
        """For a facilitator's console: whether it may act."""
        return self._client.chair

    @property
    def enrolment(self) -> messages.Reception | None:
        """For the console with the chair: codes and seats."""
        return self._client.enrolment

    @property
    def reach(self) -> Mapping[str, int]:
        """For a console: the log number of the last event that each team with a station has."""
        return self._client.reach.teams

    @property
    def warnings(self) -> tuple[str, ...]:
        """For exercise control: which stations are silent, and other problems."""
        return self._client.notice.says

    @property
    def submissions(self) -> tuple[Submission, ...]:
        """Commands entered here, including those from before a crash, oldest first."""
        return tuple(self._client.submissions.values())

    def briefing(self) -> Briefing:
        """Return what this seat may know before play."""
        return self._welcome.briefing

    def now(self) -> float:
        """Return game seconds, as far as this station knows."""
        return self._client.game_time(self._time.monotonic())

    def probes_left(self) -> float | None:
        """Return the real seconds left for the probes that are open; None if none is, or it is not known."""
        return self._client.probe_time.left(self._time.monotonic())

    def trouble(self) -> str | None:
        """Return why nothing can be recorded at the moment; None if all is well."""
        if self._client.finished:
            return self._reason() + self._rejoin_hint
        if self.other_exercise:
            return f"{self._reason()}. This terminal keeps its seat and keeps looking for its own exercise"
        if self._ended:
            return "this terminal's connection to the host has failed; leave and join again"
        if not self._client.live:
            since, reason = self._reconnector.disconnected_since, self._reconnector.disconnect_reason
            return (
                f"no word from the host since {since}{f' ({reason})' if reason else ''}; what you enter is "
                "kept here and is sent as soon as it answers"
            )
        return self._client.notice.trouble

    def team(self) -> OwnTeam:
        """Return the seats and the pen of this seat's team, as last received."""
        known = self._client.team
        if known is None:
            return LONE
        me = self._welcome.seat.id
        return OwnTeam(me, known.pen, known.seats, offered=known.offered and known.pen != me)

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Call `watcher` with everything so far, then with everything as it arrives."""
        for sight in tuple(self._sights):
            watcher(sight)
        self._watchers.append(watcher)
        self._client.mark_shown(self._client.seen)
        return lambda: self._watchers.remove(watcher)

    async def submit(self, command: Command, key: str | None = None) -> Answer:
        """Have a command recorded; wait for as long as the host is unreachable."""
        if self._client.finished:
            return Refusal(self._reason(), "link-ended")
        key = key or fresh_key()
        try:
            submission = await self._outbox.disk_queue.run(
                self._client.submit(command, key, self._time.monotonic())
            )
        except InputError as error:
            return Refusal(error.message, "outbox-failed")
        if isinstance(submission, Refusal):
            return submission
        if submission.recorded:
            return Receipt(submission.first, submission.last)
        if submission.refusal is not None:
            return submission.refusal
        if self._ended:  # meanwhile: no answer would come
            return self._unanswered()
        future = self._answers.setdefault(key, asyncio.get_running_loop().create_future())
        self._reconnector.ready.set()
        return await asyncio.shield(future)

    async def recover(self) -> bool:
        """Ask the host to reopen its log (the facilitator's console only)."""
        key = fresh_key()
        reply = await self._reply(key, lambda: self._client.recover(key))
        return isinstance(reply, messages.Recovered) and reply.worked

    async def hand_pen(self, to: str | None, team: str = "") -> Refusal | None:
        """Ask the host to hand the pen over; wait for its answer, at most `ANSWER_WITHIN` seconds."""
        key = fresh_key()
        try:
            reply = await self._reply(key, lambda: self._client.hand_pen(key, to, team))
        finally:
            self._client.cancel_hand_pen(key)
        if not isinstance(reply, messages.Handed):
            reason = "the host has not answered; this terminal shows who holds the pen once it does"
            return Refusal(reason, "no-answer")
        return Refusal(reply.message, "pen") if reply.message else None

    async def arrange(self, act: messages.Act, of: str) -> Refusal | None:
        """Request a change to codes, seats or blocked addresses (the console with the chair only)."""
        key = fresh_key()
        reply = await self._reply(key, lambda: self._client.arrange(key, act, of))
        if not isinstance(reply, messages.Arranged):
            return Refusal("the host has not answered; look at the seats again once it does", "no-answer")
        return Refusal(reply.problem, "arrange") if reply.problem else None

    async def fetch(self, file: str) -> bytes | None:
        """Return an attached file by its name; None if there is none here or a piece does not arrive.

        Pieces are requested one by one, so that a slow line is never blocked by a picture.
        """
        pieces: list[messages.Piece] = []
        while not pieces or len(pieces) < pieces[0].count:
            key = fresh_key()
            reply = await self._reply(key, partial(self._client.fetch, key, file, len(pieces)))
            if not isinstance(reply, messages.Piece) or not reply.count:
                return None
            pieces.append(reply)
        return joined(pieces)

    async def _reply(self, key: str, ask: Callable[[], None]) -> messages.Reply | None:
        """Send a request and return the answer under that key; None if there is none in time."""
        future: asyncio.Future[messages.Reply] = asyncio.get_running_loop().create_future()
        self._replies[key] = future
        ask()
        self._reconnector.ready.set()
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                return await future
        except TimeoutError:
            return None
        finally:
            del self._replies[key]

    def take_over(self) -> None:
        """Request the chair; `chair` tells when this console has it."""
        self._client.take_over()
        self._reconnector.ready.set()

    async def _run(self) -> None:
        """Keep connected; at the end, answer everything that is still waiting."""
        try:
            await self._reconnector.run()
        finally:
            self._ended = True
            for future in self._answers.values():
                if not future.done():
                    future.set_result(self._unanswered())

    def _unanswered(self) -> Refusal:
        return Refusal(f"it is not known whether this was recorded: {self._reason()}", UNANSWERED)

    # Callbacks of the client --------------------------------------------------------------------

    def _get_seen_after(self, number: int) -> list[Sight]:
        return self._sights[number:]

    def _receive_sight(self, sight: Sight) -> None:
        self._sights.append(sight)
        for watcher in tuple(self._watchers):
            watcher(sight)
        if self._watchers:
            self._client.mark_shown(sight.number)

    def _receive_answer(self, submission: Submission, answer: messages.Receipt | messages.Refused) -> None:
        future = self._answers.pop(submission.key, None)
        if future is None or future.done():
            return
        if isinstance(answer, messages.Receipt):
            future.set_result(Receipt(answer.first, answer.last))
        else:
            future.set_result(Refusal(answer.message, answer.code))

    def _receive_reply(self, frame: messages.Reply) -> None:
        future = self._replies.get(frame.key)
        if future is not None and not future.done():
            future.set_result(frame)

    @property
    def _welcome(self) -> messages.Welcome:
        if self._client.welcome is None:
            raise RuntimeError("the link is not open")
        return self._client.welcome

    @property
    def _rejoin_hint(self) -> str:
        """How to rejoin after the host has ended the link, to be appended to its reason."""
        goodbye = self._client.goodbye
        older = goodbye is not None and goodbye.code == "older-copy"
        return (
            f", leave, and type `{self._rejoin_command}`"
            if (self.unknown or older) and self._rejoin_command
            else ""
        )

    def _reason(self) -> str:
        goodbye = self._client.goodbye
        return goodbye.reason if goodbye is not None else self._reconnector.disconnect_reason
