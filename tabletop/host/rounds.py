"""Who is served when: those who wait for an answer first, then those who are told what happened, in turns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

TURN: Final = 64
"""Stations that are told what happened before answers, and whatever else came in, get their turn again."""


class Served(Protocol):
    """Somebody who may have something to send."""

    @property
    def urgent(self) -> bool:
        """Whether it is an answer, for which somebody waits."""

    def serve(self) -> None:
        """Send what there is to send. Raises nothing."""


class Rounds:
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
