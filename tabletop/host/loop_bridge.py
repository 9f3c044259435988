"""The way from one thread into the event loop of another: in order, and a few at a time."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Final, Generic, TypeVar

T = TypeVar("T")

TURN: Final = 64
"""How many are handed over before the loop does something else: a flood must not hold up its screen."""


class LoopBridge(Generic[T]):
    """Hands what one thread puts in to a function that runs in the loop of another."""

    def __init__(self, loop: asyncio.AbstractEventLoop, deliver: Callable[[T], None]) -> None:
        """`deliver` is called in the thread of the loop, and raises nothing."""
        self._loop = loop
        self._deliver = deliver
        self._items: deque[T] = deque()
        self._called = False

    def put(self, item: T) -> None:
        """Have it delivered. Call this from any thread."""
        self._items.append(item)
        if not self._called:
            self._called = True
            with suppress(RuntimeError):  # the loop is closed: nobody is there any more
                self._loop.call_soon_threadsafe(self._run)

    def finish(self) -> None:
        """Deliver everything now. Call this in the loop's thread once nobody puts anything in."""
        while self._items:
            self._deliver(self._items.popleft())

    def _run(self) -> None:
        self._called = False  # first: whatever is put in from now on is seen below, or calls again
        try:
            for _ in range(min(TURN, len(self._items))):
                self._deliver(self._items.popleft())
        finally:
            if self._items and not self._called:
                self._called = True
                self._loop.call_soon(self._run)


class BoundedCrossing(LoopBridge[T]):
    """The same with room for so many. Whoever finds it full keeps what it has, and is told of room."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        deliver: Callable[[T], None],
        *,
        most: int,
        room: Callable[[], None],
    ) -> None:
        """`room` is called in the loop's thread, after a `try_put` that failed, once it is half empty."""
        super().__init__(loop, self._delivered)
        self._take = deliver
        self._most = most
        self._room = room
        self._refused = False

    def try_put(self, item: T) -> bool:
        """Have it delivered if there is room; return whether there was."""
        if len(self._items) >= self._most:
            self._refused = True
            if len(self._items) >= self._most:  # still, now that the other side knows
                return False
            self._refused = False
        self.put(item)
        return True

    def _delivered(self, item: T) -> None:
        self._take(item)
        if self._refused and len(self._items) <= self._most // 2:
            self._refused = False
            self._room()
