"""Nobody pays for what they never had, and whoever does better never makes an objective worse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabletop.exercise import events as e
from tabletop.exercise.commands import COMMAND, FACILITATOR, Skip
from tabletop.exercise.events import Record
from tabletop.host.first_record import first_record
from tabletop.rehearsal.draws import Draws
from tabletop.rehearsal.game import Game, Start
from tabletop.rehearsal.players import PLAYERS
from tabletop.rehearsal.seat import PlayerSeat
from tabletop.rules.ledger import LedgerEntry
from tabletop.rules.scoring import ObjectiveScore, Scorecard, TeamScore, score_log
from tabletop.rules.tally import Tally
from tabletop.scenario.library import find_scenario
from tabletop.scenario.linking import load_scenario
from tests import game as by_hand
from tests.builders import tiny_scenario
from tests.rules.measured import PLAYS, play
from tests.rules.playing import options

Plan = list[tuple[int, str, dict[str, Any]]]


@cache
def flagship() -> Start:
    scenario = load_scenario(find_scenario("sakishima-dawn")).scenario
    return Start(first_record(scenario, name="fair", seed=0, wall=""))


def hands_out_cards() -> list[str]:
    return [entry.id for entry in flagship().state.script.scenario.timeline if entry.cards]


class Skipping(Game):
    """A play in which control skips some injects before it begins."""

    skipped: Sequence[str] = ()

    def run(self) -> None:
        for inject in self.skipped:
            assert self._give(FACILITATOR, Skip(inject=inject))
        super().run()


def played(number: int, skipped: Sequence[str]) -> list[Record]:
    """The records of a random play of the flagship."""
    scenario, records = flagship().state.script.scenario, [flagship().first]
    seats = [PlayerSeat(PLAYERS["random"](scenario, team, Draws(1, number))) for team in scenario.teams]
    game = Skipping(flagship(), seats, seed=number, keep=records.append)
    game.skipped = skipped
    game.run()
    return records


class Had:
    """What the game gave to whom, and when, as its records tell it."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.events = {record.seq: record.event for record in records}
        self.put: set[tuple[str, str]] = set()
        self.anybody: dict[str, int] = {}
        """Card to the game second at which somebody first held it."""
        self.held: set[tuple[str, str]] = set()
        for record in records:
            match record.event:
                case e.DecisionPresented(decision=name, team=team):
                    self.put.add((name, team))
                case e.CardReceived(team=team, card=card) | e.CardDealt(team=team, card=card):
                    self.anybody.setdefault(card, record.at)
                    self.held.add((team, card))
                case e.CardShared(to=to, card=card):
                    self.held.update((team, card) for team in to)

    def unfair(self, card: Scorecard) -> Iterator[LedgerEntry]:
        """Yield the bad marks for what the team was never asked, or for a card that could not be had."""
        yield from (one for one in card.ledger if one.points < 0 and not self._fair(one))

    def _fair(self, mark: LedgerEntry) -> bool:
        about = [self.events[seq] for seq in mark.evidence]
        asked = {(one.decision, one.team) for one in about if isinstance(one, e.DecisionPresented)}
        if mark.rule in ("option", "none"):
            return asked <= self.put and {team for _, team in asked} == {mark.team} and self._reached(mark)
        if mark.rule in ("told-in-time", "kept-faith"):
            cards = {one.card for one in about if isinstance(one, e.CardReceived | e.CardShared)}
            return bool(cards) and all((mark.team, card) in self.held for card in cards)
        return mark.rule != "gave-as-got" or any(team == mark.team for team, _ in self.held)

    def _reached(self, mark: LedgerEntry) -> bool:
        """Whether somebody held every card for the lack of which the mark is worse."""
        lacked = {
            ref.word
            for one in mark.judged
            if (one.points > mark.points) != one.held
            for ref in one.condition.references()
            if ref.kind == "card"
        }
        return all(self.anybody.get(card, mark.at + 1) <= mark.at for card in lacked)


@pytest.mark.parametrize("number", range(8))
def test_nobody_pays_for_what_they_never_had(number: int) -> None:
    cards = hands_out_cards()
    skipped = [cards[number % len(cards)], cards[(3 * number + 1) % len(cards)]] if number else []
    records = played(number, list(dict.fromkeys(skipped)))
    assert list(Had(records).unfair(score_log(records))) == []


@given(PLAYS)
@settings(max_examples=25)
def test_nobody_pays_for_a_decision_that_was_not_put(plan: Plan) -> None:
    game, _ = play(plan)
    card, had = game.score(), Had(game.records)
    marks = [one for one in card.ledger if one.rule in ("option", "none")]
    for one in marks:
        asked = [game.records[seq - 1].event for seq in one.evidence]
        put = [event for event in asked if isinstance(event, e.DecisionPresented)]
        assert put
        assert all((event.decision, event.team) in had.put and event.team == one.team for event in put)


def hanging(when: dict[str, Any], **part: Any) -> by_hand.Game:
    """A game in which a mark of the alert hangs on the track, which Washington gets at T+5."""
    decisions = options("alert", okinawa={"good": {}, "bad": {"warning": "No track"}, "effects": {}})
    decisions["alert"]["options"]["okinawa"]["if"] = [{"when": when, **part}]
    return by_hand.Game(tiny_scenario(decisions=decisions, rules=[])).start()


def alerted(game: by_hand.Game, *, skip: bool) -> tuple[float, tuple[float, float]]:
    """Tokyo's marks on warning once it has sounded the alert, and their range."""
    if skip:
        game.grant(FACILITATOR, COMMAND.validate_python({"do": "skip", "inject": "detection"}))
    game.pass_to(360)
    game.grant("tokyo", COMMAND.validate_python({"do": "decide", "decision": "alert", "option": "okinawa"}))
    found = game.score().objective("warning").teams["tokyo"]
    return found.earned, (found.best, found.worst)


def test_a_mark_that_a_card_would_have_mended_is_not_counted_if_nobody_had_the_card() -> None:
    parts = {"when": {"held": "track"}, "good": {"warning": "The track was there"}}
    earned, (best, _) = alerted(hanging(**parts), skip=False)
    assert (earned, best) == (-1, 1)
    earned, (best, _) = alerted(hanging(**parts), skip=True)
    assert earned == 0
    assert best <= 1


def test_the_lack_of_a_card_that_nobody_had_lowers_no_mark() -> None:
    decisions = options("alert", okinawa={"good": {"warning": "Sheltered"}, "bad": {}, "effects": {}})
    blind = {"when": {"not": {"held": "track"}}, "bad": {"warning": "Blindly"}}
    decisions["alert"]["options"]["okinawa"]["if"] = [blind]
    for skip, earned in ((False, -1), (True, 1)):
        game = by_hand.Game(tiny_scenario(decisions=decisions, rules=[])).start()
        assert alerted(game, skip=skip)[0] == earned


@st.composite
def standings(draw: st.DrawFn) -> TeamScore:
    best, worst = draw(st.integers(0, 9)), draw(st.integers(-9, 0))
    situations = draw(st.integers(0, 12))
    earned = draw(st.integers(worst, best))
    return TeamScore(float(earned), 0.0, float(best), float(worst), Tally(situations, 0, 0))


def better(goal: ObjectiveScore, team: str) -> ObjectiveScore:
    """The objective if the team had one good mark more, or one bad mark less, in the same situations."""
    mine = goal.teams[team]
    return replace(goal, teams={**goal.teams, team: replace(mine, earned=min(mine.best, mine.earned + 1))})


@given(st.dictionaries(st.sampled_from("abcdefgh"), standings(), min_size=1), st.booleans())
def test_improving_one_teams_mark_never_lowers_an_objective(
    teams: dict[str, TeamScore], lowest: bool
) -> None:
    goal = ObjectiveScore("warning", "O5", "People", 1.0, teams, "lowest" if lowest else "mean")
    for team in teams:
        assert (better(goal, team).score or 0.0) >= (goal.score or 0.0) - 1e-9


@given(PLAYS)
@settings(max_examples=25)
def test_improving_one_teams_mark_never_lowers_an_objective_of_a_play(plan: Plan) -> None:
    game, _ = play(plan)
    card = game.score()
    for goal in card.objectives:
        for team in goal.teams:
            after = better(goal, team)
            others = tuple(one if one is not goal else after for one in card.objectives)
            assert (after.score or 0.0) >= (goal.score or 0.0) - 1e-9
            assert (replace(card, objectives=others).overall or 0.0) >= (card.overall or 0.0) - 1e-9
