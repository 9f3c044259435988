"""Contradictory warning: windows, areas and words."""

from __future__ import annotations

from typing import Any

import pytest

from tests.game import Game
from tests.rules.playing import begin, do, given, options

WARNING: dict[str, Any] = {
    "id": "x6",
    "measure": "contradictory-warning",
    "within": "10 min",
    "conflict": {"message": -1, "warning": -1},
}

EXAMPLES: list[dict[str, Any]] = [
    {"id": "x6", "measure": "contradictory-warning", "within": "10 min", "conflict": {"message": -1}}
]
"""What the property tests play with."""

SENTENCES: list[tuple[dict[str, Any], str]] = [
    (
        {"measure": "contradictory-warning", "within": "10 min", "conflict": {"message": -1}},
        "A team's latest advice to the public of an area differs from another's within 10 min: "
        "−1 on O4 to both, once a phase.",
    )
]


def advise(game: Game, team: str, at: int, says: str, area: str = "islands") -> None:
    do(game, team, at, do="state", text="Hear us", area=area, says=says)


@pytest.mark.parametrize(("later", "conflict"), [(600, True), (601, False)])
def test_contradictory_advice_counts_up_to_and_including_the_window(later: int, conflict: bool) -> None:
    game = begin(WARNING)
    advise(game, "tokyo", 10, "shelter")
    advise(game, "seoul", 10 + later, "all-clear")
    assert given(game, "x6") == ({"tokyo": -2, "seoul": -2} if conflict else {})


def test_the_same_advice_other_areas_and_ones_own_advice_do_not_contradict() -> None:
    game = begin(WARNING)
    advise(game, "tokyo", 10, "shelter")
    advise(game, "seoul", 20, "shelter")
    advise(game, "washington", 30, "all-clear", area="capital")
    advise(game, "tokyo", 700, "all-clear")
    assert given(game, "x6") == {}


def test_advice_in_a_teams_own_words_is_compared_as_the_scenario_would_write_it() -> None:
    """Such words once kept a whole log from being scored."""
    game = begin(WARNING)
    advise(game, "tokyo", 10, "Shelter", area="The  Islands")
    advise(game, "seoul", 20, "=1 all clear\u202e", area="the islands")
    advise(game, "washington", 30, "SHELTER", area="The-Islands")
    assert given(game, "x6") == {"tokyo": -2, "seoul": -2, "washington": -2}


def test_r3_a_correction_repeated_by_a_partner_contradicts_nobody() -> None:
    game = begin(WARNING)
    advise(game, "seoul", 10, "prepare-to-evacuate")
    advise(game, "washington", 20, "no-threat")
    assert given(game, "x6") == {"seoul": -2, "washington": -2}
    advise(game, "seoul", 130, "no-threat")
    assert given(game, "x6") == {}


def test_strategy_5_repeating_harmless_advice_adds_no_range() -> None:
    worst = []
    for times in (1, 20):
        game = begin(WARNING)
        for number in range(times):
            for team in ("tokyo", "seoul", "washington"):
                advise(game, team, 10 + 5 * number, "shelter")
        standing = game.score().objective("message").teams["tokyo"]
        worst.append((standing.worst, standing.tally.situations))
    assert worst[0] == worst[1] == (-1, 1)


def with_advice() -> Game:
    """A game in which Tokyo's options advise the public of the islands."""
    advice = {"advice": {"area": "islands", "says": "shelter"}}
    return begin(WARNING, decisions=options("alert", okinawa=advice)).pass_to(360)


@pytest.mark.parametrize("instead", [{"option": "quiet"}, {"words": "We wait"}])
def test_an_option_that_stands_no_more_contradicts_nobody(instead: dict[str, str]) -> None:
    game = with_advice()
    do(game, "tokyo", do="decide", decision="alert", option="okinawa")
    advise(game, "seoul", 370, "all-clear")
    assert given(game, "x6") == {"tokyo": -2, "seoul": -2}
    do(game, "tokyo", 380, do="decide", decision="alert", **instead)
    assert given(game, "x6") == {}


def test_an_amendment_leaves_other_contradictions_as_they_are() -> None:
    game = with_advice()
    do(game, "tokyo", do="decide", decision="alert", option="okinawa")
    for team, says in (("seoul", "all-clear"), ("washington", "shelter")):
        advise(game, team, 370, says)
    do(game, "tokyo", 380, do="decide", decision="alert", option="quiet")
    assert given(game, "x6") == {"seoul": -2, "washington": -2}


def test_words_judged_as_an_option_advise_nobody() -> None:
    game = with_advice()
    do(game, "tokyo", do="decide", decision="alert", words="We wait")
    advise(game, "seoul", 370, "all-clear")
    do(game, "facilitator", do="judge", decision="alert", team="tokyo", as_="okinawa")
    assert given(game, "x6") == {}
