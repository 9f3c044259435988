"""The master scenario events list as the facilitator sees it: one row an inject, each with its state. Pure.

What is due follows `tabletop.exercise.schedule`; but the console asks several times a second, so entries
with a fixed time are kept sorted and only those that hang on events or conditions are judged anew.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile
from typing import Final

from tabletop.exercise import events as e
from tabletop.exercise.decide.delivery import content
from tabletop.exercise.schedule import due_time, is_due
from tabletop.exercise.state import Exercise, InjectState, InjectStatus, Stage
from tabletop.scenario.scenario import Entry, Scenario
from tabletop.tui.kit.rows import Tone

_OUT_OF_PLAY = frozenset({Stage.READY, Stage.ENDED, Stage.HOT_WASH, Stage.CLOSED})


class RowMark(StrEnum):
    """What an inject's row says of it."""

    SCHEDULED = "scheduled"
    DUE = "due"
    HELD = "held"
    SKIPPED = "skipped"
    NOT_TAKEN = "branch not taken"
    EARLY = "sent early"
    ON_TIME = "sent on time"
    LATE = "sent late"
    BY_HAND = "by hand only"


LOOKS: Final[Mapping[RowMark, tuple[str, Tone]]] = {
    RowMark.SCHEDULED: ("◦", "plain"),
    RowMark.DUE: ("▸", "warn"),
    RowMark.HELD: ("=", "new"),
    RowMark.SKIPPED: ("✗", "dim"),
    RowMark.NOT_TAKEN: ("∅", "dim"),
    RowMark.EARLY: ("«", "good"),
    RowMark.ON_TIME: ("✓", "good"),
    RowMark.LATE: ("»", "bad"),
    RowMark.BY_HAND: ("⋄", "dim"),
}
"""A glyph and a tone for each mark: state is never told by colour alone."""

_SENT: Final[Mapping[str, RowMark]] = {"early": RowMark.EARLY, "late": RowMark.LATE}


@dataclass(slots=True)
class MselRow:
    """One inject of the list, as it stands."""

    entry: str
    order: int
    code: str = ""
    title: str = ""
    channel: str = ""
    to: tuple[str, ...] = ()
    due: int | None = None
    sent: int | None = None
    waits: str = ""
    """What it waits for when no time can be told: ``on T4``, ``if``, ``by hand``."""
    mark: RowMark = RowMark.SCHEDULED
    reads: int = 0
    storyline: str = ""
    thread: str = ""
    """Its storyline and its controller, for the search."""

    @property
    def time(self) -> int | None:
        """When it went out, else when it is due."""
        return self.due if self.sent is None else self.sent

    def matches(self, wanted: str) -> bool:
        """Whether all words of a casefolded query occur in it."""
        text = " ".join((self.code, self.title, self.channel, *self.to, self.mark, self.thread)).casefold()
        return all(word in text for word in wanted.split())


class Msel:
    """All rows, kept up to date event by event."""

    def __init__(self, state: Exercise) -> None:
        scenario = state.script.scenario
        self.rows: list[MselRow] = []
        self.version = 0
        """Counts changes of any row, so that a screen knows when to draw."""
        self._places: dict[str, int] = {}
        self._entries = scenario.entries
        self._after: dict[str, list[str]] = {}
        """The entries that follow a decision or another entry."""
        self._fixed: list[tuple[int, int, str]] = []
        self._floating: dict[str, None] = {}
        self._due: frozenset[str] = frozenset()
        for order, entry in enumerate(scenario.timeline):
            self.rows.append(MselRow(entry=entry.id, order=order, waits=_waits(entry, scenario)))
            for followed in filter(None, (entry.on, entry.after)):
                self._after.setdefault(followed, []).append(entry.id)
        self._number()
        for row in self.rows:
            self._renew(state, row)

    def row(self, entry: str) -> MselRow | None:
        """Return the row of an inject, if there is one."""
        place = self._places.get(entry)
        return None if place is None else self.rows[place]

    def place(self, entry: str) -> int | None:
        """Where an inject stands in the list."""
        return self._places.get(entry)

    @property
    def storylines(self) -> list[str]:
        """Every storyline, in the order of the list."""
        return list(dict.fromkeys(row.storyline for row in self.rows if row.storyline))

    def matching(self, query: str, storyline: str = "") -> list[MselRow]:
        """Return the rows, of one storyline if it is given, that hold all words of the query."""
        wanted = query.casefold()
        rows = [row for row in self.rows if row.storyline == storyline] if storyline else self.rows
        return [row for row in rows if row.matches(wanted)] if wanted.strip() else rows

    # Keeping up ---------------------------------------------------------------------------------

    def see(self, state: Exercise, event: e.Event, at: int) -> None:
        """Take in an event that `state` already holds."""
        match event:
            case e.InjectAdded():
                self._add(state, event, at)
            case e.InjectRead() | e.InjectEdited() | e.InjectReaddressed() | e.InjectHeld():
                self._touch(state, event.entry)
            case e.InjectUnheld() | e.InjectSkipped() | e.DelayBegan():
                self._touch(state, event.entry)
            case e.InjectReleased():
                self._touch(state, event.entry, *self._after.get(event.entry, ()))
            case e.DecisionRecorded() | e.AnswerWritten():
                self._touch(state, *self._after.get(event.decision, ()))

    def refresh(self, state: Exercise, now: int) -> bool:
        """Mark what has become due, or is so no longer. Whether anything changed."""
        due = frozenset(row.entry for row in self.due(state, now))
        changed = due ^ self._due
        self._due = due
        for entry in changed:
            row = self.row(entry)
            if row is not None:
                self._mark(state.inject(entry), row)
        self.version += bool(changed)
        return bool(changed)

    # What comes ---------------------------------------------------------------------------------

    def due(self, state: Exercise, now: int) -> list[MselRow]:
        """Scheduled injects whose time has come, the one longest due first."""
        return [self.rows[self._places[entry]] for _, _, entry in self._due_items(state, now)]

    def next(self, state: Exercise, now: int) -> MselRow | None:
        """Return the inject to go out first: the one longest due, else the soonest whose time is known."""
        items = self._due_items(state, now)
        if not items:
            items = [*self._fixed[:1], *self._known(state)]
        return self.rows[self._places[min(items)[2]]] if items else None

    def ahead(self, state: Exercise, now: int) -> MselRow | None:
        """Return the soonest inject whose time is known and has not come."""
        index = bisect_left(self._fixed, (now + 1,))
        items = [*self._fixed[index : index + 1], *(item for item in self._known(state) if item[0] > now)]
        return self.rows[self._places[min(items)[2]]] if items else None

    def remaining(self) -> int:
        """How many injects with a known time still wait."""
        return len(self._fixed) + len(self._floating)

    def _due_items(self, state: Exercise, now: int) -> list[tuple[int, int, str]]:
        if state.stage in _OUT_OF_PLAY:
            return []
        limit = min(now, self._gate(state) - 1)
        items = list(takewhile(lambda item: item[0] <= limit, self._fixed))
        for entry in self._floating:
            planned = self._entries[entry]
            if is_due(state, planned, now):
                due = due_time(state, planned)
                items.append((now if due is None else due, self.rows[self._places[entry]].order, entry))
        return sorted(items)

    def _known(self, state: Exercise) -> Iterable[tuple[int, int, str]]:
        for entry in self._floating:
            due = due_time(state, self._entries[entry])
            if due is not None:
                yield (due, self.rows[self._places[entry]].order, entry)

    def _gate(self, state: Exercise) -> int:
        """Return the game second from which injects belong to the next phase."""
        index = state.script.next_phase(state.phase) if state.phase else None
        return 1 << 60 if index is None else state.script.scenario.phases[index].from_

    # Rows ---------------------------------------------------------------------------------------

    def _add(self, state: Exercise, event: e.InjectAdded, at: int) -> None:
        """Put an added inject where it belongs in time."""
        before = [place for place, row in enumerate(self.rows) if row.time is not None and row.time <= at]
        place = before[-1] + 1 if before else 0
        row = MselRow(entry=event.entry, order=len(self.rows), waits="by hand")
        self.rows.insert(place, row)
        self._number()
        self._touch(state, event.entry)

    def _number(self) -> None:
        self._places = {row.entry: place for place, row in enumerate(self.rows)}

    def _touch(self, state: Exercise, *entries: str) -> None:
        for row in filter(None, map(self.row, entries)):
            self._renew(state, row)
            self.version += 1

    def _renew(self, state: Exercise, row: MselRow) -> None:
        """Write a row anew from the state."""
        known, planned = state.inject(row.entry), self._entries.get(row.entry)
        words = content(state, row.entry)
        row.code = (planned.code if planned else known.code) or ""
        row.title, row.channel, row.to = words.title, words.channel, words.to
        if planned is not None:
            row.storyline = planned.inject.storyline or ""
            row.thread = " ".join(filter(None, (planned.inject.storyline, planned.inject.controller)))
        row.due = due_time(state, planned) if planned else None
        row.sent = known.released_at
        row.reads = len(known.reads)
        self._queue(known, planned, row, waiting=known.status is InjectStatus.SCHEDULED)
        self._mark(known, row)

    def _queue(self, known: InjectState, planned: Entry | None, row: MselRow, *, waiting: bool) -> None:
        """Put a row among those that wait for their time, or take it away."""
        if planned is None or planned.contingency:
            return
        if planned.at is None:
            self._floating.pop(row.entry, None)
            if waiting:
                self._floating[row.entry] = None
            return
        item = (planned.at, row.order, row.entry)
        index = bisect_left(self._fixed, item)
        there = index < len(self._fixed) and self._fixed[index] == item
        if waiting and not there:
            insort(self._fixed, item)
        elif there and not waiting:
            del self._fixed[index]

    def _mark(self, known: InjectState, row: MselRow) -> None:
        match known.status:
            case InjectStatus.HELD:
                row.mark = RowMark.HELD
            case InjectStatus.SKIPPED:
                row.mark = RowMark.NOT_TAKEN if known.branch else RowMark.SKIPPED
            case InjectStatus.RELEASED:
                row.mark = _SENT.get(known.timing, RowMark.ON_TIME)
            case _ if row.entry in self._due:
                row.mark = RowMark.DUE
            case _:
                planned = self._entries.get(row.entry)
                row.mark = RowMark.BY_HAND if planned is None or planned.contingency else RowMark.SCHEDULED


def _waits(entry: Entry, scenario: Scenario) -> str:
    if entry.contingency:
        return "by hand"
    if entry.on is not None:
        return f"on {scenario.decisions[entry.on].code or entry.on}"
    if entry.after is not None:
        return f"on {scenario.entries[entry.after].code or entry.after}"
    return "if" if entry.waits_for is not None else ""
