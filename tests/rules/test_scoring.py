"""Marks to the second, the range they are measured against, and results across teams."""

from __future__ import annotations

import pytest

from tabletop.exercise import commands as c
from tabletop.rules.ratings import proposed_for
from tabletop.rules.scorefile import to_data
from tabletop.rules.scoring import ObjectiveScore, TeamScore
from tabletop.rules.tally import Tally
from tests.builders import tiny_scenario
from tests.game import Game

ASKED_AT, WINDOW = 300, 120


def played(option: str | None, at: int = ASKED_AT) -> Game:
    game = Game().start()
    if option is not None:
        game.grant("washington", c.Decide(decision="push-track", option=option), at=at)
    game.pass_to(max(at, 540))
    game.grant("facilitator", c.Lapse(decision="push-track")) if option is None else None
    return game


@pytest.mark.parametrize(
    ("taken", "mark"), [(0, 1), (WINDOW, 1), (WINDOW + 1, 0), (WINDOW * 3 // 2 + 1, 0), (WINDOW * 2, 0)]
)
def test_a_good_mark_counts_inside_the_window_only_and_lateness_costs_nothing_else(
    taken: int, mark: float
) -> None:
    card = played("both", ASKED_AT + taken).score()
    assert card.objective("share").teams["washington"].earned == mark
    assert card.objective("warning").teams["washington"].earned == mark


def test_a_bad_mark_counts_once_whenever_the_decision_is_taken() -> None:
    for at in (ASKED_AT, ASKED_AT + WINDOW * 2):
        card = played("confirm-first", at).score()
        assert card.objective("share").teams["washington"].earned == -1


def test_of_a_late_decision_that_comes_to_less_than_nothing_the_marks_of_nothing_stand() -> None:
    decisions = tiny_scenario().model_dump(mode="json")["decisions"]
    decisions["push-track"] |= {
        "options": {
            "both": {"text": "Both", "good": {"share": "Both hear it"}, "bad": {"message": "Two texts"}}
        },
        "none": {"good": {"message": "Nobody contradicts a partner"}},
    }
    for at, share, message in ((ASKED_AT + WINDOW, 1, -1), (ASKED_AT + WINDOW + 1, 0, 1)):
        game = Game(tiny_scenario(decisions=decisions)).start()
        game.grant("washington", c.Decide(decision="push-track", option="both"), at=at)
        card = game.score()
        assert card.objective("share").teams["washington"].earned == share
        assert card.objective("message").teams["washington"].earned == message
    assert [(entry.rule, entry.points) for entry in card.ledger] == [("none", 1)]
    assert "too late to do better" in card.ledger[0].reason


def test_nothing_decided_scores_its_own_effects_when_it_lapses() -> None:
    card = played(None).score()
    standing = card.objective("share").teams["washington"]
    assert (standing.earned, standing.score) == (-1, 0)
    entry = next(entry for entry in card.ledger if entry.objective == "share")
    assert entry.rule == "none"
    assert "nothing was decided" in entry.reason


def test_the_range_covers_options_timing_and_nothing() -> None:
    standing = played("both").score().objective("share").teams["washington"]
    assert (standing.best, standing.worst, standing.score) == (1, -1, 100)


def test_what_nothing_could_move_is_not_exercised_and_never_zero() -> None:
    card = played("both").score()
    assert card.objective("share").teams["seoul"].score is None
    assert card.objective("message").score is None
    assert to_data(card)["objectives"][1]["score"] is None


def test_across_teams_the_mean_stands_with_the_gap_beside_it() -> None:
    game = played("both")
    game.grant("tokyo", c.Decide(decision="alert", option="quiet"), at=540)
    goal = game.score().objective("warning")
    scores = [goal.teams[team].score for team in ("washington", "tokyo")]
    assert scores == [100, 0]
    assert (goal.score, goal.gap) == (50, 100)
    assert str(goal.tally) == "1 of 2 situations went well, 1 badly"
    assert not goal.tally.rated


def test_no_rating_is_proposed_for_all_from_one_rated_team() -> None:
    def goal(**situations: int) -> ObjectiveScore:
        teams = {team: TeamScore(2, 0, 3, -1, Tally(count)) for team, count in situations.items()}
        return ObjectiveScore("share", "O1", "Sharing", 1, teams)

    bands = tiny_scenario().ratings
    alone = goal(washington=4, tokyo=3, seoul=0)
    assert (alone.rated, alone.rated_teams, proposed_for(alone, bands)) == (False, ("washington",), None)
    assert proposed_for(goal(washington=4, tokyo=4, seoul=0), bands) == "S"
    assert proposed_for(goal(washington=4), bands) == "S", "one team speaks for itself"


def test_a_scenario_may_let_the_lowest_team_stand_for_all() -> None:
    game = Game(tiny_scenario(score={"across": "lowest"})).start()
    game.grant("washington", c.Decide(decision="push-track", option="both"), at=310)
    game.grant("tokyo", c.Decide(decision="alert", option="quiet"), at=540)
    goal = game.score().objective("warning")
    assert (goal.score, goal.gap, goal.across) == (0, 100, "lowest")


def test_overall_is_the_weighted_mean_of_what_was_exercised() -> None:
    game = played("both")
    game.grant("tokyo", c.Decide(decision="alert", option="quiet"), at=540)
    assert game.score().overall == pytest.approx((2 * 100 + 50) / 3)


def test_an_amended_decision_counts_once_as_it_stands() -> None:
    game = Game().start()
    game.grant("washington", c.Decide(decision="push-track", option="confirm-first"), at=310)
    game.grant("washington", c.Decide(decision="push-track", option="both"), at=320)
    card = game.score()
    assert card.objective("share").teams["washington"].earned == 1
    assert all(entry.points > 0 for entry in card.ledger)


def test_every_entry_names_its_evidence() -> None:
    game = played("both")
    for entry in game.score().ledger:
        kinds = [game.records[seq - 1].event.type for seq in entry.evidence]
        assert kinds == ["decision-presented", "decision-recorded", "card-shared", "consult-implied"]


def test_an_adjustment_stands_beside_the_rules_value() -> None:
    game = played("confirm-first")
    adjust = c.Adjust(team="washington", objective="share", points=1, reason="It asked first")
    game.grant("facilitator", adjust)
    standing = game.score().objective("share").teams["washington"]
    assert (standing.rule_score, standing.score) == (0, 50)
    assert [e.reason for e in game.score().ledger if e.rule == "adjustment"] == ["It asked first"]


@pytest.mark.parametrize("points", [0.25, 0.0, 0.3])
def test_an_adjustment_is_a_half_or_a_whole_step(points: float) -> None:
    game = played("both")
    adjust = c.Adjust(team="washington", objective="share", points=points, reason="x")
    assert game.refuse("facilitator", adjust) == "bad-points"


def test_scores_stay_between_0_and_100_whatever_is_adjusted() -> None:
    game = played("both")
    for _ in range(5):
        adjust = c.Adjust(team="washington", objective="share", points=1, reason="x")
        game.grant("facilitator", adjust)
    assert game.score().objective("share").teams["washington"].score == 100
