"""The hand that writes a log, and what people are told when the log fails."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from tabletop.errors import InputError
from tabletop.exercise.events import Record
from tabletop.store.log import EventLog, LogFailed
from tabletop.system.clock import TimeSource
from tabletop.system.disk_queue import disk

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
        self.trouble: str | None = None
        """In plain words, that the disk does not answer; None if it does, or has had no time for it yet."""

    def began(self) -> None:
        """The disk is asked for something."""
        self._since, self._wall = self._time.monotonic(), self._time.wall()

    def ended(self) -> None:
        """It has answered."""
        had_trouble = self.trouble is not None
        self._since = self.trouble = None
        if had_trouble:
            self._answers()

    def poll(self) -> bool:
        """Whether the disk has just been found not to answer. Call it a few times a second."""
        waits = self._since is not None and self._time.monotonic() - self._since >= SLOW_AFTER
        if not waits or self.trouble is not None:
            return False
        self.trouble = (
            f"the disk with the log has not answered since {self._wall[11:19]} UTC. "
            "What is entered waits, and play goes on by itself once it answers"
        )
        return True

    def excuse(self) -> None:
        """The program itself stood still until now: that is no silence of the disk's."""
        if self._since is not None:
            self._since = self._time.monotonic()


class LogWriter:
    """Once the log has failed, nothing is written before it was opened anew."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self.trouble: str | None = None
        """Why nothing more can be recorded before the log is opened anew; None if it can."""

    async def write(self, records: Sequence[Record]) -> None:
        """Record all of these durably. Raises `LogFailed`; whether they are in the log is not known then."""
        try:
            await disk(lambda: self._log.append(records))
        except LogFailed as failed:
            self.trouble = failed.message
            raise

    def check(self) -> bool:
        """Whether the log can record still, as far as can be told without doing so."""
        if self.trouble is None:
            try:
                self._log.check()
            except LogFailed as failed:
                self.trouble = failed.message
        return self.trouble is None

    async def open_again(self, after: int, known: Sequence[Record]) -> list[Record]:
        """What a log that failed holds after that number, now that it works again. Raises `LogFailed`.

        `known` is what was recorded so far: a log that is gone is written again from it.
        Once all of that was taken in, `failure` is to be set to None.
        """

        def open_and_read() -> list[Record]:
            self._log.reopen(known)
            return list(self._log.read(after))

        try:
            left = await disk(open_and_read)
        except (LogFailed, InputError) as failed:  # it may hold by now what it was not given
            self.trouble = failed.message
            raise LogFailed(failed.message) from failed
        return left

    def close(self) -> None:
        """Let go of the log. Raises `LogFailed`."""
        self._log.close()
