"""Gave as got: judged when a phase ends, for who had something to give."""

from __future__ import annotations

from typing import Any

from tests.rules.playing import begin, do, given, of, track

GAVE: dict[str, Any] = {"id": "gave", "measure": "gave-as-got", "good": ["message"], "bad": ["message"]}

EXAMPLES: list[dict[str, Any]] = [GAVE]
"""What the property tests play with."""

SENTENCES: list[tuple[dict[str, Any], str]] = [
    (
        {"measure": "gave-as-got", "good": "message", "bad": "message"},
        "Judged at the end of each phase for each team with a card of its own that a partner lacked. It gave "
        "at least one: +1 on O4. It got one and gave none: −1 on O4.",
    )
]


def test_v3_giving_is_good_and_taking_alone_is_bad() -> None:
    game = begin(GAVE).pass_to(361)
    do(game, "washington", do="share", card="track", with_=["tokyo", "seoul"])
    do(game, "facilitator", do="gate")
    assert given(game, "gave") == {"washington": 1, "seoul": -1}, "Tokyo had nothing to give"
    assert "gave zero cards" not in of(game, "gave")[0].reason
    do(game, "facilitator", do="phase")
    do(game, "facilitator", do="endex")
    assert given(game, "gave") == {"washington": 1, "seoul": -1}, "all of it is given: nothing to judge"


def test_r4_a_card_handed_back_counts_for_nobody() -> None:
    game = begin(GAVE).pass_to(361)
    do(game, "washington", do="share", card="track", with_=["seoul"], onward=True)
    do(game, "seoul", do="share", card="track", with_=["washington"])
    do(game, "facilitator", do="gate")
    assert given(game, "gave") == {"washington": 1, "seoul": -1}


def test_giving_the_same_again_in_the_next_phase_is_not_giving() -> None:
    game = begin(GAVE)
    do(game, "washington", 301, do="share", card="track", with_=["tokyo"], sanitised=True)
    do(game, "facilitator", do="gate")
    do(game, "facilitator", do="phase")
    do(game, "washington", do="share", card="track", with_=["tokyo"])
    do(game, "facilitator", do="endex")
    assert given(game, "gave") == {"washington": 1}


def test_what_passes_by_a_standing_rule_is_nobodys_deed() -> None:
    game = begin(GAVE, timeline=track(passes=[{"to": ["tokyo", "seoul"]}])).pass_to(361)
    do(game, "facilitator", do="gate")
    assert given(game, "gave") == {}


def test_s2_1_who_holds_no_card_of_its_own_pays_nothing_for_not_giving() -> None:
    game = begin(GAVE)
    do(game, "washington", 301, do="share", card="track", with_=["tokyo"])
    do(game, "facilitator", do="gate")
    do(game, "facilitator", do="phase")
    do(game, "facilitator", do="endex")
    assert given(game, "gave") == {"washington": 1}
    assert game.score().objective("message").teams["tokyo"].score is None


def test_what_was_given_to_every_partner_cannot_be_kept_back() -> None:
    game = begin(GAVE)
    do(game, "washington", 301, do="share", card="track", with_=["tokyo", "seoul"])
    do(game, "facilitator", do="gate")
    do(game, "facilitator", do="phase")
    do(game, "seoul", do="share", card="flash", with_=["washington"])
    do(game, "facilitator", do="endex")
    assert given(game, "gave")["washington"] == 1
