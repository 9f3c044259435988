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
        "Judged for each team at the end of each phase. Cards shared and cards received differ by at "
        "most 1: +1 on O1. 3 or more received and none shared: −2 on O1.",
    )
]


def test_give_and_take_within_one_is_balanced_at_the_end_of_the_phase() -> None:
    game = begin(RECIPROCITY)
    do(game, "washington", 301, do="share", card="track", with_=["tokyo", "seoul"])
    do(game, "seoul", 361, do="share", card="flash", with_=["washington"])
    assert given(game, "x3") == {}
    do(game, "facilitator", do="gate")
    assert given(game, "x3") == {"washington": 1, "seoul": 1, "tokyo": -1}


def test_the_same_card_from_two_partners_is_received_once() -> None:
    game = begin({**RECIPROCITY, "received": 2})
    do(game, "washington", 301, do="share", card="track", with_=["tokyo", "seoul"])
    do(game, "seoul", 302, do="share", card="track", with_=["tokyo"])
    do(game, "facilitator", do="gate")
    assert given(game, "x3") == {"washington": 1, "seoul": 1, "tokyo": 1}


def test_each_phase_counts_anew() -> None:
    game = begin(RECIPROCITY)
    do(game, "washington", 301, do="share", card="track", with_=["tokyo"])
    do(game, "facilitator", do="gate")
    do(game, "facilitator", do="phase")
    do(game, "facilitator", do="endex")
    assert given(game, "x3") == {"washington": 1, "tokyo": -1}
