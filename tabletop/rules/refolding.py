"""Fold a log again with one thing done otherwise: exact, since everything else stays as recorded."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from tabletop.exercise import events as e
from tabletop.exercise.apply import apply, create
from tabletop.exercise.commands import Command
from tabletop.exercise.decide import decide
from tabletop.exercise.events import Record
from tabletop.exercise.refusal import Refusal
from tabletop.exercise.state import Exercise
from tabletop.rules.scoring import Scorer, TeamScore, measures_of
from tabletop.rules.tally import Tally
from tabletop.rules.topics import ONLY_READ, PHASE_CHANGES, Topic, state_topics
from tabletop.scenario.scenario import Scenario

_ROOM: Final = 1_000
"""By how much the numbers of records are spread, so that events can be inserted with numbers in order."""


class Insertion(NamedTuple):
    """Commands given before a record: its index, and the game second at which they are given."""

    before: int
    at: int
    commands: tuple[tuple[str, Command], ...]


@dataclass(frozen=True, slots=True)
class LogEdit:
    """What is done otherwise: records left out, and commands given before a record.

    `before` is the index of a record; `at` the game second at which the commands are given there. `more` are
    given after them.
    """

    before: int
    at: int
    commands: tuple[tuple[str, Command], ...]
    without: frozenset[int] = frozenset()
    more: tuple[Insertion, ...] = ()

    @classmethod
    def together(cls, edits: Sequence[LogEdit]) -> LogEdit:
        """Return one edit that does what several do."""
        without = frozenset[int]().union(*(edit.without for edit in edits))
        first, *more = sorted(
            (one for edit in edits for one in edit.insertions), key=lambda one: (one.before, one.at)
        )
        return cls(*first, without, tuple(more))

    @property
    def insertions(self) -> tuple[Insertion, ...]:
        """What is given, in the order of the log."""
        return (Insertion(self.before, self.at, self.commands), *self.more)

    @property
    def begins(self) -> int:
        """Index of the first record before which something is otherwise."""
        return min((self.before, *self.without))

    @property
    def ends(self) -> int:
        """Index of the record before which the last commands are given."""
        return self.insertions[-1].before


@dataclass(frozen=True, slots=True)
class Shift:
    """By how much an edit moves a team's marks on an objective, their range, and the situations."""

    earned: float
    best: float
    worst: float
    tally: Tally

    def applied(self, standing: TeamScore) -> TeamScore:
        """Return the standing after the edit."""
        return replace(
            standing,
            earned=standing.earned + self.earned,
            best=standing.best + self.best,
            worst=standing.worst + self.worst,
            tally=standing.tally + self.tally,
        )


Shifts = Mapping[tuple[str, str], Shift]
"""By team and objective, where there is any."""


def refold_each(records: Sequence[Record], edits: Sequence[LogEdit]) -> Iterator[tuple[int, Shifts]]:
    """Yield the index of each edit that the engine grants, and how it moves the scores.

    Injects go out as they did: what a decision changes is what it gives, shares and says, not the course of
    the story after it.

    The log is walked once. Where an edit begins the walk forks in two, one without the edit and one with it,
    and both go on through those records alone that the edit could reach. What sets them apart at the end is
    what the edit does, since every other record is judged alike with it and without it.
    """
    records = [record.model_copy(update={"seq": record.seq * _ROOM}) for record in records]
    walk = _Folding(create(records[0]))
    walk.scorer.see(records[0], walk.state)
    index = TopicIndex(records, walk.state.script.scenario)
    reached = 1
    unchanged: dict[tuple[int, frozenset[Topic]], Scorer] = {}
    for number in sorted(range(len(edits)), key=lambda number: edits[number].begins):
        edit = edits[number]
        if edit.begins > reached:
            walk.take_all(records[reached : edit.begins])
            reached = edit.begins
            unchanged.clear()
        changed = walk.fork()
        if not changed.follow(edit, records, reached):
            continue
        about = index.touched(edit.without, changed.given, changed.state.phase)
        rest = index.concerned(about, max(reached, edit.ends))
        changed.take_all(records[at] for at in rest if at not in edit.without)
        key = (edit.ends, about)
        if key not in unchanged:
            plain = walk.fork()
            plain.take_all(records[reached : edit.ends])
            plain.take_all(records[at] for at in rest)
            unchanged[key] = plain.scorer
        apart = unchanged[key].apart(changed.scorer)
        yield (
            number,
            {whose: Shift(earned, span.best, span.worst, tally) for whose, earned, span, tally in apart},
        )


_KEPT_TOGETHER: Final = frozenset({"decision", "card"})
"""Topics whose later records cannot be applied without the earlier ones."""


def _from(indexes: Sequence[int], start: int) -> Sequence[int]:
    """Return those of ascending indexes that are not below the start."""
    return indexes[bisect_left(indexes, start) :]


class TopicIndex:
    """Finds the records of a log that a change could reach."""

    def __init__(self, records: Sequence[Record], scenario: Scenario) -> None:
        self._rules = measures_of(scenario)
        self._about: dict[Topic, list[int]] = {}
        self._phase_changes: list[int] = []
        self._topics_of: list[frozenset[Topic]] = []
        phase = ""
        for index, record in enumerate(records):
            event = record.event
            if isinstance(event, e.ExerciseStarted | e.PhaseBegan):
                phase = event.phase
            self._topics_of.append(self._topics(event, phase))
            if isinstance(event, PHASE_CHANGES):
                self._phase_changes.append(index)
            for topic in self._topics_of[index]:
                self._about.setdefault(topic, []).append(index)

    def touched(self, removed: Iterable[int], added: Iterable[e.Event], phase: str) -> frozenset[Topic]:
        """Return what a change is about that takes records away and adds events within a phase."""
        gone = (self._topics_of[index] for index in removed)
        return frozenset().union(*gone, *(self._topics(event, phase) for event in added))

    def concerned(self, about: Iterable[Topic], start: int) -> list[int]:
        """Return the indexes from `start` on of the records about any of this, or that change the phase."""
        found = set(_from(self._phase_changes, start))
        for topic in about:
            found.update(_from(self._about.get(topic, []), start))
        # What a record rests on in the state goes with it: a decision cannot be taken that was not put.
        added, known = set(found), set[Topic]()
        while added:
            rests_on = {topic for at in added for topic in self._topics_of[at] if topic[0] in _KEPT_TOGETHER}
            added = {at for topic in rests_on - known for at in _from(self._about[topic], start)} - found
            known |= rests_on
            found |= added
        return sorted(found)

    def _topics(self, event: e.Event, phase: str) -> frozenset[Topic]:
        changed = (topic for topic in state_topics(event) if topic[0] not in ONLY_READ)
        return frozenset(changed).union(*(rule.topics(event, phase) for rule in self._rules))


class _Folding:
    """The state and the score of a log on the way."""

    def __init__(self, state: Exercise, scorer: Scorer | None = None) -> None:
        self.state = state
        self.scorer = scorer or Scorer(state.script.scenario)
        self.given: list[e.Event] = []
        """What came of the commands of an edit."""

    def fork(self) -> _Folding:
        """Return an independent copy."""
        return _Folding(self.state, self.scorer.fork())

    def take(self, record: Record) -> None:
        """Take in the next record."""
        self.state = apply(self.state, record)
        self.scorer.see(record, self.state)

    def take_all(self, records: Iterable[Record]) -> None:
        """Take in the next records."""
        for record in records:
            self.take(record)

    def follow(self, edit: LogEdit, records: Sequence[Record], start: int) -> bool:
        """Go on from `start` to the last commands of the edit; return whether all were granted."""
        for one in edit.insertions:
            # All there is before the commands, since the engine may ask for any of it to grant them.
            self.take_all(
                record
                for at, record in enumerate(records[start : one.before], start)
                if at not in edit.without
            )
            start = max(start, one.before)
            if not self._give(one, records[one.before - 1].seq):
                return False
        return True

    def _give(self, one: Insertion, after: int) -> bool:
        """Give commands after the record of that number; return whether all were granted."""
        for seat, command in one.commands:
            granted = decide(self.state, seat, command, one.at)
            if isinstance(granted, Refusal):
                return False
            for event in granted:
                self.given.append(event)
                self.take(_inserted(event, seat, one.at, after + len(self.given)))
        return True


def _inserted(event: e.Event, seat: str, at: int, seq: int) -> Record:
    return Record(seq=seq, at=at, wall="", seat=seat, key="", digest="", event=event)
