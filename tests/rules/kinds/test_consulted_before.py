"""Consulted before: either way round, once answered, once a phase."""

from __future__ import annotations

from typing import Any

from tests.game import Game
from tests.rules.playing import begin, do, given, of

CONSULTED: dict[str, Any] = {
    "id": "x2",
    "measure": "consulted-before",
    "done": {"message": 1},
    "undone": {"message": -1},
}

EXAMPLES: list[dict[str, Any]] = [CONSULTED]
"""What the property tests play with."""

SENTENCES: list[tuple[dict[str, Any], str]] = [
    (
        {"measure": "consulted-before", "done": {"message": 1}, "undone": {"message": -1}},
        "Judged when a team first speaks in public in a phase. It has consulted every partner in "
        "that phase before: +1 on O4. It has not: −1 on O4.",
    )
]


def consult(game: Game, by: str, *partners: str) -> None:
    do(game, by, do="consult", with_=list(partners), text="Before we speak?")


def test_speaking_before_consulting_every_partner_costs_a_point_once_a_phase() -> None:
    game = begin(CONSULTED)
    consult(game, "tokyo", "seoul", "washington")
    do(game, "seoul", do="answer", from_="tokyo", text="Yes")
    do(game, "tokyo", do="state", text="Hear us")
    do(game, "tokyo", do="state", text="Hear us again")
    assert given(game, "x2") == {"tokyo": -1}
    assert "Washington" in of(game, "x2")[0].reason


def test_a_consultation_counts_either_way_round_but_only_once_answered() -> None:
    game = begin(CONSULTED)
    consult(game, "seoul", "tokyo")
    consult(game, "washington", "tokyo")
    do(game, "tokyo", do="answer", from_="seoul", text="Yes")
    do(game, "tokyo", do="answer", from_="washington", text="Yes")
    do(game, "tokyo", do="state", text="Hear us")
    assert given(game, "x2") == {"tokyo": 1}
    assert len(of(game, "x2")[0].evidence) == 3


def test_an_option_that_implies_consulting_counts() -> None:
    game = begin(CONSULTED)
    do(game, "washington", 301, do="decide", decision="push-track", option="both")
    do(game, "washington", do="state", text="Hear us")
    assert given(game, "x2") == {"washington": 1}


def test_a_consultation_of_an_earlier_phase_does_not_count_in_the_next() -> None:
    game = begin(CONSULTED)
    do(game, "washington", 301, do="decide", decision="push-track", option="both")
    do(game, "facilitator", do="gate")
    do(game, "facilitator", do="phase")
    do(game, "washington", do="state", text="Hear us")
    assert given(game, "x2") == {"washington": -1}


def test_an_answer_after_the_public_act_comes_too_late() -> None:
    game = begin(CONSULTED)
    consult(game, "tokyo", "seoul", "washington")
    do(game, "tokyo", do="state", text="Hear us")
    do(game, "seoul", do="answer", from_="tokyo", text="Yes")
    do(game, "washington", do="answer", from_="tokyo", text="Yes")
    assert given(game, "x2") == {"tokyo": -1}


def test_r1_a_consultation_counts_in_the_phase_in_which_it_is_answered() -> None:
    game = begin(CONSULTED)
    consult(game, "washington", "tokyo", "seoul")
    do(game, "facilitator", do="gate")
    do(game, "facilitator", do="phase")
    do(game, "tokyo", do="answer", from_="washington", text="Yes")
    do(game, "seoul", do="answer", from_="washington", text="Yes")
    do(game, "washington", do="state", text="Hear us")
    assert given(game, "x2") == {"washington": 1}
