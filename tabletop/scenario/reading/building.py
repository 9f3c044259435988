"""Build data from the events of a YAML parser, refusing unsafe and ambiguous constructs.

PyYAML's own loaders keep the last of two equal keys, expand aliases without a limit, and do not record
positions. Working on the parser's events avoids all three and is faster.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import islice
from typing import Any, Final

from yaml import events

from tabletop.plaintext import find_control
from tabletop.scenario.reading.document import NO_KEY, Marks, Position, Unquoted, pack, unpack
from tabletop.scenario.reading.refusals import Refusals, ValueRefusal
from tabletop.scenario.reading.scalars import FIRST, plain

MAX_DEPTH: Final = 40
"""More than twice the depth of any scenario, conditions included."""
MAX_VALUES: Final = 500_000
"""Three times what 10,000 injects hold. Limits memory: a value of two bytes takes far more as an object."""

_MERGE: Final = "<<"
_QUOTES: Final = frozenset("'\"")


class StopParsing(Exception):  # noqa: N818 - control flow: the problem has already been reported
    """Ends the parse where reading on would be meaningless or take too long."""


class Builder:
    """Builds data and `Marks` from the events of one document, and reports every problem.

    After a problem the data is only good for finding more problems.
    """

    def __init__(
        self,
        next_event: Callable[[], events.Event | None],
        refuse: Callable[[int, ValueRefusal], None],
        doubtful: Collection[int] = (),
    ) -> None:
        """Values without quotes on the `doubtful` lines, counted from 0, are collected in `unquoted`."""
        self._next = next_event
        self._refuse = refuse
        self._depth = 0
        self._words: dict[str, str] = {}
        self._doubtful = doubtful
        self.marks = Marks()
        self.unquoted: list[Unquoted] = []
        self.quote: tuple[Position, Position] | None = None
        """Start and end of the last text in quotes that goes over several lines."""

    def build(self) -> object:
        """Return the data of the only document, or None for an empty stream. Raises the parser's errors."""
        self._event()  # the start of the stream
        start = self._event()
        if isinstance(start, events.StreamEndEvent):
            return None
        self.marks.data = self._value(self._event(), NO_KEY)
        self._event()  # the end of the document
        after = self._event()
        if isinstance(after, events.DocumentStartEvent):
            self._refuse(_place(after), Refusals.SECOND_DOCUMENT)
        return self.marks.data

    def _event(self) -> events.Event:
        event = self._next()
        if event is None:
            raise StopParsing
        return event

    def _value(self, event: events.Event, key_at: int) -> object:
        """Build the value that starts with the event, and record its position in the marks."""
        marks = self.marks
        marks.starts.append(_place(event))
        marks.key_starts.append(key_at)
        node = len(marks.ends)
        if node == MAX_VALUES:
            self._refuse(_place(event), Refusals.TOO_MANY_VALUES)
            raise StopParsing
        marks.ends.append(node + 1)
        if isinstance(event, events.ScalarEvent):
            if event.style in _QUOTES:
                self._remember_quote(event)
            elif self._doubtful and not event.style:
                self._look_again(node, event)
            return self._scalar(event)
        if isinstance(event, events.CollectionStartEvent):
            value = self._collection(event)
            marks.ends[node] = len(marks.ends)
            return value
        self._refuse(_place(event), Refusals.alias(str(getattr(event, "anchor", ""))))
        return None

    def _remember_quote(self, event: events.ScalarEvent) -> None:
        start: Any = event.start_mark
        end: Any = event.end_mark
        if start.line != end.line:
            self.quote = Position(start.line + 1, start.column + 1), Position(end.line + 1, end.column + 1)

    def _look_again(self, node: int, event: events.ScalarEvent) -> None:
        start: Any = event.start_mark
        end: Any = event.end_mark
        if start.line in self._doubtful or end.line in self._doubtful:
            self.unquoted.append(Unquoted(node, Position(end.line + 1, end.column + 1)))

    def _scalar(self, event: events.ScalarEvent) -> object:
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        value = event.value
        if not event.style:
            if value and value[0] not in FIRST:
                return value
            found = plain(value)
            if isinstance(found, ValueRefusal):
                self._refuse(_place(event), found)
                return None
            return found
        if not value.isprintable():
            self._refuse_control(event)
        return value

    def _collection(self, event: events.CollectionStartEvent) -> object:
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        if self._depth == MAX_DEPTH:
            self._refuse(_place(event), Refusals.TOO_DEEP)
            raise StopParsing
        self._depth += 1
        value = self._mapping() if isinstance(event, events.MappingStartEvent) else self._sequence()
        self._depth -= 1
        return value

    def _sequence(self) -> list[object]:
        items: list[object] = []
        while not isinstance(event := self._event(), events.SequenceEndEvent):
            items.append(self._value(event, NO_KEY))
        return items

    def _mapping(self) -> dict[str, object]:
        data: dict[str, object] = {}
        seen = _FirstSeen(self.marks)
        while not isinstance(event := self._event(), events.MappingEndEvent):
            key = self._key(event)
            if key is not None and key not in data:
                place = _place(event)
                data[key] = self._value(self._event(), place)
                continue
            if key is not None:
                self._refuse(_place(event), Refusals.duplicate_key(key, seen.line(key, data)))
            # The value is parsed only to report the problems in it.
            self._discard(self._event())
        return data

    def _key(self, event: events.Event) -> str | None:
        """Return the text of a key, or None if it was refused."""
        if isinstance(event, events.ScalarEvent):
            known = self._words.get(event.value)
            if known is not None and event.anchor is None and event.tag is None:
                return known
            return self._new_key(event)
        if isinstance(event, events.CollectionStartEvent):
            self._refuse(_place(event), Refusals.KEY_IS_COLLECTION)
        self._discard(event)
        return None

    def _new_key(self, event: events.ScalarEvent) -> str | None:
        if not event.style and event.value == _MERGE:
            self._refuse(_place(event), Refusals.MERGE_KEY)
            return None
        text = event.value
        if event.style:
            self._scalar(event)
            return text
        value = self._scalar(event)
        # A whole number names a cut or an option, as it would in quotes.
        if not isinstance(value, str) and not (type(value) is int and text.isdecimal()):
            self._refuse(_place(event), Refusals.key_not_text(text))
            return None
        return self._words.setdefault(text, text)

    def _discard(self, event: events.Event) -> None:
        length = len(self.marks.ends)
        self._value(event, NO_KEY)
        self.marks.truncate(length)

    def _refuse_properties(self, event: events.ScalarEvent | events.CollectionStartEvent) -> None:
        if event.anchor is not None:
            self._refuse(_place(event), Refusals.anchor(event.anchor))
        if event.tag is not None:
            self._refuse(_place(event), Refusals.tag(event.tag))

    def _refuse_control(self, event: events.ScalarEvent) -> None:
        at = find_control(event.value)
        if at is not None:
            self._refuse(_place(event), Refusals.control(event.value[at]))


def _place(event: events.Event) -> int:
    mark: Any = event.start_mark  # never None; its class differs between PyYAML's two parsers
    return pack(mark.line, mark.column)


class _FirstSeen:
    """Line numbers of the keys of one mapping, computed only when a duplicate is found."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks
        self._node = len(marks.ends)
        self._lines: dict[str, int] = {}

    def line(self, key: str, data: dict[str, object]) -> int:
        if key not in self._lines:
            for name in islice(data, len(self._lines), None):
                self._lines[name] = unpack(self._marks.key_starts[self._node]).line
                self._node = self._marks.ends[self._node]
        return self._lines[key]
