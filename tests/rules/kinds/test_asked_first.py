"""Asked first: every partner asked and answered before the first public word of a phase."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import tiny_scenario
from tests.game import Game
from tests.rules.playing import begin, do, given, of, second_phase

ASKED: dict[str, Any] = {"id": "asked", "measure": "asked-first", "good": ["message"], "bad": ["message"]}

EXAMPLES: list[dict[str, Any]] = [ASKED]
"""What the property tests play with."""

SENTENCES: list[tuple[dict[str, Any], str]] = [
    (
        {"measure": "asked-first", "good": "message", "bad": "message"},
        "Judged when a team first speaks in public in a phase: by a statement, or by an option that is said "
        "in public, puts a label on what happened or advises the public. With every partner, a question of "
        "either side had been answered in that phase before: +1 on O4. With one it had not: −1 on O4.",
    )
]


def consult(game: Game, by: str, *partners: str) -> None:
    do(game, by, do="consult", with_=list(partners), text="Before we speak?")


def test_speaking_before_consulting_every_partner_costs_a_point_once_a_phase() -> None:
    game = begin(ASKED)
    consult(game, "tokyo", "seoul", "washington")
    do(game, "seoul", do="answer", from_="tokyo", text="Yes")
    do(game, "tokyo", do="state", text="Hear us")
    do(game, "tokyo", do="state", text="Hear us again")
    assert given(game, "asked") == {"tokyo": -1}
    assert "Washington" in of(game, "asked")[0].reason


def test_a_consultation_counts_either_way_round_but_only_once_answered() -> None:
    game = begin(ASKED)
    consult(game, "seoul", "tokyo")
    consult(game, "washington", "tokyo")
    do(game, "tokyo", do="answer", from_="seoul", text="Yes")
    do(game, "tokyo", do="answer", from_="washington", text="Yes")
    do(game, "tokyo", do="state", text="Hear us")
    assert given(game, "asked") == {"tokyo": 1}
    assert len(of(game, "asked")[0].evidence) == 5, "two requests, two answers, the statement"


def test_an_option_that_implies_consulting_counts() -> None:
    game = begin(ASKED)
    do(game, "washington", 301, do="decide", decision="push-track", option="both")
    do(game, "washington", do="state", text="Hear us")
    assert given(game, "asked") == {"washington": 1}


def test_a_consultation_of_an_earlier_phase_does_not_count_in_the_next() -> None:
    game = begin(ASKED)
    do(game, "washington", 301, do="decide", decision="push-track", option="both")
    do(game, "facilitator", do="gate")
    do(game, "facilitator", do="phase")
    do(game, "washington", do="state", text="Hear us")
    assert given(game, "asked") == {"washington": -1}


def test_an_answer_after_the_public_act_comes_too_late() -> None:
    game = begin(ASKED)
    consult(game, "tokyo", "seoul", "washington")
    do(game, "tokyo", do="state", text="Hear us")
    do(game, "seoul", do="answer", from_="tokyo", text="Yes")
    do(game, "washington", do="answer", from_="tokyo", text="Yes")
    assert given(game, "asked") == {"tokyo": -1}


def test_r1_a_consultation_counts_in_the_phase_in_which_it_is_answered() -> None:
    game = begin(ASKED)
    consult(game, "washington", "tokyo", "seoul")
    do(game, "facilitator", do="gate")
    do(game, "facilitator", do="phase")
    do(game, "tokyo", do="answer", from_="washington", text="Yes")
    do(game, "seoul", do="answer", from_="washington", text="Yes")
    do(game, "washington", do="state", text="Hear us")
    assert given(game, "asked") == {"washington": 1}


def test_r1_what_counts_is_the_answer() -> None:
    game = begin(ASKED)
    do(game, "washington", do="consult", with_=["tokyo", "seoul"], text="Before we speak?")
    do(game, "tokyo", do="answer", from_="washington", text="Yes")
    do(game, "seoul", do="answer", from_="washington", text="Yes")
    do(game, "washington", do="state", text="Hear us")
    assert given(game, "asked") == {"washington": 1}
    [entry] = of(game, "asked")
    assert entry.reason == (
        "Every partner had been heard before the first public word (Tokyo and Seoul were asked “Before we "
        "speak?” at T+0 and answered at T+0; its first words in public in this phase came after)"
    )


def test_asking_without_an_answer_is_not_enough_and_only_the_first_word_counts() -> None:
    game = begin(ASKED)
    do(game, "tokyo", do="consult", with_=["seoul", "washington"], text="Before we speak?")
    do(game, "seoul", do="answer", from_="tokyo", text="Yes")
    do(game, "tokyo", do="state", text="Hear us")
    do(game, "tokyo", do="state", text="Hear us again")
    assert given(game, "asked") == {"tokyo": -1}
    assert "before a question between it and Washington was answered" in of(game, "asked")[0].reason


def test_who_says_nothing_in_public_is_not_judged() -> None:
    game = begin(ASKED)
    do(game, "facilitator", do="gate")
    assert all(team.score is None for team in game.score().objective("message").teams.values())


def test_each_partner_s_request_and_answer_are_told_with_their_times() -> None:
    game = begin(ASKED)
    do(game, "tokyo", 60, do="consult", with_=["seoul"], text="Before we speak?")
    do(game, "seoul", 80, do="answer", from_="tokyo", text="Yes")
    do(game, "washington", 90, do="consult", with_=["tokyo"], text="Will you speak?")
    do(game, "tokyo", 100, do="answer", from_="washington", text="Soon")
    do(game, "seoul", 110, do="consult", with_=["tokyo"], text="And the weather?")
    do(game, "tokyo", 115, do="answer", from_="seoul", text="Fine")
    do(game, "tokyo", 120, do="state", text="Hear us")
    [entry] = of(game, "asked")
    kinds = [game.records[seq - 1].event.type for seq in entry.evidence]
    assert kinds == ["consult-requested", "consult-answered"] * 2 + ["statement-made"]
    assert entry.facts == (
        "Washington asked “Will you speak?” at T+1:30 and was answered at T+1:40; Seoul asked “And the "
        "weather?” at T+1:50 and was answered at T+1:55; its first words in public in this phase came after"
    )


def advising(**option: Any) -> Game:
    """Begin a game in which an option of Tokyo's advises the public, with more keys of that option."""
    decisions = tiny_scenario().model_dump(mode="json")["decisions"]
    advice = {"area": "islands", "says": "shelter"}
    decisions["alert"]["options"]["okinawa"] |= {"public": False, "advice": advice, **option}
    return begin(ASKED, decisions=decisions)


def test_advice_to_the_public_is_a_public_word_though_the_option_is_no_statement() -> None:
    game = advising()
    do(game, "tokyo", 400, do="decide", decision="alert", option="okinawa")
    assert given(game, "asked") == {"tokyo": -1}
    [entry] = of(game, "asked")
    assert [game.records[seq - 1].event.type for seq in entry.evidence] == ["decision-recorded"]
    assert "with D2" in entry.facts


def test_asking_that_is_part_of_the_advice_came_before_it() -> None:
    game = advising(consults=["washington", "seoul"])
    do(game, "tokyo", 400, do="decide", decision="alert", option="okinawa")
    assert given(game, "asked") == {"tokyo": 1}
    [entry] = of(game, "asked")
    assert entry.facts.startswith("Washington and Seoul were asked as part of D2 at T+6:40; ")


def test_advice_that_is_amended_before_anybody_could_act_on_it_was_never_said() -> None:
    game = advising()
    do(game, "tokyo", 400, do="decide", decision="alert", option="okinawa")
    do(game, "tokyo", 410, do="decide", decision="alert", option="quiet")
    assert given(game, "asked") == {}
    consult(game, "tokyo", "seoul", "washington")
    do(game, "seoul", do="answer", from_="tokyo", text="Yes")
    do(game, "washington", do="answer", from_="tokyo", text="Yes")
    do(game, "tokyo", do="state", text="Hear us")
    assert given(game, "asked") == {"tokyo": 1}


@pytest.mark.parametrize("consults", [None, ["washington", "seoul"]])
def test_another_reason_for_the_same_advice_says_nothing_anew(consults: list[str] | None) -> None:
    game = advising(consults=consults)
    do(game, "tokyo", 400, do="decide", decision="alert", option="okinawa", rationale="Now")
    before = of(game, "asked")
    assert before
    consult(game, "tokyo", "seoul", "washington")
    do(game, "seoul", do="answer", from_="tokyo", text="Yes")
    do(game, "washington", do="answer", from_="tokyo", text="Yes")
    do(game, "tokyo", 410, do="decide", decision="alert", option="okinawa", rationale="Before it falls")
    assert of(game, "asked") == before


def test_a_public_option_is_judged_once_with_its_label() -> None:
    game = second_phase(begin(ASKED))
    do(game, "seoul", do="decide", decision="name-it", option="missile")
    do(game, "seoul", do="state", text="Hear us")
    assert given(game, "asked") == {"seoul": -1, "tokyo": -1}


def test_the_question_about_what_is_said_is_cited_before_others() -> None:
    game = second_phase(begin(ASKED))
    for about, text in ((None, "And the weather?"), ("name-it", "Which word?"), (None, "And lunch?")):
        fields: dict[str, Any] = {"about": about} if about else {}
        do(game, "seoul", do="consult", with_=["tokyo", "washington"], text=text, **fields)
        do(game, "tokyo", do="answer", from_="seoul", text="Yes")
        do(game, "washington", do="answer", from_="seoul", text="Yes")
    do(game, "seoul", do="decide", decision="name-it", option="missile")
    [entry] = [one for one in of(game, "asked") if one.team == "seoul"]
    assert "“Which word?”" in entry.facts
    assert "weather" not in entry.facts
