"""Look for the best play by climbing: change an act, keep what is better, until no change is.

Acts are the options taken, the cards passed on and the partners asked. Once no single act and no choice
of all teams together betters a play, a few acts are changed by chance and the climb begins again from there.
What it finds is a lower bound, and is called *best found*.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tabletop.exercise.events import CardReceived, DecisionPresented
from tabletop.rehearsal.draws import Draws, Place
from tabletop.rehearsal.game import Game, Start
from tabletop.rehearsal.players import Form, Judgement, Naive, Player, Random
from tabletop.rehearsal.seat import PlayerSeat
from tabletop.rehearsal.tally import ResultKey, rated_in, results_of
from tabletop.scenario.base import NONE

_YES, _NO = "yes", "no"

_LEAP: Final = 4
"""Acts that are changed by chance once no single one betters a play."""

Acts = Mapping[Place, str]


class _Talking(Judgement):
    """The options with the best plain marks, every card to everybody in clean form, everybody asked."""

    form = Naive.form
    asks = Naive.asks


_FIRST: Final[tuple[type[Player], ...]] = (Naive, _Talking)
"""Where the first climbs begin; further ones begin at a random play."""


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

    value: float
    """Overall result."""
    climb: int
    results: dict[ResultKey, int]
    rated: frozenset[ResultKey]
    """The results for which enough situations arose."""
    acts: dict[Place, str]
    begun: float
    """The overall result of the play that the climb began at."""
    bettered: bool = False
    """Whether a change of one act bettered that play."""


def climb(start: Start, seed: int, number: int, plays: int) -> Found:
    """Climb for so many plays. The number of the climb says where it begins."""
    return _Climb(start, seed, number, plays).run()


def replay(start: Start, seed: int, found: Found) -> Game:
    """Play the best play of a climb again."""
    draws = Draws(seed, -1 - found.climb)
    return _run(start, draws, found.climb, Script(dict(found.acts)))


@dataclass(slots=True)
class _Played:
    """A play that was tried: what it came to, and what could be done at the places it came to."""

    value: float
    results: dict[ResultKey, int]
    rated: frozenset[ResultKey]
    script: Script


class _Climb:
    """One climb: where it stands, the best it has come to, and how many plays are left to it."""

    def __init__(self, start: Start, seed: int, number: int, plays: int) -> None:
        self._start = start
        self._number = number
        self._draws = Draws(seed, -1 - number)
        self._left = plays
        self._drawn = 0
        self._here = self._best = self._play({}, {})
        self._begun = self._here
        self._bettered = False

    def run(self) -> Found:
        """Climb, and leap from each summit, until no play is left."""
        self._ascend()
        while self._left > 0 and self._leap():
            self._ascend()
        best = self._best
        return Found(
            best.value,
            self._number,
            best.results,
            best.rated,
            best.script.acts,
            self._begun.value,
            self._bettered,
        )

    def _ascend(self) -> None:
        """Make every change that betters the play, until none does; keep the best of all climbs."""
        better = True
        while better:
            better = self._try(self._singles(), alone=True)
            better |= self._try(self._together())
        if self._here.value > self._best.value:
            self._best = self._here

    def _try(self, changes: Iterator[Acts], *, alone: bool = False) -> bool:
        """Try changes in a drawn order and keep those that better the play; return whether any did."""
        left, better = list(changes), False
        while left and self._left > 0:
            change = left.pop(self._draw(len(left)))
            if all(self._here.script.acts.get(place) == act for place, act in change.items()):
                continue
            tried = self._play(self._here.script.acts, change)
            if tried.value > self._here.value:
                self._bettered |= alone and self._here is self._begun
                self._here, better = tried, True
        return better

    def _leap(self) -> bool:
        """Change a few acts of the best play by chance; return whether there was anything to change."""
        self._here = self._best
        singles = list(self._singles())
        if not singles:
            return False
        leap: dict[Place, str] = {}
        for _ in range(_LEAP):
            leap |= singles[self._draw(len(singles))]
        self._here = self._play(self._here.script.acts, leap)
        return True

    def _singles(self) -> Iterator[Acts]:
        """Yield each change of one act. An option that keeps a card is taken before the card has gone."""
        script = self._here.script
        for place, possible in script.others.items():
            for act in possible:
                if act != script.acts[place]:
                    yield {place: act, **self._keeping(place, act)}

    def _keeping(self, place: Place, act: str) -> Acts:
        if place[0] != "option" or act == NONE:
            return {}
        _, team, name = place
        option = self._start.state.script.scenario.decisions[name].options[act]
        return {
            ("card", team, card, partner): Form.KEPT
            for card, partners in option.keeps.items()
            for partner in partners
            if partner != team
        }

    def _together(self) -> Iterator[Acts]:
        """Yield what several teams can choose together: the same option, or options that fit."""
        others = self._here.script.others
        for name, decision in self._start.state.script.scenario.decisions.items():
            places = {team: ("option", team, name) for team in decision.team}
            if len(places) > 1 and all(place in others for place in places.values()):
                for option in decision.options:
                    yield dict.fromkeys(places.values(), option)
                for fit in decision.fits:
                    yield {place: fit[team][0] for team, place in places.items() if fit.get(team)}

    def _draw(self, count: int) -> int:
        self._drawn += 1
        return self._draws.below(count, "climb", str(self._drawn))

    def _play(self, acts: Acts, change: Acts) -> _Played:
        """Play once with these acts and those changed."""
        self._left -= 1
        script = Script({**acts, **change})
        game = _run(self._start, self._draws, self._number, script)
        card = game.scorer.scores()
        return _Played(card.overall or 0.0, results_of(card), frozenset(rated_in(card)), script)


def first_player(number: int) -> type[Player]:
    """Return the player that a climb begins as."""
    return _FIRST[number] if number < len(_FIRST) else Random


def _run(start: Start, draws: Draws, number: int, script: Script) -> Game:
    scenario, player = start.state.script.scenario, first_player(number)
    seats = [PlayerSeat(Climber(player(scenario, team, draws), script)) for team in scenario.teams]
    game = Game(start, seats, seed=number)
    game.run()
    return game
