"""Points to the second, the range they are measured against, and scores across teams."""

from __future__ import annotations

import pytest

from tabletop.exercise import commands as c
from tabletop.rules.scorefile import to_data
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
    ("taken", "share", "warning"),
    [
        (0, 2.0, 1.0),
        (WINDOW, 2.0, 1.0),
        (WINDOW + 1, 1.0, 0.5),
        (WINDOW * 3 // 2, 1.0, 0.5),
        (WINDOW * 3 // 2 + 1, -1.0, 0.0),
    ],
)
def test_good_effects_halve_after_the_window_and_vanish_after_one_and_a_half(
    taken: int, share: float, warning: float
) -> None:
    card = played("both", ASKED_AT + taken).score()
    assert card.objective("share").teams["washington"].earned == share
    assert card.objective("warning").teams["washington"].earned == warning


def test_bad_effects_count_whenever_the_decision_is_taken_and_cost_no_more_for_being_late() -> None:
    card = played("confirm-first", ASKED_AT + WINDOW * 2).score()
    assert card.objective("share").teams["washington"].earned == -2


def test_nothing_decided_scores_its_own_effects_when_it_lapses() -> None:
    card = played(None).score()
    standing = card.objective("share").teams["washington"]
    assert (standing.earned, standing.score) == (-2, 0)
    entry = next(entry for entry in card.ledger if entry.objective == "share")
    assert entry.rule == "none"
    assert "nothing was decided" in entry.reason


def test_the_range_covers_options_timing_and_nothing() -> None:
    standing = played("both").score().objective("share").teams["washington"]
    assert (standing.best, standing.worst, standing.score) == (2, -2, 100)


def test_what_nothing_could_move_is_not_exercised_and_never_zero() -> None:
    card = played("both").score()
    assert card.objective("share").teams["seoul"].score is None
    assert card.objective("message").score is None
    assert to_data(card)["objectives"][1]["score"] is None


def test_across_teams_a_quarter_of_the_gap_is_taken_off_the_mean() -> None:
    game = played("both")
    game.grant("tokyo", c.Decide(decision="alert", option="quiet"), at=540)
    goal = game.score().objective("warning")
    scores = [goal.teams[team].score for team in ("washington", "tokyo")]
    assert scores == [100, 0]
    assert (goal.score, goal.gap) == (25, 100)


def test_overall_is_the_weighted_mean_of_what_was_exercised() -> None:
    game = played("both")
    game.grant("tokyo", c.Decide(decision="alert", option="quiet"), at=540)
    assert game.score().overall == pytest.approx((2 * 100 + 25) / 3)


def test_an_amended_decision_counts_once_as_it_stands() -> None:
    game = Game().start()
    game.grant("washington", c.Decide(decision="push-track", option="confirm-first"), at=310)
    game.grant("washington", c.Decide(decision="push-track", option="both"), at=320)
    card = game.score()
    assert card.objective("share").teams["washington"].earned == 2
    assert all(entry.points > 0 for entry in card.ledger)


def test_every_entry_names_its_evidence() -> None:
    game = played("both")
    for entry in game.score().ledger:
        kinds = [game.records[seq - 1].event.type for seq in entry.evidence]
        assert kinds == ["decision-presented", "decision-recorded"]


def test_an_adjustment_stands_beside_the_rules_value() -> None:
    game = played("confirm-first")
    adjust = c.Adjust(team="washington", objective="share", points=1, reason="It asked first")
    game.grant("facilitator", adjust)
    standing = game.score().objective("share").teams["washington"]
    assert (standing.rule_score, standing.score) == (0, 25)
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
    assert game.score().team_score("washington", "share") == 100
