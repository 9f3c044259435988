"""Per-viewer projection of the log, with gapless viewer-local sequence numbers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tabletop.exercise.events import Event, ExerciseCreated, Record
from tabletop.exercise.view import SEES_ALL, view
from tabletop.protocol import framing
from tabletop.protocol.link import Sight

KEPT = 2_048
"""Encoded events that are cached, so that one sent to many stations is encoded once."""

KEPT_FRAMES = 64
"""Whole frames that are cached.

Stations of one team that reconnect together get the same frames, and new events go to all of them.
"""

BATCH_EVENTS = 64
BATCH_BYTES = 48 * 1024
"""Limits of one frame of events, whichever is reached first."""


@dataclass(frozen=True, slots=True)
class _Batch:
    """A frame of events, the number of its last event, and how many there were when it was made."""

    text: str
    last: int
    head: int


class Projection:
    """Views of one growing log, one per kind of viewer. The only source of events for stations."""

    def __init__(self, records: Sequence[Record]) -> None:
        """Project `records`, the session's own list, which grows."""
        self._records = records
        self._visible: dict[str, list[int]] = {}
        self._scanned: dict[str, int] = {}
        self._encoded: dict[tuple[str, int], str] = {}
        self._frames: dict[tuple[str, int], _Batch] = {}

    def head(self, acts_as: str) -> int:
        """Return how many events the viewer may see so far."""
        return len(self._indexes(acts_as))

    def own_numbers(self, acts_as: str, first: int, last: int) -> tuple[int, int]:
        """Return the viewer's own numbers of the events `first` to `last`; 0, 0 if it sees none."""
        indexes = self._indexes(acts_as)
        low, high = bisect_left(indexes, first - 1), bisect_right(indexes, last - 1)
        return (low + 1, high) if high > low else (0, 0)

    def log_number(self, acts_as: str, number: int) -> int:
        """Return the log's number of the viewer's event `number`; 0 for 0."""
        return self._indexes(acts_as)[number - 1] + 1 if number else 0

    def has(self, acts_as: str, number: int, mark: str) -> bool:
        """Return whether the viewer's event of that number exists and has that mark."""
        indexes = self._indexes(acts_as)
        if not 0 < number <= len(indexes):
            return False
        return self._sight_for(acts_as, number, self._records[indexes[number - 1]]).mark == mark

    def sees(self, acts_as: str, event: Event) -> bool:
        """Return whether the viewer may see an event at all."""
        return self._view(event, acts_as) is not None

    def batch(self, acts_as: str, after: int) -> tuple[str, int]:
        """Return the next frame after the viewer's event `after`, and the number of its last event."""
        indexes = self._indexes(acts_as)
        known = self._frames.get((acts_as, after))
        if known is None or known.head != len(indexes):
            known = self._frame(acts_as, after, indexes)
            self._frames.pop((acts_as, after), None)
            self._frames[acts_as, after] = known
            if len(self._frames) > KEPT_FRAMES:
                del self._frames[next(iter(self._frames))]
        return known.text, known.last

    def _frame(self, acts_as: str, after: int, indexes: Sequence[int]) -> _Batch:
        texts: list[str] = []
        room = BATCH_BYTES
        for number in range(after + 1, min(len(indexes), after + BATCH_EVENTS) + 1):
            text = self._sight(acts_as, number, self._records[indexes[number - 1]])
            room -= framing.size(text)
            if texts and room < 0:
                break
            texts.append(text)
        text = f'{{"type":"sights","sights":[{",".join(texts)}]}}'
        return _Batch(text, after + len(texts), len(indexes))

    def _indexes(self, acts_as: str) -> Sequence[int]:
        if acts_as in SEES_ALL:
            return range(len(self._records))
        found = self._visible.setdefault(acts_as, [])
        start = self._scanned.get(acts_as, 0)
        if start == len(self._records):
            return found
        for index in range(start, len(self._records)):
            if self.sees(acts_as, self._records[index].event):
                found.append(index)
        self._scanned[acts_as] = len(self._records)
        return found

    def _sight(self, acts_as: str, number: int, record: Record) -> str:
        known = self._encoded.get((acts_as, number))
        if known is not None:
            return known
        text = framing.encode_sight(self._sight_for(acts_as, number, record))
        if len(self._encoded) >= KEPT:
            del self._encoded[next(iter(self._encoded))]
        self._encoded[acts_as, number] = text
        return text

    def _sight_for(self, acts_as: str, number: int, record: Record) -> Sight:
        event = self._view(record.event, acts_as)
        if event is None:
            raise ValueError(f"event {record.seq} is not for {acts_as}")
        if acts_as in SEES_ALL:
            return Sight(
                number=number, at=record.at, event=event, seat=record.seat, seq=record.seq, wall=record.wall
            )
        return Sight(number=number, at=record.at, event=event)

    def _view(self, event: Event, acts_as: str) -> Event | None:
        return view(event, acts_as, self._teams)

    @property
    def _teams(self) -> Collection[str]:
        """All teams of the exercise, from its first event."""
        first = self._records[0].event if self._records else None
        return first.scenario.teams if isinstance(first, ExerciseCreated) else ()
