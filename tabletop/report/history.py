"""One pass over a log: its records by kind, its last state, and how scores and capital moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from tabletop.exercise import events as e
from tabletop.exercise.apply import apply, create
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise
from tabletop.report.model.results import Sample
from tabletop.rules.scoring import Scorecard, Scorer
from tabletop.scenario.localtime import local_date
from tabletop.scenario.quantities import Moment, Points, score
from tabletop.scenario.scenario import Scenario

F = TypeVar("F", bound=e.BaseEvent)

_MOVES_SCORES = (
    e.DecisionRecorded,
    e.AnswerWritten,
    e.AnswerJudged,
    e.DecisionLapsed,
    e.ScoreAdjusted,
    e.StatementMade,
    e.CardShared,
    e.GateReached,
    e.ExerciseEnded,
)
_MOVES_CAPITAL = (e.DecisionRecorded, e.AnswerWritten, e.BacklashTriggered, e.CapitalCredited)


@dataclass(frozen=True, slots=True)
class CapitalChange:
    """A team's domestic capital after the record that changed it."""

    team: str
    capital: int
    change: Points
    record: Record


@dataclass(frozen=True)
class History:
    """Everything the parts of a report are drawn from."""

    records: tuple[Record, ...]
    state: Exercise
    card: Scorecard
    samples: tuple[Sample, ...]
    capital: tuple[CapitalChange, ...]
    anonymous: bool

    @property
    def scenario(self) -> Scenario:
        """The scenario that was played."""
        return self.state.script.scenario

    @cached_property
    def _by_kind(self) -> Mapping[type, list[Record]]:
        kinds: dict[type, list[Record]] = {}
        for record in self.records:
            kinds.setdefault(type(record.event), []).append(record)
        return kinds

    def of(self, kind: type[F]) -> Iterator[tuple[Record, F]]:
        """Yield the records of one kind of event, each with its event, in the order of the log."""
        for record in self._by_kind.get(kind, ()):
            event: Any = record.event
            yield record, event

    def first(self, kind: type[F]) -> Record | None:
        """Return the first record of that kind, if there is one."""
        return next((record for record, _ in self.of(kind)), None)

    def author(self, record: Record) -> str | None:
        """Return the person who judged and the seat, or the seat alone; None in an anonymous report."""
        if self.anonymous:
            return None
        name = record.event.author if isinstance(record.event, e.JudgementEvent) else ""
        return f"{name} ({record.seat})" if name else record.seat

    @cached_property
    def real_time(self) -> bool:
        """Whether times of day may be shown: not in an anonymous report, where they could tell who was in the
        room, and not after headless play, whose wall clock stands still.
        """
        return not self.anonymous and not self.headless

    @cached_property
    def headless(self) -> bool:
        """Whether the program played it by itself: its wall clock stands still."""
        return len(self.records) > 1 and len({record.wall for record in self.records}) == 1

    def local(self, at: int) -> str | None:
        """Return the local time at a game time in the zone of the clock, with its date if known."""
        clock = self.scenario.clock
        return local_date(clock, at, clock.zone) if clock is not None else None

    def entry_label(self, entry: str) -> str:
        """Return an inject's code and title, with the title it went out under."""
        known, planned = self.state.inject(entry), self.scenario.entries.get(entry)
        words = known.added or (planned.inject if planned else None)
        code = (planned.code if planned else known.code) or ""
        title = known.title or (words.title if words else "")
        return " ".join(part for part in (code, title) if part) or entry

    def decision_label(self, decision: str) -> str:
        """Return a decision's code and title."""
        known = self.scenario.decisions[decision]
        return f"{known.code} {known.title}" if known.code else known.title

    def label(self, subject: str | None) -> str | None:
        """Return how people call a decision or an inject that something was tied to."""
        if subject is None:
            return None
        return (
            self.decision_label(subject) if subject in self.scenario.decisions else self.entry_label(subject)
        )


def read_history(records: Iterable[Record], *, anonymous: bool = False) -> History:
    """Fold the records once, keeping what a report needs. Raises ValueError for an empty log."""
    kept = tuple(records)
    if not kept:
        raise ValueError("the log is empty")
    state = create(kept[0])
    scorer = Scorer(state.script.scenario)
    scorer.see(kept[0], state)
    samples: list[Sample] = []
    changes: list[CapitalChange] = []
    moved: int | None = None
    for record in kept[1:]:
        if moved is not None and record.at != moved:
            samples.append(_sample(scorer.scores(), moved))
            moved = None
        before, state = state, apply(state, record)
        scorer.see(record, state)
        if isinstance(record.event, _MOVES_SCORES):
            moved = record.at
        if isinstance(record.event, _MOVES_CAPITAL):
            changes += _capital_changes(before, state, record)
    card = scorer.scorecard()
    last = _sample(card, kept[-1].at)
    if moved is not None or (samples and replace(last, at=samples[-1].at) != samples[-1]):
        samples.append(last if moved is None else replace(last, at=Moment(moved)))
    return History(kept, state, card, tuple(samples), tuple(changes), anonymous)


def _sample(card: Scorecard, at: int) -> Sample:
    return Sample(
        at=Moment(at),
        overall=score(card.overall),
        objectives={goal.objective: score(goal.score) for goal in card.objectives},
        teams={
            goal.objective: {team: score(standing.score) for team, standing in goal.teams.items()}
            for goal in card.objectives
        },
    )


def _capital_changes(before: Exercise, after: Exercise, record: Record) -> Iterator[CapitalChange]:
    for team, account in after.accounts.items():
        change = account.capital - before.accounts[team].capital
        if change or (isinstance(record.event, e.BacklashTriggered) and record.event.team == team):
            yield CapitalChange(team, account.capital, Points(change), record)
