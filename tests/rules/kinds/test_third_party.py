"""Third party: leave to pass a card on."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.playing import begin, do, given

THIRD: dict[str, Any] = {"id": "x5", "measure": "third-party", "broken": {"share": -1, "warning": -2}}

EXAMPLES: list[dict[str, Any]] = [THIRD]
"""What the property tests play with."""

SENTENCES: list[tuple[dict[str, Any], str]] = [
    (
        {"measure": "third-party", "broken": {"share": -1, "warning": -2}},
        "Another team's card passed on without its leave: −1 on O1 and −2 on O5, once a card and team.",
    )
]


@pytest.mark.parametrize("leave", ["none", "when sharing", "granted"])
def test_passing_on_a_partners_card_needs_its_leave(leave: str) -> None:
    game = begin(THIRD)
    onward = leave == "when sharing"
    do(game, "washington", 301, do="share", card="track", with_=["tokyo"], onward=onward)
    if leave == "granted":
        do(game, "washington", 302, do="grant", card="track", to=["tokyo"])
    do(game, "tokyo", 303, do="share", card="track", with_=["seoul"])
    assert given(game, "x5") == ({"tokyo": -2} if leave == "none" else {})


def test_giving_a_card_back_to_its_owner_passes_nothing_on() -> None:
    game = begin(THIRD)
    do(game, "washington", 301, do="share", card="track", with_=["tokyo"])
    do(game, "tokyo", 302, do="share", card="track", with_=["washington"])
    assert given(game, "x5") == {}


def test_strategy_7_circulating_a_card_with_leave_adds_no_range() -> None:
    worst = []
    for again in (False, True):
        game = begin(THIRD)
        do(game, "washington", 301, do="share", card="track", with_=["tokyo"], onward=True)
        do(game, "tokyo", 302, do="share", card="track", with_=["seoul"], sanitised=True)
        if again:
            do(game, "tokyo", 303, do="share", card="track", with_=["seoul"])
        tallies = [goal.teams["tokyo"].tally for goal in game.score().objectives]
        worst.append([tally.situations for tally in tallies])
    assert worst[0] == worst[1]
