"""Append records to the log, and keep the reason why it last failed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from tabletop.errors import InputError
from tabletop.exercise.events import Record
from tabletop.store.log import EventLog, LogFailed
from tabletop.system.clock import TimeSource
from tabletop.system.disk_queue import disk

SLOW_AFTER: Final = 2.0
"""Seconds of a disk operation after which people are told."""


class DiskWatch:
    """Detect a disk that does not answer."""

    def __init__(self, time: TimeSource, answers: Callable[[], None]) -> None:
        """`answers` is called once a disk that did not answer has answered."""
        self._time = time
        self._answers = answers
        self._since: float | None = None
        self._wall = ""
        self.trouble: str | None = None
        """That the disk does not answer, in plain words; None if it does, or was not slow yet."""

    def began(self) -> None:
        """Note the start of a disk operation."""
        self._since, self._wall = self._time.monotonic(), self._time.wall()

    def ended(self) -> None:
        """Note its end."""
        had_trouble = self.trouble is not None
        self._since = self.trouble = None
        if had_trouble:
            self._answers()

    def poll(self) -> bool:
        """Return whether the disk is newly found not to answer. Call it a few times a second."""
        waits = self._since is not None and self._time.monotonic() - self._since >= SLOW_AFTER
        if not waits or self.trouble is not None:
            return False
        self.trouble = (
            f"the disk with the log has not answered since {self._wall[11:19]} UTC. "
            "What is entered waits, and play goes on by itself once it answers"
        )
        return True

    def excuse(self) -> None:
        """Restart the timer, because the process itself was suspended until now."""
        if self._since is not None:
            self._since = self._time.monotonic()


class LogWriter:
    """Append to the log. Once it has failed, nothing is written before it was reopened."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self.trouble: str | None = None
        """Why nothing can be recorded before the log is reopened; None if it can."""

    async def write(self, records: Sequence[Record]) -> None:
        """Append records durably. Raises `LogFailed`; whether they are in the log is unknown then."""
        try:
            await disk(lambda: self._log.append(records))
        except LogFailed as failed:
            self.trouble = failed.message
            raise

    def check(self) -> bool:
        """Return whether the log can still record, as far as can be told without writing."""
        if self.trouble is None:
            try:
                self._log.check()
            except LogFailed as failed:
                self.trouble = failed.message
        return self.trouble is None

    async def open_again(self, after: int, known: Sequence[Record]) -> list[Record]:
        """Reopen a failed log and return its records after that number. Raises `LogFailed`.

        `known` is what was recorded so far: a log that is gone is written again from it. The caller sets
        `trouble` to None once it has applied the records.
        """

        def open_and_read() -> list[Record]:
            self._log.reopen(known)
            return list(self._log.read(after))

        try:
            left = await disk(open_and_read)
        except (LogFailed, InputError) as failed:  # the file may have been replaced meanwhile
            self.trouble = failed.message
            raise LogFailed(failed.message) from failed
        return left

    def close(self) -> None:
        """Close the log. Raises `LogFailed`."""
        self._log.close()
