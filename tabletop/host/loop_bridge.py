"""Pass items from any thread to a function in another thread's event loop: in order, a few at a time."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Final, Generic, TypeVar

T = TypeVar("T")

TURN: Final = 64
"""Items delivered before the loop gets control: a flood must not block its screen."""


class LoopBridge(Generic[T]):
    """Deliver items to a function that runs in an event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop, deliver: Callable[[T], None]) -> None:
        """`deliver` is called in the loop's thread, and must not raise."""
        self._loop = loop
        self._deliver = deliver
        self._items: deque[T] = deque()
        self._called = False

    def put(self, item: T) -> None:
        """Queue an item. Thread-safe."""
        self._items.append(item)
        if not self._called:
            self._called = True
            with suppress(RuntimeError):  # the loop is closed
                self._loop.call_soon_threadsafe(self._run)

    def finish(self) -> None:
        """Deliver everything now. Call it in the loop's thread once nothing is put any more."""
        while self._items:
            self._deliver(self._items.popleft())

    def _run(self) -> None:
        self._called = False  # first: items put from now on are seen below, or schedule another run
        try:
            for _ in range(min(TURN, len(self._items))):
                self._deliver(self._items.popleft())
        finally:
            if self._items and not self._called:
                self._called = True
                self._loop.call_soon(self._run)


class BoundedCrossing(LoopBridge[T]):
    """A `LoopBridge` with limited capacity: a sender that finds it full is told of room later."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        deliver: Callable[[T], None],
        *,
        most: int,
        room: Callable[[], None],
    ) -> None:
        """`room` is called in the loop's thread once the bridge is half empty, after a `try_put` failed."""
        super().__init__(loop, self._delivered)
        self._take = deliver
        self._most = most
        self._room = room
        self._refused = False

    def try_put(self, item: T) -> bool:
        """Queue an item if there is room; return whether there was."""
        if len(self._items) >= self._most:
            self._refused = True
            if len(self._items) >= self._most:  # again, after setting `_refused`: avoids a lost wake-up
                return False
            self._refused = False
        self.put(item)
        return True

    def _delivered(self, item: T) -> None:
        self._take(item)
        if self._refused and len(self._items) <= self._most // 2:
            self._refused = False
            self._room()
