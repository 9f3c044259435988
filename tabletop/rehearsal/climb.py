"""Look for the best play by climbing: change one act, keep it if the result is no worse, begin again.

What it finds is a lower bound, and is called *best found*.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tabletop.exercise.events import CardReceived, DecisionPresented
from tabletop.rehearsal.draws import Draws, Place
from tabletop.rehearsal.game import Game, Start
from tabletop.rehearsal.players import Fastest, Form, Judgement, Naive, Player, Random
from tabletop.rehearsal.seat import PlayerSeat
from tabletop.rehearsal.tally import ALL_TEAMS, OVERALL, ResultKey, rated_in, results_of
from tabletop.scenario.content import NONE

_FIRST = (Naive, Judgement, Fastest)
"""Where the first climbs begin; further ones begin at a random play."""

_YES, _NO = "yes", "no"


@dataclass(slots=True)
class Script:
    """What is done at each place, and what else could be."""

    acts: dict[Place, str] = field(default_factory=dict)
    others: dict[Place, tuple[str, ...]] = field(default_factory=dict)

    def act(self, place: Place, wanted: str, possible: Sequence[str]) -> str:
        """Return what the script says, or what was wanted where it says nothing yet; remember both."""
        self.others[place] = tuple(possible)
        return self.acts.setdefault(place, wanted)


class Climber(Player):
    """Plays as another player would, except where its script says otherwise."""

    answers = True

    def __init__(self, base: Player, script: Script) -> None:
        super().__init__(base.scenario, base.team, base.draws)
        self._base = base
        self._script = script

    def options(self, asked: DecisionPresented) -> Sequence[str]:
        """Return the option of the script, then those of the player it began as."""
        wanted = tuple(self._base.options(asked))
        possible = (*self.scenario.decisions[asked.decision].options, NONE)
        act = self._script.act(("option", self.team, asked.decision), wanted[0] if wanted else NONE, possible)
        return () if act == NONE else (act, *(option for option in wanted if option != act))

    def form(self, card: CardReceived, partner: str) -> Form:
        """Return the form that the script says."""
        wanted = self._base.form(card, partner)
        return Form(self._script.act(("card", self.team, card.card, partner), wanted, tuple(Form)))

    def asks(self, phase: str, partner: str) -> bool:
        """Return whether the script asks that partner."""
        wanted = _YES if self._base.asks(phase, partner) else _NO
        return self._script.act(("ask", self.team, phase, partner), wanted, (_YES, _NO)) == _YES


@dataclass(slots=True)
class Found:
    """The best play of one climb."""

    value: int
    """Overall result in tenths."""
    climb: int
    results: dict[ResultKey, int]
    rated: frozenset[ResultKey]
    """The results for which enough situations arose."""
    acts: dict[Place, str]


def climb(start: Start, seed: int, number: int, steps: int) -> Found:
    """Climb once, for so many plays. The number of the climb says where it begins."""
    draws = Draws(seed, -1 - number)
    best, places = _try(start, draws, number, {})
    for step in range(1, steps):
        changeable = [place for place, others in places.items() if len(others) > 1]
        if not changeable:
            break
        place = changeable[draws.below(len(changeable), "place", str(step))]
        others = [act for act in places[place] if act != best.acts[place]]
        act = others[draws.below(len(others), "act", str(step))]
        tried, reached = _try(start, draws, number, {**best.acts, place: act})
        if tried.value >= best.value:
            best, places = tried, reached
    return best


def replay(start: Start, seed: int, found: Found) -> Game:
    """Play the best play of a climb again."""
    draws = Draws(seed, -1 - found.climb)
    return _run(start, _base(found.climb), draws, found.climb, Script(dict(found.acts)))


def _base(number: int) -> type[Player]:
    return _FIRST[number] if number < len(_FIRST) else Random


def _try(
    start: Start, draws: Draws, number: int, acts: dict[Place, str]
) -> tuple[Found, dict[Place, tuple[str, ...]]]:
    """Play a script once; return its result, and what could be done at the places it came to."""
    script = Script(dict(acts))
    game = _run(start, _base(number), draws, number, script)
    card = game.scorer.scores()
    results = results_of(card)
    value = results.get((OVERALL, ALL_TEAMS), 0)
    return Found(value, number, results, frozenset(rated_in(card)), script.acts), script.others


def _run(start: Start, base: type[Player], draws: Draws, number: int, script: Script) -> Game:
    scenario = start.state.script.scenario
    seats = [PlayerSeat(Climber(base(scenario, team, draws), script)) for team in scenario.teams]
    game = Game(start, seats, seed=number)
    game.run()
    return game
