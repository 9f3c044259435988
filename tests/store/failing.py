"""A log in memory that fails when a test wants it to."""

from __future__ import annotations

from collections.abc import Sequence

from tabletop.exercise.events import Record
from tabletop.store.log import LogFailed
from tabletop.store.memory import MemoryLog


class FailingLog(MemoryLog):
    """A log on a disk that can fill up, or be pulled out."""

    def __init__(self) -> None:
        super().__init__()
        self.full = self.gone = self.kept_anyway = False

    def append(self, records: Sequence[Record]) -> None:
        if not self.full or self.kept_anyway:
            super().append(records)
        if self.full:
            raise LogFailed("the disk is full")

    def check(self) -> None:
        if self.gone:
            raise LogFailed("the log was deleted")
        super().check()

    def reopen(self, known: Sequence[Record] = ()) -> None:
        if self.full or self.gone:
            raise LogFailed("the disk is still full")
