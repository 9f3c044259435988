"""Simulated TCP connections: in order, delayed, silently stalled, or broken with an error."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from random import Random

from tests.simulation.agenda import Action, Agenda

ASKED_FOR_AGAIN = ('{"type":"sights"', '{"type":"submit"', '{"type":"receipt"', '{"type":"refused"')
"""Frames that the protocol makes good, should something between the programs swallow one."""

ROOM = 48
"""Frames that fit between two programs when the one that reads does not."""


class Way:
    """One direction of a connection."""

    def __init__(self, agenda: Agenda, latency: Callable[[], float], chance: Callable[[], float]) -> None:
        self._agenda = agenda
        self._chance = chance
        self.unsound = 0.0
        """Of frames, how many are lost or doubled."""
        self._latency = latency
        self._items: deque[tuple[float, str | None]] = deque()
        self._last = 0.0
        self._held_until = 0.0
        self._waiting = self._dead = False
        self.deliver: Callable[[str], None] = _nothing
        """Called with each frame, at the reader."""
        self.ended: Action = _nobody
        """Called at the reader when the writer has closed the connection."""
        self.room: Action = _nobody
        """Called at the writer when there is room again."""
        self.may_read: Callable[[], bool] = lambda: True
        """Whether the reader reads at the moment; `look` when it does again."""

    @property
    def full(self) -> bool:
        """Whether the writer has to wait."""
        return len(self._items) >= ROOM

    @property
    def idle(self) -> bool:
        """Whether nothing is in flight."""
        return not self._items

    def send(self, text: str) -> None:
        """Send a frame; it may be lost or duplicated, which TCP does not do but proxies may."""
        chance = self._chance() if self.unsound else 1.0
        if chance < self.unsound and text.startswith(ASKED_FOR_AGAIN):
            if chance < self.unsound / 2:
                return
            self._put(text)
        self._put(text)

    def finish(self) -> None:
        """Close the writing side; the reader learns of it after everything that was sent."""
        self._put(None)

    def hold(self, until: float) -> None:
        """Deliver nothing before then."""
        self._held_until = max(self._held_until, until)

    def release(self) -> None:
        """Resume delivery; lost frames stay lost."""
        if self._held_until < float("inf"):
            self._held_until = 0.0
            self._wait(self._agenda.now)

    def die(self, *, known: bool) -> None:
        """Lose everything in flight; if `known`, the reader gets an error."""
        self._items.clear()
        self._held_until = 0.0 if known else float("inf")
        if known:
            self._put(None)

    def bury(self) -> None:
        """Drop the reader."""
        self._dead = True
        self._items.clear()

    def look(self) -> None:
        """Deliver what has arrived."""
        self._waiting = False
        while self._items and not self._dead:
            due = max(self._items[0][0], self._held_until)
            if due > self._agenda.now:
                if due < float("inf"):
                    self._wait(due)
                return
            if not self.may_read():
                return
            was_full = self.full
            _, text = self._items.popleft()
            if text is None:
                self.ended()
            else:
                self.deliver(text)
            if was_full:
                self.room()

    def _put(self, text: str | None) -> None:
        if self._dead:
            return
        self._last = max(self._last, self._agenda.now + self._latency())
        self._items.append((self._last, text))
        if not self._waiting:
            self._wait(self._last)

    def _wait(self, due: float) -> None:
        self._waiting = True
        self._agenda.at(due, self.look)


class Wire:
    """A connection between a station and the host."""

    def __init__(self, agenda: Agenda, room: str, latency: Callable[[], float], random: Random) -> None:
        self.room = room
        self.up = Way(agenda, latency, random.random)
        self.down = Way(agenda, latency, random.random)


class Network:
    """All connections between rooms and host."""

    def __init__(self, agenda: Agenda, random: Random) -> None:
        self._agenda = agenda
        self._random = random
        self._slow: dict[str, tuple[float, float]] = {}
        self._apart: dict[str, float] = {}
        self._unsound: dict[str, float] = {}
        self.wires: list[Wire] = []

    def dial(self, room: str) -> Wire | None:
        """Open a connection; return None if the host is unreachable from that room."""
        if self._apart.get(room, 0.0) > self._agenda.now:
            return None
        wire = Wire(self._agenda, room, lambda: self._latency(room), self._random)
        wire.up.unsound = wire.down.unsound = self._unsound.get(room, 0.0)
        self.wires.append(wire)
        return wire

    def slow(self, room: str, least: float, most: float) -> None:
        """Delay everything to and from a room by `least` to `most` seconds."""
        self._slow[room] = (least, most)

    def spoil(self, room: str, share: float) -> None:
        """Lose or duplicate a share of the frames to and from a room."""
        self._unsound[room] = share
        for wire in self._of(room):
            wire.up.unsound = wire.down.unsound = share

    def part(self, room: str, seconds: float) -> None:
        """Silently disconnect a room for so many seconds."""
        self._apart[room] = until = self._agenda.now + seconds
        for wire in self._of(room):
            wire.up.hold(until)
            wire.down.hold(until)

    def stall(self, room: str, seconds: float, *, up: bool, down: bool) -> None:
        """Delay what is in flight, in one direction or both."""
        for wire in self._of(room):
            if up:
                wire.up.hold(self._agenda.now + seconds)
            if down:
                wire.down.hold(self._agenda.now + seconds)

    def cut(self, room: str, *, host_knows: bool, station_knows: bool) -> None:
        """Break the connections of a room; a side without an error notices by the silence."""
        for wire in self._of(room):
            wire.up.die(known=host_knows)
            wire.down.die(known=station_knows)

    def heal(self) -> None:
        """Deliver everything promptly from now on."""
        self._slow.clear()
        self._apart.clear()
        self._unsound.clear()
        for wire in self.wires:
            wire.up.unsound = wire.down.unsound = 0.0
            wire.up.release()
            wire.down.release()

    def _of(self, room: str) -> list[Wire]:
        return [wire for wire in self.wires if wire.room == room]

    def _latency(self, room: str) -> float:
        least, most = self._slow.get(room, (0.0005, 0.01))
        return least + self._random.random() * (most - least)


def _nobody() -> None:
    """Nobody waits for that."""


def _nothing(_: str) -> None:
    """Nobody reads."""
