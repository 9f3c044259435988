"""What each seat may see of the log, under numbers of its own that have no gaps."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tabletop.exercise.events import Event, ExerciseCreated, Record
from tabletop.exercise.view import SEES_ALL, view
from tabletop.protocol import framing, messages

KEPT = 2_048
"""How many encoded sights are kept, so that what goes to many stations is encoded once."""

KEPT_FRAMES = 64
"""How many whole frames are kept for the same reason: stations of one team that come back together are
told the same, and what has just happened is told to all of them."""

BATCH_EVENTS = 64
BATCH_BYTES = 48 * 1024
"""A frame of sights is closed at these, whichever comes first."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """A frame of sights, the number it ends at, and how many there were to tell when it was made."""

    text: str
    last: int
    head: int


class Projection:
    """Pictures of one growing log, one for each kind of viewer. Nothing else feeds stations."""

    def __init__(self, records: Sequence[Record]) -> None:
        """`records` is the session's own list, which grows."""
        self._records = records
        self._visible: dict[str, list[int]] = {}
        self._scanned: dict[str, int] = {}
        self._encoded: dict[tuple[str, int], str] = {}
        self._frames: dict[tuple[str, int], _Frame] = {}

    def head(self, acts_as: str) -> int:
        """How many events the viewer may see so far."""
        return len(self._indexes(acts_as))

    def own_numbers(self, acts_as: str, first: int, last: int) -> tuple[int, int]:
        """The viewer's own numbers of what it may see of the events `first` to `last`; 0, 0 if nothing."""
        indexes = self._indexes(acts_as)
        low, high = bisect_left(indexes, first - 1), bisect_right(indexes, last - 1)
        return (low + 1, high) if high > low else (0, 0)

    def log_number(self, acts_as: str, number: int) -> int:
        """The number in the log of what the viewer counts as `number`; 0 for nothing."""
        return self._indexes(acts_as)[number - 1] + 1 if number else 0

    def sees(self, acts_as: str, event: Event) -> bool:
        """Whether the viewer may know of an event at all."""
        return self._view(event, acts_as) is not None

    def batch(self, acts_as: str, after: int) -> tuple[str, int]:
        """The next frame after that number of the viewer's, and the number it ends at."""
        indexes = self._indexes(acts_as)
        known = self._frames.get((acts_as, after))
        if known is None or known.head != len(indexes):
            known = self._frame(acts_as, after, indexes)
            self._frames.pop((acts_as, after), None)
            self._frames[acts_as, after] = known
            if len(self._frames) > KEPT_FRAMES:
                del self._frames[next(iter(self._frames))]
        return known.text, known.last

    def _frame(self, acts_as: str, after: int, indexes: Sequence[int]) -> _Frame:
        texts: list[str] = []
        room = BATCH_BYTES
        for number in range(after + 1, min(len(indexes), after + BATCH_EVENTS) + 1):
            text = self._sight(acts_as, number, self._records[indexes[number - 1]])
            room -= framing.size(text)
            if texts and room < 0:
                break
            texts.append(text)
        text = f'{{"type":"sights","sights":[{",".join(texts)}]}}'
        return _Frame(text, after + len(texts), len(indexes))

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
        text = framing.encode(self._sight_for(acts_as, number, record))
        if len(self._encoded) >= KEPT:
            del self._encoded[next(iter(self._encoded))]
        self._encoded[acts_as, number] = text
        return text

    def _sight_for(self, acts_as: str, number: int, record: Record) -> messages.WireSight:
        event = self._view(record.event, acts_as)
        if event is None:
            raise ValueError(f"event {record.seq} is not for {acts_as}")
        if acts_as in SEES_ALL:
            return messages.WireSight(
                number=number, at=record.at, event=event, seat=record.seat, seq=record.seq, wall=record.wall
            )
        return messages.WireSight(number=number, at=record.at, event=event)

    def _view(self, event: Event, acts_as: str) -> Event | None:
        return view(event, acts_as, self._teams)

    @property
    def _teams(self) -> Collection[str]:
        """All teams of the exercise, which its first event names."""
        first = self._records[0].event if self._records else None
        return first.scenario.teams if isinstance(first, ExerciseCreated) else ()
