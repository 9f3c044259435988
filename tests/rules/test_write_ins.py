"""What a decision in a team's own words counts for: nothing, and then what control judged."""

from __future__ import annotations

from typing import Any

import pytest

from tabletop.exercise import commands as c
from tabletop.pages.text import TextPage
from tabletop.report.explaining import explain
from tabletop.report.sections.explanation import write_explanation
from tabletop.rules.alternatives import single_changes
from tabletop.rules.scorefile import to_data
from tests.builders import tiny_scenario
from tests.game import Game
from tests.rules.playing import name_it, options, second_phase

FACILITATOR = "facilitator"
ASKED_AT = 360


@pytest.fixture
def game() -> Game:
    return Game().start().pass_to(ASKED_AT)


def judge(**how: Any) -> c.Judge:
    return c.Judge.model_validate({"decision": "alert", "team": "tokyo", **how})


def marks(game: Game) -> list[tuple[str, float]]:
    return [
        (entry.objective, entry.points)
        for entry in game.score().ledger
        if entry.team == "tokyo" and entry.reason.startswith("D2")
    ]


def spans(game: Game) -> dict[str, tuple[float, float]]:
    card = game.score()
    return {goal.objective: (goal.teams["tokyo"].best, goal.teams["tokyo"].worst) for goal in card.objectives}


def test_until_it_is_judged_it_gives_neither_mark_nor_situation(game: Game) -> None:
    before = spans(game)
    game.grant("tokyo", c.Decide(decision="alert", words="Islands only"))
    assert marks(game) == []
    assert spans(game) == before
    assert to_data(game.score())["to_judge"] == [{"decision": "alert", "team": "tokyo"}]


def test_words_take_away_what_an_option_before_them_gave(game: Game) -> None:
    before = spans(game)
    game.grant("tokyo", c.Decide(decision="alert", option="okinawa"))
    assert marks(game)
    game.grant("tokyo", c.Decide(decision="alert", words="Islands only"))
    assert (marks(game), spans(game)) == ([], before)


def test_judged_as_an_option_it_counts_as_that_option_taken_then(game: Game) -> None:
    chosen = Game().start().pass_to(ASKED_AT)
    chosen.grant("tokyo", c.Decide(decision="alert", option="okinawa"))
    game.grant("tokyo", c.Decide(decision="alert", words="Islands only"))
    game.pass_to(ASKED_AT + 170)
    game.grant(FACILITATOR, judge(**{"as": "okinawa"}))
    assert marks(game) == marks(chosen)
    assert spans(game) == spans(chosen)
    reasons = [entry.reason for entry in game.score().ledger if entry.reason.startswith("D2")]
    assert reasons
    assert all("control judged its own words" in reason for reason in reasons)
    assert game.score().to_judge == ()


def test_judged_by_objectives_each_mark_has_its_reason_and_widens_the_range(game: Game) -> None:
    game.grant("tokyo", c.Decide(decision="alert", words="Islands only"))
    game.grant(
        FACILITATOR, judge(good={"warning": "All under the path hear it"}, neither={"share": "No card"})
    )
    assert sorted(marks(game)) == [("share", 0.0), ("warning", 1.0)]
    [mark] = [entry for entry in game.score().ledger if entry.points == 1]
    assert mark.reason == "D2: answered “Islands only”; control judged: All under the path hear it"
    assert len(mark.evidence) == 3
    game.grant(FACILITATOR, judge(bad={"warning": "Half of them hear nothing"}))
    assert marks(game) == [("warning", -1.0)]


def late(game: Game) -> Game:
    """Tokyo answers in its own words after its window."""
    game.pass_to(ASKED_AT + game.state.decisions["alert", "tokyo"].window + 60)
    game.grant("tokyo", c.Decide(decision="alert", words="Islands only"))
    return game


def test_words_that_come_late_never_count_for_less_than_deciding_nothing(game: Game) -> None:
    silent = Game().start().pass_to(ASKED_AT)
    silent.grant(FACILITATOR, c.Lapse(decision="alert"))
    goals = list(game.state.script.scenario.objectives)
    late(game)
    game.grant(FACILITATOR, judge(bad=dict.fromkeys(goals, "It harms")))
    assert marks(game) == marks(silent)
    assert spans(game) == spans(silent)
    [reason] = {entry.reason.split(" (")[0] for entry in game.score().ledger if entry.reason.startswith("D2")}
    assert reason == "D2: nothing was decided, what was decided came too late to do better"
    game.grant(FACILITATOR, judge(neither={"share": "No card"}))
    assert marks(game) == [("share", 0.0)]


def test_a_mark_that_hangs_on_a_choice_is_judged_anew_when_words_take_its_place() -> None:
    decisions = options("name-it")
    decisions["name-it"]["options"]["missile"]["if"] = [
        {"when": {"chose": {"alert": ["okinawa"]}}, "good": {"message": "It fitted the alert"}}
    ]
    game = Game(tiny_scenario(decisions=decisions)).start().pass_to(ASKED_AT)
    game.grant("tokyo", c.Decide(decision="alert", option="okinawa"))
    game.pass_to(ASKED_AT + 60)
    game.grant("seoul", c.Decide(decision="name-it", option="missile"))
    for team in ("washington", "tokyo"):
        game.grant(team, c.Decide(decision="name-it", option="satellite"))

    def fitted() -> list[str]:
        return [one.why for one in game.score().ledger if one.why == "It fitted the alert" and one.points > 0]

    assert fitted()
    game.grant("tokyo", c.Decide(decision="alert", words="Islands only"))
    assert not fitted()


def test_only_the_team_that_answered_in_its_own_words_is_said_to_have_done_so() -> None:
    decisions = options("name-it")
    for option in decisions["name-it"]["options"].values():
        option["if"] = [
            {"when": {"partners": ["missile"]}, "good": {"message": "One name from all"}},
            {"when": {"partners": ["satellite"]}, "bad": {"message": "Another name than theirs"}},
        ]
    game = second_phase(Game(tiny_scenario(decisions=decisions)).start())
    name_it(game, washington="missile", tokyo="missile")
    game.grant("seoul", c.Decide(decision="name-it", words="We call it by its name"))
    game.grant(FACILITATOR, c.Judge.model_validate({"decision": "name-it", "team": "seoul", "as": "missile"}))

    def own_words() -> set[str]:
        ledger = game.score().ledger
        return {entry.team for entry in ledger if "control judged its own words" in entry.reason}

    assert own_words() == {"seoul"}
    game.grant("tokyo", c.Decide(decision="name-it", option="satellite"))
    assert own_words() == {"seoul"}, "it is said still when a partner's choice changes the mark"
    page = TextPage(100)
    write_explanation(page, explain(game.records))
    assert "control judged its own words" in " ".join(page.text().split())


def test_explain_lists_what_is_still_to_be_judged(game: Game) -> None:
    game.grant("tokyo", c.Decide(decision="alert", words="Islands only"))
    page = TextPage(100)
    write_explanation(page, explain(game.records, what_if=False))
    assert "Still to be judged" in page.text()
    assert "D2 Tokyo: “Islands only”" in page.text()
    game.grant(FACILITATOR, judge(neither={"share": "No card"}))
    assert explain(game.records, what_if=False).to_judge == ()


def test_explain_offers_the_options_that_were_not_taken(game: Game) -> None:
    game.grant("tokyo", c.Decide(decision="alert", words="Islands only"))
    game.grant(FACILITATOR, judge(good={"warning": "All under the path hear it"}))
    offered = [change for change in single_changes(game.records) if change.kind == "option"]
    assert len(offered) == len(game.state.script.scenario.decisions["alert"].options)
