"""Prompt sharing: windows, repeats, phase ends, the relay."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.playing import begin, do, given

PROMPT: dict[str, Any] = {
    "id": "prompt",
    "measure": "prompt-sharing",
    "prompt": {"share": 1},
    "never": {"share": -1},
    "tags": ["data"],
}

EXAMPLES: list[dict[str, Any]] = [
    {
        "id": "prompt",
        "measure": "prompt-sharing",
        "prompt": {"share": 1},
        "late": {"share": 0.5},
        "never": {"share": -1},
        "relay": {"through": "washington", "delay": "2 min"},
    }
]
"""What the property tests play with."""

SENTENCES: list[tuple[dict[str, Any], str]] = [
    (
        {
            "measure": "prompt-sharing",
            "tags": ["data"],
            "prompt": {"share": 0.5},
            "never": {"share": -0.5},
            "relay": {"through": "washington", "delay": "2 min"},
        },
        "For each card tagged data and each partner, from when its holder got it. Shared within the "
        "card's window: +0.5 on O1. Later or never: −0.5 on O1. A card between two other teams goes "
        "through Washington and counts as 2 min later.",
    )
]


@pytest.mark.parametrize(("after", "points"), [(0, 1), (120, 1), (121, -1), (181, -1)])
def test_a_partner_reached_in_its_window_counts_in_full(after: int, points: int) -> None:
    game = begin(PROMPT)
    do(game, "washington", 300 + after, do="share", card="track", with_=["tokyo"])
    assert given(game, "prompt").get("washington", 0) == points


def test_a_repeated_share_counts_as_the_first_one() -> None:
    game = begin(PROMPT)
    do(game, "washington", 310, do="share", card="track", with_=["tokyo"], sanitised=True)
    do(game, "washington", 500, do="share", card="track", with_=["tokyo"])
    assert given(game, "prompt") == {"washington": 1}


def test_a_partner_never_told_counts_at_the_phase_end_once_its_time_is_over() -> None:
    game = begin(PROMPT).pass_to(400)
    do(game, "facilitator", do="gate")
    assert given(game, "prompt") == {}
    do(game, "facilitator", do="phase")
    do(game, "facilitator", do="endex")
    assert given(game, "prompt") == {"washington": -2}


def test_the_relay_takes_its_time() -> None:
    relay = {"through": "tokyo", "delay": "2 min"}
    game = begin({**PROMPT, "relay": relay})
    do(game, "washington", 300, do="share", card="track", with_=["seoul"])
    do(game, "washington", 301, do="share", card="track", with_=["tokyo"])
    assert given(game, "prompt") == {"washington": 2}
    game = begin({**PROMPT, "relay": relay})
    do(game, "washington", 301, do="share", card="track", with_=["seoul"])
    assert given(game, "prompt") == {"washington": -1}
    assert game.score().objective("share").teams["washington"].worst == -1


def test_a_held_inject_hands_out_no_card_and_judges_nobody() -> None:
    game = begin(PROMPT)
    do(game, "facilitator", do="hold", inject="detection")
    game.pass_to(500)
    do(game, "facilitator", do="endex")
    assert game.score().objective("share").teams["washington"].score is None


def test_r2_a_card_that_a_relay_passes_on_in_time_was_told_in_time() -> None:
    game = begin({**PROMPT, "relay": {"through": "tokyo", "delay": "2 min"}})
    do(game, "washington", 310, do="share", card="track", with_=["tokyo"], onward=True)
    do(game, "tokyo", 340, do="share", card="track", with_=["seoul"])
    assert given(game, "prompt") == {"washington": 2}
