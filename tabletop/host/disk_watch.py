"""Whether the disk answers, whatever it is asked to keep: if it keeps no seat, it records nothing either."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tabletop.system.clock import TimeSource

SLOW_AFTER: Final = 2.0
"""Seconds for which the disk may be at work before people are told."""


class DiskWatch:
    """Hears when the disk begins to work beside the event loop, and when it has answered."""

    def __init__(self, time: TimeSource, answers: Callable[[], None]) -> None:
        """`answers` is called once a disk that was silent has answered."""
        self._time = time
        self._answers = answers
        self._since: float | None = None
        self._wall = ""
        self.silence: str | None = None
        """In plain words, that the disk does not answer; None if it does, or has had no time for it yet."""

    def began(self) -> None:
        """The disk is asked for something."""
        self._since, self._wall = self._time.monotonic(), self._time.wall()

    def ended(self) -> None:
        """It has answered."""
        was_silent = self.silence is not None
        self._since = self.silence = None
        if was_silent:
            self._answers()

    def look(self) -> bool:
        """Whether the disk has just been found not to answer. Call it a few times a second."""
        waits = self._since is not None and self._time.monotonic() - self._since >= SLOW_AFTER
        if not waits or self.silence is not None:
            return False
        self.silence = (
            f"the disk with the log has not answered since {self._wall[11:19]} UTC. "
            "What is entered waits, and play goes on by itself once it answers"
        )
        return True

    def excuse(self) -> None:
        """The program itself stood still until now: that is no silence of the disk's."""
        if self._since is not None:
            self._since = self._time.monotonic()
