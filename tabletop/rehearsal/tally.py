"""Sums and counts over plays. All are whole numbers, so that adding them up in any order gives the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from itertools import combinations
from typing import TypeVar

from tabletop.exercise.state import Exercise
from tabletop.rehearsal.idle import idle_spans
from tabletop.rules.scoring import Scorecard, Scorer
from tabletop.scenario.base import NONE

Key = TypeVar("Key")

ALL_TEAMS = ""
"""Stands for all teams together in the key of a result."""

OVERALL = ""
"""Stands for all objectives together in the key of a result."""

ResultKey = tuple[str, str]
"""Objective and team."""
Choice = tuple[str, str, str]
"""Decision, team, and option or ``none``."""


@dataclass(slots=True)
class Tally:
    """What a number of plays came to. Results are tenths: 48.4 counts as 484."""

    plays: int = 0
    results: dict[ResultKey, Counter[int]] = field(default_factory=dict)
    """How often each result came up."""
    rated: Counter[ResultKey] = field(default_factory=Counter)
    """In how many plays enough situations arose to rate it."""
    first_play: dict[int, int] = field(default_factory=dict)
    """The first play that came to each overall result."""
    injects: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often each entry ended in each status."""
    choices: Counter[Choice] = field(default_factory=Counter)
    """How often each option was chosen."""
    choice_sums: Counter[tuple[Choice, str]] = field(default_factory=Counter)
    """Sum of the results of one objective, or overall, over the plays with that choice."""
    choice_rated: Counter[tuple[Choice, str]] = field(default_factory=Counter)
    """Over how many plays that sum goes."""
    products: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """For two objectives: number of plays, sums, squares and product, from which a correlation is made."""
    idle: dict[str, Counter[int]] = field(default_factory=dict)
    """How often each number of idle minutes came up for a team."""
    longest_idle: dict[str, Counter[int]] = field(default_factory=dict)
    """The same for its longest idle span."""
    capital: dict[str, Counter[int]] = field(default_factory=dict)
    """How often each level of domestic capital was left."""

    def add(self, number: int, state: Exercise, scorer: Scorer) -> None:
        """Count one play that has ended."""
        card = scorer.scores()
        self.plays += 1
        found = results_of(card)
        self.rated.update(rated_in(card))
        for key, value in found.items():
            _counter(self.results, key)[value] += 1
        self._note_first(found.get((OVERALL, ALL_TEAMS), 0), number)
        objectives = {goal: value for (goal, team), value in found.items() if team == ALL_TEAMS}
        self._count_injects(state)
        self._count_choices(state, objectives)
        self._count_products(objectives)
        for team, spans in idle_spans(state).items():
            _counter(self.idle, team)[sum(spans) // 60] += 1
            _counter(self.longest_idle, team)[max(spans, default=0) // 60] += 1
        for team, left in card.capital.items():
            _counter(self.capital, team)[left] += 1

    def _note_first(self, value: int, number: int) -> None:
        self.first_play[value] = min(number, self.first_play.get(value, number))

    def _count_injects(self, state: Exercise) -> None:
        for entry in state.script.scenario.timeline:
            status = state.inject(entry.id).status
            self.injects[entry.id, status.value] += 1

    def _count_choices(self, state: Exercise, objectives: Mapping[str, int]) -> None:
        for (decision, team), asked in state.decisions.items():
            choice = (decision, team, asked.option or NONE)
            self.choices[choice] += 1
            for goal, value in objectives.items():
                self.choice_sums[choice, goal] += value
                self.choice_rated[choice, goal] += 1

    def _count_products(self, objectives: Mapping[str, int]) -> None:
        rated = [(goal, value) for goal, value in objectives.items() if goal != OVERALL]
        for (one, x), (other, y) in combinations(rated, 2):
            for name, value in (("n", 1), ("x", x), ("y", y), ("xx", x * x), ("yy", y * y), ("xy", x * y)):
                self.products[one, other, name] += value

    def merge(self, other: Tally) -> None:
        """Add the plays of another tally."""
        self.plays += other.plays
        for value, number in other.first_play.items():
            self._note_first(value, number)
        for one in fields(self):
            mine, theirs = getattr(self, one.name), getattr(other, one.name)
            if isinstance(mine, Counter):
                mine.update(theirs)
            elif isinstance(mine, dict) and one.name != "first_play":
                for key, counted in theirs.items():
                    _counter(mine, key).update(counted)


def results_of(card: Scorecard) -> dict[ResultKey, int]:
    """Return every result of a scorecard in tenths, for each team and for all; without what nothing moved."""
    found: dict[ResultKey, float | None] = {(OVERALL, ALL_TEAMS): card.overall}
    for goal in card.objectives:
        found[goal.objective, ALL_TEAMS] = goal.score
        for team, score in goal.teams.items():
            found[goal.objective, team] = score.score
    return {key: round(10 * value) for key, value in found.items() if value is not None}


def rated_in(card: Scorecard) -> Iterator[ResultKey]:
    """Yield what has situations enough to be rated, for each team and for all."""
    for goal in card.objectives:
        if goal.rated:
            yield goal.objective, ALL_TEAMS
        yield from ((goal.objective, team) for team in goal.rated_teams)


def _counter(counters: dict[Key, Counter[int]], key: Key) -> Counter[int]:
    found = counters.get(key)
    if found is None:
        found = counters[key] = Counter()
    return found
