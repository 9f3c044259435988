"""The hand that writes a log, and what people are told when the log fails or its disk takes long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tabletop.exercise.events import Record
from tabletop.host.clock import TimeSource
from tabletop.host.turns import Work
from tabletop.store.log import EventLog, LogFailed

SLOW_AFTER: Final = 2.0
"""Seconds for which the disk may be at work before people are told."""


class Scribe:
    """Once the log has failed, nothing is written before it was opened anew."""

    def __init__(self, log: EventLog, time: TimeSource) -> None:
        self._log = log
        self._time = time
        self._since: float | None = None
        self._silence: str | None = None
        self.failure: str | None = None
        """Why nothing more can be recorded before the log is opened anew; None if it can."""

    @property
    def trouble(self) -> str | None:
        """Why nothing is recorded at the moment, in plain words: the log has failed, or does not answer."""
        return self.failure or self._silence

    def write(self, records: Sequence[Record]) -> Work[None]:
        """Record all of these durably. Raises `LogFailed`; whether they are in the log is not known then."""
        self._since = self._time.monotonic()
        try:
            yield lambda: self._log.append(records)
        except LogFailed as failed:
            self.failure = failed.message
            raise
        finally:
            self._since = self._silence = None

    def look(self) -> bool:
        """Whether the disk has just been found not to answer. Call it a few times a second."""
        waits = self._since is not None and self._time.monotonic() - self._since >= SLOW_AFTER
        if not waits or self._silence is not None:
            return False
        self._silence = (
            f"the disk with the log has not answered since {self._time.wall()[11:19]} UTC. "
            "What is entered waits, and play goes on by itself once it answers"
        )
        return True

    def excuse(self) -> None:
        """The program itself stood still until now: that is no silence of the disk's."""
        if self._since is not None:
            self._since = self._time.monotonic()

    def check(self) -> bool:
        """Whether the log can record still, as far as can be told without doing so."""
        if self.failure is None:
            try:
                self._log.check()
            except LogFailed as failed:
                self.failure = failed.message
        return self.failure is None

    def open_again(self, after: int) -> Work[list[Record]]:
        """What a log that failed holds after that number, now that it works again. Raises `LogFailed`.

        Once all of that was taken in, `failure` is to be set to None.
        """

        def open_and_read() -> list[Record]:
            self._log.reopen()
            return list(self._log.read(after))

        try:
            left: list[Record] = yield open_and_read
        except LogFailed as failed:
            self.failure = failed.message
            raise
        return left

    def close(self) -> None:
        """Let go of the log. Raises `LogFailed`."""
        self._log.close()
