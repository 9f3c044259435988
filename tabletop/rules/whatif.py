"""What would have changed a score: every change to what teams did, scored exactly, with its price."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from tabletop.exercise.events import Record
from tabletop.rules.alternatives import AlternativeMove, single_changes
from tabletop.rules.refolding import Shifts, refold_each
from tabletop.rules.scoring import Scorecard, score_log

_NOTICED: Final = 0.05
"""What a bar has to move by for a change to be told."""
HELPED: Final = 3
"""Changes that would have helped, as they are shown for one score."""
BEST: Final = 5
"""Improvements of the whole exercise, as they are shown."""


@dataclass(frozen=True, slots=True)
class Price:
    """The marks that a change brings a team on an objective, or takes."""

    team: str
    objective: str
    marks: float


@dataclass(frozen=True, slots=True)
class ScoreShift:
    """What a change does to one team's score on one objective, and what it does elsewhere."""

    change: AlternativeMove
    before: float
    after: float
    marks: float = 0.0
    """What it brings here."""
    elsewhere: tuple[Price, ...] = ()
    """What it brings or takes on other objectives and for other teams: those of the team first."""

    @property
    def by(self) -> float:
        """How far it moves the bar."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Improvement:
    """A change that would have brought the exercise as a whole more good marks than it takes."""

    change: AlternativeMove
    prices: tuple[Price, ...]

    @property
    def total(self) -> float:
        """All marks together."""
        return sum(price.marks for price in self.prices)


class WhatIf:
    """Every change to what teams did, and how it moves the scores of one log."""

    def __init__(self, records: Sequence[Record], card: Scorecard | None = None) -> None:
        self._card = card or score_log(records)
        changes = list(single_changes(records))
        edits = [change.edit for change in changes]
        self._chosen = {
            (change.decision, change.team) for change in changes if change.kind == "option" and change.chosen
        }
        self._moved = [(changes[number], shifts) for number, shifts in refold_each(records, edits)]

    def by_score(self, most: int = HELPED) -> Mapping[tuple[str, str], tuple[ScoreShift, ...]]:
        """Return for each team and objective exercised what would have helped, then what saved it.

        What would have helped is sorted by how far it moves the score: at most `most`, and among them every
        kind of change that would have helped, as far as there is room. After these stands the one change that
        would have cost most. Changes that move nothing are left out, and so are those that raise a bar only
        since a situation would not have arisen.
        """
        return {key: _chosen(found, most) for key, found in self._by_score.items()}

    def best(self, most: int = BEST) -> tuple[Improvement, ...]:
        """Return the changes that would have brought the whole exercise most: one a decision or card."""
        found = [
            Improvement(change, _prices(shifts, change.team))
            for change, shifts in self._moved
            if self._is_worth_it(change, sum(shift.earned for shift in shifts.values()))
        ]
        found.sort(key=lambda one: (-one.total, -sum(one.change.cost.values()), one.change.text))
        by_subject: dict[str, Improvement] = {}
        for one in found:
            by_subject.setdefault(one.change.subject or one.change.text, one)
        return tuple(by_subject.values())[:most]

    def best_choices(self) -> frozenset[tuple[str, str]]:
        """Return the decisions, each with a team, in which no option would have brought more than its choice.

        All marks of all teams together count, for this team alone and for several that choose otherwise
        together. What could not have been chosen would have brought nothing.
        """
        most = dict.fromkeys(self._chosen, 0.0)
        for change, shifts in self._moved:
            total = sum(shift.earned for shift in shifts.values())
            for move in change.parts or (change,):
                key = (move.decision, move.team)
                if key in most:
                    most[key] = max(most[key], total)
        return frozenset(key for key, total in most.items() if total <= 0)

    def best_for(self, objective: str) -> Improvement | None:
        """Return the change that would have brought all teams together most on one objective; None if none.

        Of equal ones the one that takes least elsewhere. What several would do stands only if it brings more
        than what one of them alone would.
        """
        found = [
            (sum(shift.earned for (_, goal), shift in shifts.items() if goal == objective), change, shifts)
            for change, shifts in self._moved
        ]
        alone = {change.text: here for here, change, _ in found}
        helped = [
            (here, Improvement(change, _prices(shifts, change.team)))
            for here, change, shifts in found
            if here > max([0.0, *(alone.get(part.text, 0.0) for part in change.parts)])
        ]
        helped.sort(key=lambda one: (-one[0], -one[1].total, one[1].change.text))
        return helped[0][1] if helped else None

    def _is_worth_it(self, change: AlternativeMove, total: float) -> bool:
        alone = [self._totals.get(part.text, 0.0) for part in change.parts]
        return total > max([0.0, *alone])

    @cached_property
    def _totals(self) -> Mapping[str, float]:
        return {change.text: sum(one.earned for one in shifts.values()) for change, shifts in self._moved}

    @cached_property
    def _by_score(self) -> Mapping[tuple[str, str], list[ScoreShift]]:
        found: dict[tuple[str, str], list[ScoreShift]] = {
            (team, goal.objective): []
            for goal in self._card.objectives
            for team in goal.teams
            if goal.teams[team].score is not None
        }
        for change, shifts in self._moved:
            for key, moved in self._compare(change, shifts):
                found[key].append(moved)
        return {key: _not_more_than_needed(moved) for key, moved in found.items()}

    def _compare(
        self, change: AlternativeMove, shifts: Shifts
    ) -> Iterator[tuple[tuple[str, str], ScoreShift]]:
        for key, shift in shifts.items():
            standing = self._card.objective(key[1]).teams[key[0]]
            before, after = standing.score, shift.applied(standing).score
            if before is None or after is None or abs(after - before) <= _NOTICED:
                continue
            elsewhere = tuple(one for one in _prices(shifts, key[0]) if (one.team, one.objective) != key)
            yield key, ScoreShift(change, before, after, shift.earned, elsewhere)


def _prices(shifts: Shifts, first: str) -> tuple[Price, ...]:
    """Return the marks that shifts bring or take, those of one team first."""
    found = [Price(team, goal, shift.earned) for (team, goal), shift in shifts.items() if shift.earned]
    return tuple(sorted(found, key=lambda one: (one.team != first, one.team, one.objective)))


def _not_more_than_needed(moved: Sequence[ScoreShift]) -> list[ScoreShift]:
    """Leave out what several teams would have had to do together where one alone helps as much."""
    alone = {one.change.text: one.by for one in moved}
    return [
        one
        for one in moved
        if not one.change.parts
        or one.by > max(0.0, *(alone.get(part.text, 0.0) for part in one.change.parts)) + _NOTICED
    ]


def _chosen(moved: Sequence[ScoreShift], most: int) -> tuple[ScoreShift, ...]:
    """Return what would have helped, of every kind as far as there is room, then what saved it."""
    helped = sorted((one for one in moved if one.by > 0 and one.marks > 0), key=_weight)
    saved = sorted((one for one in moved if one.by < 0 and _would_be_worse(one)), key=_weight)
    kinds: dict[str, ScoreShift] = {}
    for one in helped:
        kinds.setdefault(one.change.kind, one)
    first = list(kinds.values())
    rest = [one for one in helped if one not in first]
    return (*sorted([*first, *rest][:most], key=_weight), *saved[:1])


def _would_be_worse(moved: ScoreShift) -> bool:
    """Whether a change that costs a bar may be told as what was avoided.

    It takes marks, it is another option in place of one chosen, and it does not ask or share more: no one is
    praised for silence, for keeping a card, or for asking nobody.
    """
    return moved.marks < 0 and moved.change.avoided


def _weight(moved: ScoreShift) -> tuple[float, str]:
    return (-round(abs(moved.by), 6), moved.change.text)
