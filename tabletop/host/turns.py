"""Requests take turns, so that a slow disk holds up requests and not the heartbeats between them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Final

AT_ONCE: Final = 0.02
"""Seconds for which requests are served one after the other before whatever else came in is looked at."""


class Turns:
    """Serves requests in the order in which they came, soon, and lets others in between.

    On a disk that takes 300 ms to record a command, sixty commands take eighteen seconds. Served in one go
    they would leave every station without a word for so long, and each would take the host for dead.
    """

    def __init__(self, soon: Callable[[Callable[[], None]], object], monotonic: Callable[[], float]) -> None:
        """`soon` has something called once what came in meanwhile was read."""
        self._soon = soon
        self._monotonic = monotonic
        self._waiting: deque[Callable[[], None]] = deque()

    def add(self, request: Callable[[], None]) -> None:
        """Serve this in its turn. It raises nothing."""
        self._waiting.append(request)
        if len(self._waiting) == 1:
            self._soon(self._go)

    def _go(self) -> None:
        began = self._monotonic()
        while True:
            self._waiting[0]()
            self._waiting.popleft()
            if not self._waiting:
                return
            if self._monotonic() - began >= AT_ONCE:
                self._soon(self._go)
                return
