"""Told in time: every partner has a card within its window, from anybody."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.playing import begin, do, given, of, options, track

TOLD: dict[str, Any] = {
    "id": "told",
    "measure": "told-in-time",
    "good": ["message"],
    "bad": ["message"],
    "tags": ["data"],
}
RELAYED = {**TOLD, "relay": {"through": "washington", "delay": "2 min"}}

EXAMPLES: list[dict[str, Any]] = [RELAYED]
"""What the property tests play with."""

SENTENCES: list[tuple[dict[str, Any], str]] = [
    (
        {
            "measure": "told-in-time",
            "good": "share",
            "bad": "share",
            "relay": {"through": "washington", "delay": "2 min"},
        },
        "For each card tagged track or status or sign, once for its holder. Every partner has it within its "
        "window: +1 on O1. One has not got it when the phase ends: −1 on O1. Between two other teams it goes "
        "through Washington and counts as 2 min later.",
    )
]


def share(game: Any, by: str, at: int, *partners: str, **fields: Any) -> None:  # noqa: ANN401
    do(game, by, at, do="share", card="track", with_=list(partners), **fields)


def test_both_partners_within_the_window() -> None:
    game = begin(TOLD)
    share(game, "washington", 310, "tokyo")
    assert given(game, "told") == {}
    share(game, "washington", 420, "seoul")
    assert given(game, "told") == {"washington": 1}
    assert of(game, "told")[0].reason == (
        "Every partner had it while it was of use (“First track” reached Tokyo 10 s and Seoul 2 min "
        "after its holder knew; its window was 2 min)"
    )


def test_late_is_no_mark_and_never_is_bad() -> None:
    game = begin(TOLD)
    share(game, "washington", 310, "tokyo")
    share(game, "washington", 421, "seoul")
    do(game, "facilitator", do="gate")
    assert given(game, "told") == {}
    [found] = [one for one in game.score().situations if one.key[0] == "told"]
    assert found.unmarked.endswith("its window was 2 min, and Seoul got it too late")
    standing = game.score().objective("message").teams["washington"]
    assert (standing.best, standing.worst) == (1, -1)
    silent = begin(TOLD).pass_to(500)
    do(silent, "facilitator", do="gate")
    assert given(silent, "told") == {"washington": -1}
    assert "Tokyo and Seoul had not got “First track”" in of(silent, "told")[0].reason


def test_r2_a_partner_that_passes_it_on_tells_too() -> None:
    game = begin(TOLD)
    share(game, "washington", 310, "tokyo", onward=True)
    share(game, "tokyo", 330, "seoul")
    assert given(game, "told") == {"washington": 1}


def test_a_standing_rule_tells() -> None:
    game = begin(TOLD, timeline=track(passes=[{"to": ["tokyo", "seoul"]}])).pass_to(301)
    assert given(game, "told") == {"washington": 1}


@pytest.mark.parametrize(("at", "points"), [(300, {"seoul": 1}), (301, {})])
def test_a_relay_takes_its_time(at: int, points: dict[str, float]) -> None:
    timeline = track()
    timeline[1]["inject"]["card"]["holder"] = "seoul"
    timeline[1]["inject"]["to"] = ["seoul"]
    timeline[1]["decisions"] = []
    game = begin(RELAYED, timeline=timeline, decisions=options("push-track"))
    share(game, "seoul", at, "tokyo", "washington")
    assert given(game, "told") == points


def test_who_could_not_tell_in_time_is_not_blamed() -> None:
    game = begin(TOLD).pass_to(330)
    do(game, "facilitator", do="endex")
    assert given(game, "told") == {}, "the window was open at ENDEX"
    assert game.score().objective("message").teams["washington"].score is None


def test_v2_a_card_that_never_came_costs_nobody() -> None:
    game = begin(TOLD)
    do(game, "facilitator", 100, do="skip", inject="detection")
    game.pass_to(900)
    do(game, "facilitator", do="endex")
    assert given(game, "told") == {}


@pytest.mark.parametrize(("at", "late"), [(310, False), (421, True)])
def test_where_in_time_gives_no_mark_the_card_is_not_called_late(at: int, late: bool) -> None:
    game = begin({**TOLD, "good": []})
    share(game, "washington", at, "tokyo", "seoul")
    [found] = [one for one in game.score().situations if one.key[0] == "told"]
    assert ("too late" in found.unmarked) is late
