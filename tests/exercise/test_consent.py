"""The rules and objectives shown before play, and each team's initials under them."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.consent import consent_data, consent_sentence
from tabletop.exercise.describe import describe
from tabletop.exercise.description import Reader
from tabletop.exercise.view import view
from tests.builders import tiny_scenario
from tests.game import Game

TEAMS = ("washington", "tokyo", "seoul")


@pytest.fixture
def game() -> Game:
    game = Game()
    game.grant("facilitator", c.ShowRules())
    return game


def shown(game: Game) -> e.RulesShown:
    [event] = game.events(e.RulesShown)
    assert isinstance(event, e.RulesShown)
    return event


def test_everybody_sees_the_rules_and_whose_initials_stand(game: Game) -> None:
    game.grant("tokyo", c.Initial(name="KN"))
    for record in game.records[1:]:
        for seat in (*TEAMS, "wall", "facilitator", "evaluator", "observer"):
            assert view(record.event, seat, TEAMS) == record.event


def test_the_same_initials_twice_are_recorded_once(game: Game) -> None:
    game.grant("tokyo", c.Initial(name="KN"))
    assert game.refuse("tokyo", c.Initial(name="KN")) == "nothing-to-do"
    game.grant("seoul", c.Initial(name="KN"))
    game.grant("tokyo", c.Initial(name="JH"))


def test_no_mark_no_inject_and_no_decision_is_shown(game: Game) -> None:
    scenario, said = game.state.script.scenario, shown(game).model_dump_json()
    assert all(goal.title in said for goal in scenario.objectives.values())
    for entry in scenario.timeline:
        assert entry.inject.title not in said
        assert entry.id not in said
    for name, decision in scenario.decisions.items():
        assert name not in said
        assert decision.title not in said
        assert all(option.text not in said for option in decision.options.values())


def test_a_rule_that_names_what_will_come_is_not_shown() -> None:
    rules = [
        {"id": "leak-warned", "measure": "bonus", "when": {"released": "leak"}, "points": {}},
        {"id": "alert-alike", "measure": "joint-choice", "decisions": ["alert"], "joint": {"share": 1}},
        {"id": "ask-first", "title": "Ask before you speak", "measure": "consulted-before"},
    ]
    game = Game(tiny_scenario(rules=rules))
    game.grant("facilitator", c.ShowRules())
    assert shown(game).rules == ("Ask before you speak",)


def test_initials_carry_the_hash_of_the_content_and_are_replaced_by_new_ones(game: Game) -> None:
    game.grant("tokyo", c.Initial(name="KN"))
    game.grant("tokyo", c.Initial(name="Mori"))
    [first, second] = game.events(e.RulesInitialled)
    assert isinstance(first, e.RulesInitialled)
    assert first.hash == shown(game).hash == game.state.script.scenario.content_hash
    assert game.state.consent is not None
    assert game.state.consent.initials["tokyo"].name == "Mori"
    assert game.state.not_initialled == ("washington", "seoul")
    assert "initialled the rules and objectives as “Mori”" in describe(second, Reader()).sentence


def test_startex_needs_no_initials_and_says_whose_are_missing(game: Game) -> None:
    game.grant("tokyo", c.Initial(name="KN"))
    [started, *_] = game.grant("facilitator", c.Startex())
    assert isinstance(started, e.ExerciseStarted)
    assert started.not_initialled == ("washington", "seoul")
    assert describe(started, Reader()).sentence.endswith("without the initials of washington and seoul")


def test_startex_says_nothing_where_nothing_was_shown() -> None:
    [started, *_] = Game().grant("facilitator", c.Startex())
    assert "not_initialled" not in started.model_dump()


def test_only_the_facilitator_shows_them_once_and_before_startex(game: Game) -> None:
    assert game.refuse("facilitator", c.ShowRules()) == "nothing-to-do"
    assert game.refuse("tokyo", c.ShowRules()) == "wrong-seat"
    assert Game().start().refuse("facilitator", c.ShowRules()) == "wrong-stage"


def test_what_was_not_shown_is_not_initialled() -> None:
    game = Game()
    assert game.refuse("tokyo", c.Initial(name="KN")) == "not-shown"
    assert game.refuse("facilitator", c.Initial(name="KN")) == "wrong-seat"


def test_people_who_came_later_initial_during_play(game: Game) -> None:
    game.grant("tokyo", c.Initial(name="KN"))
    game.start().grant("tokyo", c.Initial(name="Mori"), at=300)
    words = consent_sentence(game.state)
    assert words.startswith(
        "initialled by Tokyo as “Mori” at T+5, after STARTEX, not by Washington and Seoul;"
    )
    assert game.state.script.content_hash[:12] in words
    assert "Mori" not in consent_sentence(game.state, anonymous=True)
    data = consent_data(game.state)
    assert data is not None
    assert data["initials"]["tokyo"]["before_play"] is False
    assert data["not_initialled"] == ["washington", "seoul"]
    game.grant("facilitator", c.Endex())
    assert game.refuse("seoul", c.Initial(name="JH")) == "wrong-stage"


@pytest.mark.parametrize("name", ["", "  ", "K\nN", "K\x1b[31m", "x" * 41])
def test_initials_are_one_line_of_at_most_forty_characters(name: str) -> None:
    with pytest.raises(ValidationError):
        c.Initial(name=name)


def test_a_name_in_any_script_will_do() -> None:
    assert c.Initial(name=" 森\u3000花子 ").name == "森\u3000花子"
