"""The hand that writes a log, and what people are told when the log fails."""

from __future__ import annotations

from collections.abc import Sequence

from tabletop.errors import InputError
from tabletop.exercise.events import Record
from tabletop.store.log import EventLog, LogFailed
from tabletop.system.disk_queue import disk


class Scribe:
    """Once the log has failed, nothing is written before it was opened anew."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self.failure: str | None = None
        """Why nothing more can be recorded before the log is opened anew; None if it can."""

    async def write(self, records: Sequence[Record]) -> None:
        """Record all of these durably. Raises `LogFailed`; whether they are in the log is not known then."""
        try:
            await disk(lambda: self._log.append(records))
        except LogFailed as failed:
            self.failure = failed.message
            raise

    def check(self) -> bool:
        """Whether the log can record still, as far as can be told without doing so."""
        if self.failure is None:
            try:
                self._log.check()
            except LogFailed as failed:
                self.failure = failed.message
        return self.failure is None

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
            self.failure = failed.message
            raise LogFailed(failed.message) from failed
        return left

    def close(self) -> None:
        """Let go of the log. Raises `LogFailed`."""
        self._log.close()
