"""Eight ways to game the score of the flagship: without a decision none passes the median of random plays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from statistics import median
from typing import Final

import pytest
import yaml

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.host.first_record import first_record
from tabletop.rehearsal.draws import Draws
from tabletop.rehearsal.game import Game, Start
from tabletop.rehearsal.players import Form, Player
from tabletop.rehearsal.seat import PlayerSeat, Turn
from tabletop.rehearsal.tasks import play
from tabletop.scenario.library import find_scenario
from tabletop.scenario.linking import load_scenario

pytestmark = pytest.mark.slow

FLAGSHIP: Final = "sakishima-dawn"
PLAYS: Final = 40
REPEATED: Final = 20

SHARE, ASK, LABEL, PAD, CIRCULATE, ALONE = "share", "ask", "label", "pad", "circulate", "alone"
STRATEGIES: Final = {
    "0 nothing": (),
    "1 share every card the second it comes": (SHARE,),
    "2 ask and answer as a phase begins, then speak": (ASK,),
    "3 label blindly": (LABEL,),
    "4 share, ask and label": (SHARE, ASK, LABEL),
    "5 pad with agreement": (PAD,),
    "6 share, ask, label and pad": (SHARE, ASK, LABEL, PAD),
    "7 circulate cards": (CIRCULATE,),
    "7 circulate cards, and all else": (CIRCULATE, ASK, LABEL, PAD),
}
"""By what each does without a decision. The eighth decides: see below."""


@cache
def start() -> Start:
    scenario = load_scenario(find_scenario(FLAGSHIP)).scenario
    return Start(first_record(scenario, name="gaming", seed=0, wall=""))


@cache
def median_of_random_plays() -> float:
    return median(overall(play(start(), "random", 1, number)) for number in range(PLAYS))


def overall(game: Game) -> float:
    found = game.scorer.scores().overall
    assert found is not None
    return found


@cache
def going_alone() -> Mapping[tuple[str, str], str]:
    """What each team decides in the recorded game in which everybody goes it alone, by code and team."""
    file = find_scenario(FLAGSHIP).parent / "games" / "go-it-alone.yaml"
    moves = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {(one["decision"], one["seat"]): one["option"] for one in moves if one["do"] == "decide"}


class Gamer(Player):
    """Decides nothing, unless it goes it alone; shares or asks if its strategy says so."""

    tricks: tuple[str, ...] = ()
    answers = True

    def options(self, asked: e.DecisionPresented) -> Sequence[str]:
        chosen = going_alone().get((asked.code, self.team)) if ALONE in self.tricks else None
        return [one.id for one in asked.options if chosen in (one.id, one.letter)]

    def form(self, card: e.CardReceived, partner: str) -> Form:
        if SHARE not in self.tricks:
            return Form.KEPT
        return Form.CLEAN if card.sanitised else Form.RAW

    def passes_at(self, card: e.CardReceived) -> float:
        return 0.0

    def asks(self, phase: str, partner: str) -> bool:
        return ASK in self.tricks


class Scheme(PlayerSeat):
    """A seat that says and passes on what its strategy says, together with those of its partners."""

    def __init__(self, player: Gamer, tricks: Sequence[str]) -> None:
        player.tricks = tuple(tricks)
        super().__init__(player)
        self.tricks = tricks
        self.partners: list[Scheme] = []

    def see(self, event: e.Event, at: int) -> None:
        super().see(event, at)
        if isinstance(event, e.ExerciseStarted | e.PhaseBegan):
            self._speak(at)
        elif isinstance(event, e.CardReceived) and CIRCULATE in self.tricks:
            self._circulate(event.card, at)

    def _speak(self, at: int) -> None:
        if ASK in self.tricks:
            self._say(at + 60, text="We are watching.")
        for number in range(3 if LABEL in self.tricks else 0):
            self._say(at + 90 + number, text="A launch.", label="BMT", about="label")
        for number in range(REPEATED if PAD in self.tricks else 0):
            self._say(at + 120 + 5 * number, text="Take shelter.", area="okinawa", says="shelter")

    def _say(self, at: int, **fields: str) -> None:
        self.postpone(Turn((c.State.model_validate(fields),)), at)

    def _circulate(self, card: str, at: int) -> None:
        teams = tuple(one.team for one in self.partners)
        for sanitised in (True, False):
            self._share(card, teams, sanitised, at + 1)
            for one, other in (self.partners, self.partners[::-1]):
                one._share(card, (other.team,), sanitised, at + 2)

    def _share(self, card: str, to: tuple[str, ...], sanitised: bool, at: int) -> None:
        share = c.Share(card=card, with_=to, sanitised=sanitised, onward=True)
        self.postpone(Turn((share,)), at)


def schemed(tricks: Sequence[str]) -> Game:
    scenario = start().state.script.scenario
    seats = [Scheme(Gamer(scenario, team, Draws(1, 0)), tricks) for team in scenario.teams]
    for seat in seats:
        seat.partners = [one for one in seats if one is not seat]
    game = Game(start(), seats, seed=0)
    game.run()
    return game


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_strategy_without_a_decision_does_not_pass_the_median_of_random_plays(strategy: str) -> None:
    game = schemed(STRATEGIES[strategy])
    assert all(asked.option is None for asked in game.state.decisions.values())
    assert overall(game) < median_of_random_plays()


def test_going_it_alone_is_not_made_good_by_padding_and_circulating() -> None:
    game = schemed((ALONE, PAD, CIRCULATE))
    assert any(asked.option for asked in game.state.decisions.values())
    assert overall(game) < median_of_random_plays()
