"""One log folded again with one thing done otherwise: exact, since everything else stays as recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tabletop.exercise import events as e
from tabletop.exercise.apply import apply, create
from tabletop.exercise.commands import Command
from tabletop.exercise.decide import decide
from tabletop.exercise.events import Record
from tabletop.exercise.refusal import Refusal
from tabletop.exercise.state import Exercise
from tabletop.rules.scoring import Scorecard, Scorer
from tabletop.scenario.scenario import Scenario

_INSERTED = 10_000_000
"""Numbers of the events that were never recorded begin here, clear of those that were."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What is done otherwise: records left out, and commands given before a record.

    `before` is the index of a record; `at` the game second at which the commands are given there.
    """

    before: int
    at: int
    commands: tuple[tuple[str, Command], ...]
    without: frozenset[int] = frozenset()


def refold(records: Sequence[Record], edit: Edit, scenario: Scenario | None = None) -> Scorecard | None:
    """The scorecard of the log with the edit; None if the engine refuses one of its commands.

    Injects go out as they did: what a decision changes is what it gives, shares and says, not the
    course of the story after it.
    """
    folding = _Folding(records[0], scenario)
    for index, record in enumerate(records[1:], 1):
        if index == edit.before and not folding.give(edit):
            return None
        if index not in edit.without:
            folding.take(record)
    if edit.before >= len(records) and not folding.give(edit):
        return None
    return folding.scorer.scorecard()


class _Folding:
    """The state and the score of a log on the way."""

    def __init__(self, first: Record, scenario: Scenario | None) -> None:
        self.state: Exercise = create(first)
        self.scorer = Scorer(scenario or self.state.script.scenario)
        self.scorer.see(first, self.state)
        self._inserted = 0

    def take(self, record: Record) -> None:
        self.state = apply(self.state, record)
        self.scorer.see(record, self.state)

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
