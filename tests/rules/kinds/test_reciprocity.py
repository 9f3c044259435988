"""Reciprocity: give and take counted by phase."""

from __future__ import annotations

from typing import Any

from tests.rules.playing import begin, do, given

RECIPROCITY: dict[str, Any] = {
    "id": "x3",
    "measure": "reciprocity",
    "balanced": {"message": 1},
    "hoarded": {"message": -2},
    "received": 1,
}

EXAMPLES: list[dict[str, Any]] = [RECIPROCITY]
"""What the property tests play with."""

SENTENCES: list[tuple[dict[str, Any], str]] = [
    (
        {"measure": "reciprocity", "balanced": {"share": 1}, "hoarded": {"share": -2}},
        "Judged at the end of each phase for each team that gave a card of its own, or could have. It gave "
        "at least one: +1 on O1. It received one and gave none: −2 on O1.",
    )
]


def test_v3_who_gives_is_paid_and_who_takes_and_keeps_its_own_is_not() -> None:
    game = begin(RECIPROCITY).pass_to(361)
    do(game, "washington", do="share", card="track", with_=["tokyo", "seoul"])
    assert given(game, "x3") == {}
    do(game, "facilitator", do="gate")
    assert given(game, "x3") == {"washington": 1, "seoul": -1}


def test_s2_1_who_holds_no_card_of_its_own_pays_nothing_for_not_giving() -> None:
    game = begin(RECIPROCITY)
    do(game, "washington", 301, do="share", card="track", with_=["tokyo"])
    do(game, "facilitator", do="gate")
    do(game, "facilitator", do="phase")
    do(game, "facilitator", do="endex")
    assert given(game, "x3") == {"washington": 1}
    assert game.score().objective("message").teams["tokyo"].score is None


def test_what_was_given_to_every_partner_cannot_be_kept_back() -> None:
    game = begin(RECIPROCITY)
    do(game, "washington", 301, do="share", card="track", with_=["tokyo", "seoul"])
    do(game, "facilitator", do="gate")
    do(game, "facilitator", do="phase")
    do(game, "seoul", do="share", card="flash", with_=["washington"])
    do(game, "facilitator", do="endex")
    assert given(game, "x3")["washington"] == 1
