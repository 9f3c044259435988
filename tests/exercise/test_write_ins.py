"""Decisions in a team's own words, and control's judgement of them."""

from __future__ import annotations

from typing import Any

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.apply import fold
from tabletop.exercise.conditions import compile_condition
from tabletop.exercise.narration import names_in, narrate
from tabletop.exercise.refusal import Refusal
from tabletop.exercise.view import view
from tabletop.scenario import conditions as when
from tests.builders import TEAMS, tiny_scenario
from tests.game import Game

FACILITATOR = "facilitator"
ASKED_AT = 360
WORDS = "Sirens on the islands under the path, and nowhere else"


@pytest.fixture
def game() -> Game:
    return Game().start().pass_to(ASKED_AT)


def write(words: str = WORDS) -> c.Decide:
    return c.Decide(decision="alert", words=words)


def judge(**how: Any) -> c.Judge:
    return c.Judge.model_validate({"decision": "alert", "team": "tokyo", **how})


def holds(game: Game, condition: when.Condition) -> bool:
    return compile_condition(condition, game.state.script.scenario)(game.state, game.now)


def refused(game: Game, command: c.Command) -> str:
    answer = game.do(FACILITATOR, command)
    assert isinstance(answer, Refusal)
    return answer.message


def test_a_team_answers_in_its_own_words_and_may_change_them_in_its_window(game: Game) -> None:
    [written] = game.grant("tokyo", write())
    assert isinstance(written, e.AnswerWritten)
    assert (written.text, written.amended, written.late) == (WORDS, False, False)
    assert not game.state.decisions["alert", "tokyo"].open
    assert game.state.to_judge == [("alert", "tokyo")]
    assert game.refuse("tokyo", write()) == "nothing-to-do"
    [again] = game.grant("tokyo", write("No sirens yet"))
    assert isinstance(again, e.AnswerWritten)
    assert again.amended
    game.grant("tokyo", c.Decide(decision="alert", option="quiet"))
    assert game.state.to_judge == []
    assert fold(game.records) == game.state


def test_a_decision_without_write_in_takes_options_only() -> None:
    scenario = tiny_scenario()
    alert = scenario.decisions["alert"].model_copy(update={"write_in": False})
    scenario = scenario.model_copy(update={"decisions": {**scenario.decisions, "alert": alert}})
    game = Game(scenario).start().pass_to(ASKED_AT)
    answer = game.do("tokyo", write())
    assert isinstance(answer, Refusal)
    assert answer.message == "D2 takes one of its options, and no answer in your own words"


@pytest.mark.parametrize("fields", [{}, {"option": "quiet", "words": "Both"}, {"words": "  "}])
def test_a_decision_names_an_option_or_has_words_and_not_both(fields: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="own 'words'"):
        c.Decide.model_validate({"decision": "alert", **fields})


def test_decided_holds_at_once_and_chose_only_for_the_option_it_is_judged_to_be(game: Game) -> None:
    decided = when.Decided(decided=("alert",))
    chose = when.Chose.model_validate({"chose": {"alert": ["okinawa"]}})
    none = when.Chose.model_validate({"chose": {"alert": ["none"]}})
    game.grant("tokyo", write())
    assert (holds(game, decided), holds(game, chose), holds(game, none)) == (True, False, False)
    game.grant(FACILITATOR, judge(**{"as": "okinawa"}))
    assert (holds(game, decided), holds(game, chose)) == (True, True)
    game.grant(FACILITATOR, judge(bad={"warning": "Half the path hears nothing"}))
    assert (holds(game, decided), holds(game, chose)) == (True, False)


def test_the_team_sees_that_it_was_recorded_and_never_how_it_was_judged(game: Game) -> None:
    [written] = game.grant("tokyo", write())
    judged, credited = game.grant(
        FACILITATOR, judge(good={"warning": "All under the path hear it"}, capital=-1)
    )
    assert view(written, "tokyo", TEAMS) == written
    assert all(view(written, seat, TEAMS) is None for seat in ("seoul", "washington", c.WALL))
    assert all(view(judged, seat, TEAMS) is None for seat in (*TEAMS, c.WALL))
    assert view(judged, "observer") == judged
    assert isinstance(credited, e.CapitalCredited)
    assert view(credited, "tokyo", TEAMS) == credited
    assert (credited.points, credited.reason) == (-1, "D2, in its own words")


def test_it_costs_what_control_says_and_a_judgement_anew_takes_the_place_of_the_first(game: Game) -> None:
    start = game.state.accounts["tokyo"].capital
    game.grant("tokyo", write())
    assert game.state.accounts["tokyo"].capital == start
    game.grant(FACILITATOR, judge(**{"as": "nationwide"}, capital=-2))
    assert game.state.accounts["tokyo"].capital == start - 2
    [judged, _] = game.grant(FACILITATOR, judge(**{"as": "okinawa"}, capital=-1))
    assert isinstance(judged, e.AnswerJudged)
    assert judged.again
    assert game.state.accounts["tokyo"].capital == start - 1
    game.grant("tokyo", c.Decide(decision="alert", option="okinawa"))
    known = game.state.script.scenario.decisions["alert"].options["okinawa"]
    assert game.state.accounts["tokyo"].capital == start + known.capital
    assert fold(game.records) == game.state


def test_words_that_use_up_the_capital_bring_the_backlash(game: Game) -> None:
    game.grant("tokyo", write())
    events = game.grant(FACILITATOR, judge(**{"as": "nationwide"}, capital=-6))
    assert [event.type for event in events][:3] == [
        "answer-judged",
        "capital-credited",
        "backlash-triggered",
    ]


def test_it_can_be_judged_after_endex(game: Game) -> None:
    game.grant("tokyo", write())
    game.grant(FACILITATOR, c.Endex())
    game.grant(FACILITATOR, judge(neither={"warning": "It came in time for nobody"}))
    assert game.state.to_judge == []


def test_judgements_that_make_no_sense_are_refused_in_words(game: Game) -> None:
    assert refused(game, judge(**{"as": "quiet"})) == "Tokyo has not decided D2: there is nothing to judge"
    game.grant("tokyo", c.Decide(decision="alert", option="quiet"))
    assert refused(game, judge(**{"as": "quiet"})) == (
        "Tokyo took an option of D2: only an answer in its own words is judged"
    )
    game.grant("tokyo", write())
    assert refused(game, judge(**{"as": "okinaw"})) == "D2 has no option 'okinaw': did you mean 'okinawa'?"
    one = "judge it as an option, or objective by objective: one of the two"
    assert refused(game, judge()) == one
    assert refused(game, judge(**{"as": "quiet"}, good={"warning": "They hear it"})) == one
    assert refused(game, judge(good={"warnin": "They hear it"})) == (
        "there is no objective 'warnin': did you mean 'warning'?"
    )
    assert (
        refused(game, judge(good={"warning": " "})) == "the mark on O5 has no reason: say why in a few words"
    )
    assert refused(game, judge(good={"warning": "a"}, bad={"warning": "b"})) == (
        "O5 is marked twice: give it one mark"
    )
    assert (
        refused(game, judge(bad={"warning": "word " * 13}))
        == "the reason for O5 has 13 words: use at most 12"
    )
    assert refused(game, judge(decision="alrt", **{"as": "quiet"})) == (
        "there is no decision 'alrt': did you mean 'alert'?"
    )
    assert refused(game, judge(team="tokio", **{"as": "quiet"})) == (
        "there is no team 'tokio': did you mean 'tokyo'?"
    )
    assert game.refuse("tokyo", judge(**{"as": "quiet"})) == "wrong-seat"
    assert game.refuse("evaluator", judge(**{"as": "quiet"})) == "wrong-seat"


def test_the_log_says_what_was_written_and_how_it_was_judged(game: Game) -> None:
    names = names_in(game.state.script.scenario)
    [written] = game.grant("tokyo", write())
    assert narrate(written, names) == f"Tokyo decided D2 in its own words: {WORDS}"
    [judged] = game.grant(FACILITATOR, judge(good={"warning": "All under the path hear it"}))
    assert narrate(judged, names).startswith("Exercise control judged Tokyo's own words on D2: + ")
    assert narrate(judged, names).endswith("All under the path hear it")
    [again] = game.grant(FACILITATOR, judge(**{"as": "okinawa"}))
    assert narrate(again, names).startswith(
        "Exercise control judged Tokyo's own words on D2 again as an option: okinawa"
    )


def test_without_domestic_capital_a_judgement_charges_none() -> None:
    game = Game(tiny_scenario(score={"capital": False})).start().pass_to(ASKED_AT)
    game.grant("tokyo", write())
    assert refused(game, judge(**{"as": "quiet"}, capital=-1)) == (
        "no team has domestic capital in this exercise: leave it at 0"
    )


def test_the_same_judgement_twice_is_recorded_once(game: Game) -> None:
    game.grant("tokyo", write())
    good = {"good": {"warning": "The right islands"}, "capital": -1}
    for how in ({"as": "okinawa"}, {"as": "okinawa", "capital": -1}, good):
        game.grant(FACILITATOR, judge(**how))
        assert game.refuse(FACILITATOR, judge(**how)) == "nothing-to-do"
    game.grant("tokyo", write("No sirens yet"))
    game.grant(FACILITATOR, judge(**good))
