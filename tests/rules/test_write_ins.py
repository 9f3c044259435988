"""What a decision in a team's own words counts for: nothing, and then what control judged."""

from __future__ import annotations

from typing import Any

import pytest

from tabletop.exercise import commands as c
from tabletop.rules.alternatives import single_changes
from tabletop.rules.scorefile import to_data
from tests.game import Game

FACILITATOR = "facilitator"
ASKED_AT = 360


@pytest.fixture
def game() -> Game:
    return Game().start().pass_to(ASKED_AT)


def judge(**how: Any) -> c.Judge:
    return c.Judge.model_validate({"decision": "alert", "team": "tokyo", **how})


def marks(game: Game) -> list[tuple[str, float]]:
    return [
        (entry.objective, entry.points)
        for entry in game.score().ledger
        if entry.team == "tokyo" and entry.reason.startswith("D2")
    ]


def spans(game: Game) -> dict[str, tuple[float, float]]:
    card = game.score()
    return {goal.objective: (goal.teams["tokyo"].best, goal.teams["tokyo"].worst) for goal in card.objectives}


def test_until_it_is_judged_it_gives_neither_mark_nor_situation(game: Game) -> None:
    before = spans(game)
    game.grant("tokyo", c.Decide(decision="alert", words="Islands only"))
    assert marks(game) == []
    assert spans(game) == before
    assert to_data(game.score())["to_judge"] == [{"decision": "alert", "team": "tokyo"}]


def test_words_take_away_what_an_option_before_them_gave(game: Game) -> None:
    before = spans(game)
    game.grant("tokyo", c.Decide(decision="alert", option="okinawa"))
    assert marks(game)
    game.grant("tokyo", c.Decide(decision="alert", words="Islands only"))
    assert (marks(game), spans(game)) == ([], before)


def test_judged_as_an_option_it_counts_as_that_option_taken_then(game: Game) -> None:
    chosen = Game().start().pass_to(ASKED_AT)
    chosen.grant("tokyo", c.Decide(decision="alert", option="okinawa"))
    game.grant("tokyo", c.Decide(decision="alert", words="Islands only"))
    game.pass_to(ASKED_AT + 170)
    game.grant(FACILITATOR, judge(**{"as": "okinawa"}))
    assert marks(game) == marks(chosen)
    assert spans(game) == spans(chosen)
    reasons = [entry.reason for entry in game.score().ledger if entry.reason.startswith("D2")]
    assert reasons
    assert all("control judged its own words" in reason for reason in reasons)
    assert game.score().to_judge == ()


def test_judged_by_objectives_each_mark_has_its_reason_and_widens_the_range(game: Game) -> None:
    game.grant("tokyo", c.Decide(decision="alert", words="Islands only"))
    game.grant(
        FACILITATOR, judge(good={"warning": "All under the path hear it"}, neither={"share": "No card"})
    )
    assert sorted(marks(game)) == [("share", 0.0), ("warning", 1.0)]
    [mark] = [entry for entry in game.score().ledger if entry.points == 1]
    assert mark.reason == "D2: answered “Islands only”; control judged: All under the path hear it"
    assert len(mark.evidence) == 3
    game.grant(FACILITATOR, judge(bad={"warning": "Half of them hear nothing"}))
    assert marks(game) == [("warning", -1.0)]


def test_explain_offers_the_options_that_were_not_taken(game: Game) -> None:
    game.grant("tokyo", c.Decide(decision="alert", words="Islands only"))
    game.grant(FACILITATOR, judge(good={"warning": "All under the path hear it"}))
    offered = [change for change in single_changes(game.records) if change.kind == "option"]
    assert len(offered) == len(game.state.script.scenario.decisions["alert"].options)
