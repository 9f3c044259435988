"""What a rehearsal has found so far, and what follows from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from tabletop.exercise.events import ExerciseCreated, Record
from tabletop.rehearsal.climb import Found, first_player
from tabletop.rehearsal.figures import Spread, spread_of
from tabletop.rehearsal.players import PLAYERS, Naive, Random
from tabletop.rehearsal.tally import ALL_TEAMS, OVERALL, Choice, ResultKey, Tally
from tabletop.rehearsal.tasks import Outcome, Plan
from tabletop.scenario.base import NONE
from tabletop.scenario.scenario import Scenario

BEST = "best found"
_COMPARED = 2
"""Options from which on one can be better than another."""


@dataclass(frozen=True, slots=True)
class Weight:
    """How far a result lies apart between the options of a decision, for one team."""

    decision: str
    team: str
    objective: str
    apart: float
    means: Mapping[str, float]
    """Mean result by option."""


class Rehearsal:
    """The tallies of all players, and the best play found."""

    def __init__(self, first: Record, plan: Plan) -> None:
        created = first.event
        if not isinstance(created, ExerciseCreated):
            raise TypeError("the first record creates the exercise")
        self.scenario: Scenario = created.scenario
        self.plan = plan
        self.tallies: dict[str, Tally] = {name: Tally() for name in PLAYERS}
        self.best: Found | None = None
        self.naive_bettered = False
        """Whether the climb that begins at naive cooperation bettered it by a change of one act."""
        self.interrupted = False

    def add(self, outcome: Outcome) -> None:
        """Add what a task came to."""
        if isinstance(outcome, Found):
            self.naive_bettered |= outcome.bettered and first_player(outcome.climb) is Naive
            if self.best is None or (outcome.value, -outcome.climb) > (self.best.value, -self.best.climb):
                self.best = outcome
        else:
            name, tally = outcome
            self.tallies[name].merge(tally)

    @property
    def random(self) -> Tally:
        """The tally of the random plays."""
        return self.tallies[Random.name]

    def spread(self, objective: str, team: str = ALL_TEAMS) -> Spread | None:
        """Return how a result is distributed over the random plays."""
        return spread_of(self.random.results.get((objective, team), Counter()))

    def result(self, player: str, objective: str, team: str = ALL_TEAMS) -> float | None:
        """Return the median result of a player, or of the best play found."""
        if player == BEST:
            return self._best(objective, team)
        spread = spread_of(self.tallies[player].results.get((objective, team), Counter()))
        return None if spread is None else spread.median

    def rated(self, player: str, objective: str, team: str = ALL_TEAMS) -> bool:
        """Whether situations enough arose to rate it in most plays of a player, or in the best play found."""
        key = (objective, team)
        if player == BEST:
            return key in self._best_play()[1]
        tally = self.tallies[player]
        return 2 * tally.rated[key] > tally.plays

    def _best(self, objective: str, team: str) -> float | None:
        value = self._best_play()[0].get((objective, team))
        return None if value is None else value / 10

    def _best_play(self) -> tuple[Mapping[ResultKey, int], Collection[ResultKey]]:
        """Return the results of the best play, of a climb or a player without chance, and which are rated."""
        plays: list[tuple[Mapping[ResultKey, int], Collection[ResultKey]]] = [
            (
                {key: min(counted) for key, counted in self.tallies[name].results.items()},
                self.tallies[name].rated,
            )
            for name, player in PLAYERS.items()
            if not player.chance
        ]
        first = ({}, ()) if self.best is None else (self.best.results, self.best.rated)
        return max([first, *plays], key=lambda one: one[0].get((OVERALL, ALL_TEAMS), -1))

    def called(self, choice: Choice) -> str:
        """Return a choice in words: ``T1 Tokyo: b “Sound the alert”``."""
        decision, team, option = choice
        chosen = self.option(decision, option)
        return f"{self.code(decision)} {self.scenario.teams[team].name}: {chosen}"

    def option(self, decision: str, option: str) -> str:
        """Return what an option is called, or that nothing was chosen."""
        return "nothing" if option == NONE else self.scenario.decisions[decision].option_name(option)

    def code(self, decision: str) -> str:
        """Return what stands for a decision on paper."""
        return self.scenario.decisions[decision].code or decision

    def mean(self, choice: Choice, objective: str = OVERALL) -> float | None:
        """Return the mean result over the random plays with that choice."""
        plays = self.random.choice_rated[choice, objective]
        return self.random.choice_sums[choice, objective] / plays / 10 if plays else None

    def weights(self, objectives: Iterable[str] = (OVERALL,)) -> list[Weight]:
        """Return the decisions by how far each moves the one of the results that it moves furthest."""
        found = []
        for name, decision in self.scenario.decisions.items():
            for team in decision.team:
                moved = [one for goal in objectives if (one := self._weight(name, team, goal)) is not None]
                if moved:
                    found.append(max(moved, key=lambda weight: weight.apart))
        return sorted(found, key=lambda weight: -weight.apart)

    def _weight(self, name: str, team: str, objective: str) -> Weight | None:
        means = {
            option: mean
            for option in (*self.scenario.decisions[name].options, NONE)
            if (mean := self.mean((name, team, option), objective)) is not None
        }
        if len(means) < _COMPARED:
            return None
        return Weight(name, team, objective, max(means.values()) - min(means.values()), means)

    def best_everywhere(self) -> str | None:
        """Return the player that is best on every objective, if there is one."""
        for name in PLAYERS:
            if all(self._leads(name, goal) for goal in self.scenario.objectives):
                return name
        return None

    def _leads(self, name: str, goal: str) -> bool:
        mine = self.result(name, goal)
        others = (self.result(other, goal) for other in PLAYERS if other != name)
        return mine is not None and all(theirs is None or mine >= theirs for theirs in others)
