"""One log folded again with one thing done otherwise: exact, since everything else stays as recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tabletop.exercise import events as e
from tabletop.exercise.apply import apply, create
from tabletop.exercise.commands import Command
from tabletop.exercise.decide import decide
from tabletop.exercise.events import Record
from tabletop.exercise.refusal import Refusal
from tabletop.exercise.state import Exercise
from tabletop.rules.scoring import Scorecard, Scorer

_INSERTED: Final = 10_000_000
"""Numbers of the events that were never recorded begin here, clear of those that were."""

_OF_NO_ACCOUNT: Final = frozenset(
    {
        e.AutoReleaseSet,
        e.InjectEdited,
        e.InjectHeld,
        e.InjectRead,
        e.InjectReaddressed,
        e.InjectSkipped,
        e.InjectUnheld,
        e.MessageSent,
        e.NoteTaken,
        e.ObservationMade,
        e.RateChanged,
        e.RatingGiven,
        e.TimeMarked,
    }
)
"""Events that no rule and no condition reads. With nothing left to decide, they change no score."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What is done otherwise: records left out, and commands given before a record.

    `before` is the index of a record; `at` the game second at which the commands are given there.
    """

    before: int
    at: int
    commands: tuple[tuple[str, Command], ...]
    without: frozenset[int] = frozenset()

    @property
    def begins(self) -> int:
        """Index of the first record before which something is otherwise."""
        return min((self.before, *self.without))


def refold(records: Sequence[Record], edit: Edit) -> Scorecard | None:
    """The scorecard of the log with the edit; None if the engine refuses one of its commands.

    Injects go out as they did: what a decision changes is what it gives, shares and says, not the
    course of the story after it.
    """
    folding = Folding(records[0])
    for index, record in enumerate(records[1:], 1):
        if index == edit.before and not folding.give(edit):
            return None
        if index not in edit.without:
            folding.take(record)
    if edit.before >= len(records) and not folding.give(edit):
        return None
    return folding.scorer.scorecard()


def refold_each(records: Sequence[Record], edits: Sequence[Edit]) -> Iterator[tuple[int, Scorer]]:
    """The index of each edit that the engine grants, with what it scores at the end; the same as `refold`.

    The log is walked once. Where an edit begins the walk forks, so that only what follows is folded again.
    """
    folding, reached = Folding(records[0]), 1
    for number in sorted(range(len(edits)), key=lambda number: edits[number].begins):
        edit = edits[number]
        for record in records[reached : edit.begins]:
            folding.take(record)
        reached = max(reached, edit.begins)
        fork = folding.fork()
        if fork.finish(records, reached, edit):
            yield number, fork.scorer


class Folding:
    """The state and the score of a log on the way."""

    def __init__(self, first: Record) -> None:
        self.state: Exercise = create(first)
        self.scorer = Scorer(self.state.script.scenario)
        self.scorer.see(first, self.state)
        self._inserted = 0

    def fork(self) -> Folding:
        """Another that goes its own way from here."""
        twin = object.__new__(Folding)
        twin.state, twin.scorer, twin._inserted = self.state, self.scorer.fork(), self._inserted
        return twin

    def take(self, record: Record) -> None:
        """Take in the next record."""
        self.state = apply(self.state, record)
        self.scorer.see(record, self.state)

    def finish(self, records: Sequence[Record], start: int, edit: Edit) -> bool:
        """Take in the records from `start` on, with the edit; whether its commands were all granted."""
        for index in range(start, min(edit.before, len(records))):
            if index not in edit.without:
                self.take(records[index])
        if not self.give(edit):
            return False
        for index in range(max(start, edit.before), len(records)):
            record = records[index]
            if index not in edit.without and type(record.event) not in _OF_NO_ACCOUNT:
                self.take(record)
        return True

    def give(self, edit: Edit) -> bool:
        """Give the commands of the edit; whether all were granted."""
        for seat, command in edit.commands:
            granted = decide(self.state, seat, command, edit.at)
            if isinstance(granted, Refusal):
                return False
            for event in granted:
                self.take(self._record(event, seat, edit.at))
        return True

    def _record(self, event: e.Event, seat: str, at: int) -> Record:
        self._inserted += 1
        return Record(
            seq=_INSERTED + self._inserted, at=at, wall="", seat=seat, key="", digest="", event=event
        )
