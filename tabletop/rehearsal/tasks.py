"""Tasks of a rehearsal: a range of plays, or one climb. Each can run in any process, in any order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tabletop.rehearsal.climb import Found, climb
from tabletop.rehearsal.draws import Draws
from tabletop.rehearsal.game import Game, Keep, Start
from tabletop.rehearsal.players import PLAYERS
from tabletop.rehearsal.seat import PlayerSeat
from tabletop.rehearsal.tally import Tally

TASK_PLAYS = 20
"""Plays of one task: often enough for the progress bar, seldom enough to send results back."""


@dataclass(frozen=True, slots=True)
class PlayTask:
    """Plays of one player at every seat: those numbered from `first` up to but not including `end`."""

    player: str
    first: int
    end: int

    @property
    def plays(self) -> int:
        """How many plays it is."""
        return self.end - self.first


@dataclass(frozen=True, slots=True)
class ClimbTask:
    """One climb for the best play."""

    number: int
    plays: int


Task = PlayTask | ClimbTask
Outcome = tuple[str, Tally] | Found
"""The player with its tally, or what a climb found."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is played."""

    plays: int
    seed: int
    climbs: int = 0
    steps: int = 0

    def tasks(self) -> Iterator[Task]:
        """Yield every task; climbs first, since they take longest."""
        for number in range(self.climbs):
            yield ClimbTask(number, self.steps)
        for name, player in PLAYERS.items():
            plays = self.plays if player.chance else 1
            for first in range(0, plays, TASK_PLAYS):
                yield PlayTask(name, first, min(plays, first + TASK_PLAYS))


def play(start: Start, player: str, seed: int, number: int, keep: Keep | None = None) -> Game:
    """Play one play to its end."""
    scenario = start.state.script.scenario
    draws = Draws(seed, number)
    seats = [PlayerSeat(PLAYERS[player](scenario, team, draws)) for team in scenario.teams]
    game = Game(start, seats, seed=number, keep=keep)
    game.run()
    return game


def run_task(start: Start, seed: int, task: Task) -> Outcome:
    """Run a task and return its sums and counts."""
    if isinstance(task, ClimbTask):
        return climb(start, seed, task.number, task.plays)
    tally = Tally()
    for number in range(task.first, task.end):
        game = play(start, task.player, seed, number)
        tally.add(number, game.state, game.scorer)
    return task.player, tally
