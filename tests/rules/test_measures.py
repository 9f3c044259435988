"""Every kind of measure at its edges: windows, phase ends, amendments, lapses, repeats."""

from __future__ import annotations

from typing import Any

import pytest

from tabletop.exercise.commands import COMMAND
from tabletop.rules.ledger import LedgerEntry
from tests.builders import TEAMS, tiny_scenario
from tests.game import Game

FACILITATOR = "facilitator"


def begin(*rules: dict[str, Any], **changes: Any) -> Game:
    """A game of the tiny scenario in which only these rules give points."""
    scenario = tiny_scenario(rules=list(rules), **changes)
    return Game(scenario).start()


def do(game: Game, seat: str, at: int | None = None, **fields: Any) -> None:
    fields = {key.rstrip("_"): value for key, value in fields.items()}
    game.grant(seat, COMMAND.validate_python(fields), at=at)


def given(game: Game, rule: str) -> dict[str, float]:
    """Points by team that a rule gave."""
    points: dict[str, float] = {}
    for entry in of(game, rule):
        points[entry.team] = points.get(entry.team, 0) + entry.points
    return points


def of(game: Game, rule: str) -> list[LedgerEntry]:
    return [entry for entry in game.score().ledger if entry.rule == rule]


def second_phase(game: Game) -> Game:
    """Tokyo sounds the alert, so that all three are asked to name the object."""
    do(game, "tokyo", 400, do="decide", decision="alert", option="okinawa")
    assert ("name-it", "seoul") in game.state.decisions
    return game


def name_it(game: Game, **options: str) -> Game:
    for team, option in options.items():
        do(game, team, do="decide", decision="name-it", option=option)
    return game


LABEL = {"id": "x1", "measure": "same-label", "same": {"message": 2}, "differ": {"message": -1}}


def test_same_label_gives_each_when_all_are_equal() -> None:
    game = name_it(second_phase(begin(LABEL)), tokyo="missile", seoul="missile", washington="missile")
    assert given(game, "x1") == dict.fromkeys(TEAMS, 2)


def test_two_equal_labels_give_nothing_and_neither_does_a_team_without_one() -> None:
    game = name_it(second_phase(begin(LABEL)), tokyo="missile", seoul="missile", washington="satellite")
    assert given(game, "x1") == {}
    game = name_it(second_phase(begin(LABEL)), tokyo="missile", seoul="missile")
    do(game, FACILITATOR, do="lapse", decision="name-it")
    assert given(game, "x1") == {}


def three_labels() -> Game:
    decisions = tiny_scenario().model_dump(mode="json")["decisions"]
    decisions["name-it"]["options"]["rocket"] = {"text": "A rocket", "label": "rocket"}
    return second_phase(begin(LABEL, decisions=decisions))


def test_as_many_labels_as_teams_take_from_each() -> None:
    game = name_it(three_labels(), tokyo="missile", seoul="satellite", washington="rocket")
    assert given(game, "x1") == dict.fromkeys(TEAMS, -1)


def test_an_amended_label_is_judged_as_it_stands() -> None:
    game = name_it(three_labels(), tokyo="missile", seoul="satellite", washington="rocket")
    name_it(game, seoul="missile", washington="missile")
    assert given(game, "x1") == dict.fromkeys(TEAMS, 2)


def test_a_statement_about_the_decision_labels_a_team_that_let_it_lapse() -> None:
    game = name_it(second_phase(begin(LABEL)), tokyo="missile", seoul="missile")
    do(game, "washington", do="state", text="It was one", label="missile", about="name-it")
    do(game, FACILITATOR, do="lapse", decision="name-it")
    assert given(game, "x1") == dict.fromkeys(TEAMS, 2)


CONSULTED = {
    "id": "x2",
    "measure": "consulted-before",
    "done": {"message": 1},
    "undone": {"message": -1},
}


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
    do(game, FACILITATOR, do="gate")
    do(game, FACILITATOR, do="phase")
    do(game, "washington", do="state", text="Hear us")
    assert given(game, "x2") == {"washington": -1}


def test_an_answer_after_the_public_act_comes_too_late() -> None:
    game = begin(CONSULTED)
    consult(game, "tokyo", "seoul", "washington")
    do(game, "tokyo", do="state", text="Hear us")
    do(game, "seoul", do="answer", from_="tokyo", text="Yes")
    do(game, "washington", do="answer", from_="tokyo", text="Yes")
    assert given(game, "x2") == {"tokyo": -1}


RECIPROCITY = {
    "id": "x3",
    "measure": "reciprocity",
    "balanced": {"message": 1},
    "hoarded": {"message": -2},
    "received": 1,
}


def test_give_and_take_within_one_is_balanced_at_the_end_of_the_phase() -> None:
    game = begin(RECIPROCITY)
    do(game, "washington", 301, do="share", card="track", with_=["tokyo", "seoul"])
    do(game, "seoul", 361, do="share", card="flash", with_=["washington"])
    assert given(game, "x3") == {}
    do(game, FACILITATOR, do="gate")
    assert given(game, "x3") == {"washington": 1, "seoul": 1, "tokyo": -2}


def test_the_same_card_from_two_partners_is_received_once() -> None:
    game = begin({**RECIPROCITY, "received": 2})
    do(game, "washington", 301, do="share", card="track", with_=["tokyo", "seoul"])
    do(game, "seoul", 302, do="share", card="track", with_=["tokyo"])
    do(game, FACILITATOR, do="gate")
    assert given(game, "x3") == {"washington": 1, "seoul": 1, "tokyo": 1}


def test_each_phase_counts_anew() -> None:
    game = begin(RECIPROCITY)
    do(game, "washington", 301, do="share", card="track", with_=["tokyo"])
    do(game, FACILITATOR, do="gate")
    do(game, FACILITATOR, do="phase")
    do(game, FACILITATOR, do="endex")
    assert given(game, "x3") == {"washington": 1, "tokyo": -2}


CAVEAT = {"id": "x4", "measure": "caveat-kept", "tags": ["data"], "broken": {"warning": -1}}


def test_a_caveat_is_broken_once_a_card() -> None:
    game = begin(CAVEAT)
    do(game, "washington", 301, do="share", card="track", with_=["tokyo"])
    do(game, "washington", 302, do="share", card="track", with_=["seoul"])
    assert given(game, "x4") == {"washington": -1}


def test_sanitising_keeps_the_caveat_and_so_does_passing_on_what_was_sanitised() -> None:
    game = begin(CAVEAT)
    do(game, "washington", 301, do="share", card="track", with_=["tokyo"], sanitised=True)
    do(game, "tokyo", 302, do="share", card="track", with_=["seoul"])
    assert given(game, "x4") == {}
    assert game.state.hands["seoul", "track"].text == "An object is heading south."
    standing = game.score().objective("warning").teams["washington"]
    assert (standing.best, standing.worst) == (0, -1)


THIRD = {"id": "x5", "measure": "third-party", "broken": {"share": -1, "warning": -2}}


@pytest.mark.parametrize("leave", ["none", "when sharing", "granted"])
def test_passing_on_a_partners_card_needs_its_leave(leave: str) -> None:
    game = begin(THIRD)
    onward = leave == "when sharing"
    do(game, "washington", 301, do="share", card="track", with_=["tokyo"], onward=onward)
    if leave == "granted":
        do(game, "washington", 302, do="grant", card="track", to=["tokyo"])
    do(game, "tokyo", 303, do="share", card="track", with_=["seoul"])
    assert given(game, "x5") == ({"tokyo": -3} if leave == "none" else {})


def test_giving_a_card_back_to_its_owner_passes_nothing_on() -> None:
    game = begin(THIRD)
    do(game, "washington", 301, do="share", card="track", with_=["tokyo"])
    do(game, "tokyo", 302, do="share", card="track", with_=["washington"])
    assert given(game, "x5") == {}


WARNING = {
    "id": "x6",
    "measure": "contradictory-warning",
    "within": "10 min",
    "conflict": {"message": -1, "warning": -1},
}


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
    assert given(game, "x6") == {"tokyo": -2, "seoul": -4, "washington": -2}


JOINT = {"id": "x7", "measure": "joint-choice", "joint": {"message": 1}, "dissent": {"message": -1}}


def test_all_alike_gives_each_and_one_alone_costs_it() -> None:
    game = name_it(second_phase(begin(JOINT)), tokyo="missile", seoul="missile", washington="missile")
    assert given(game, "x7") == dict.fromkeys(TEAMS, 1)
    game = name_it(second_phase(begin(JOINT)), tokyo="missile", seoul="missile", washington="satellite")
    assert given(game, "x7") == {"washington": -1}


def test_a_lapse_is_a_choice_like_no_other() -> None:
    game = name_it(second_phase(begin(JOINT)), tokyo="missile", seoul="missile")
    do(game, FACILITATOR, do="lapse", decision="name-it")
    assert given(game, "x7") == {"washington": -1}
    game = second_phase(begin(JOINT))
    do(game, FACILITATOR, do="lapse", decision="name-it")
    assert given(game, "x7") == {}


def test_compatible_options_count_as_one() -> None:
    decisions = tiny_scenario().model_dump(mode="json")["decisions"]
    decisions["name-it"]["compatible"] = [["missile", "satellite"]]
    game = second_phase(begin(JOINT, decisions=decisions))
    name_it(game, tokyo="missile", seoul="missile", washington="satellite")
    assert given(game, "x7") == dict.fromkeys(TEAMS, 1)


def tagged(**tags: list[str]) -> dict[str, Any]:
    decisions: dict[str, Any] = tiny_scenario().model_dump(mode="json")["decisions"]
    for option, words in tags.items():
        decisions["name-it"]["options"][option]["tags"] = words
    return decisions


FREE = {"id": "x8", "measure": "free-rider", "rode": {"message": -1}}
CAME = {"id": "x9", "measure": "nobody-came"}


def test_one_that_defers_while_the_others_commit_rides_free() -> None:
    decisions = tagged(missile=["full"], satellite=["defers"])
    game = second_phase(begin(FREE, decisions=decisions))
    name_it(game, tokyo="missile", seoul="missile", washington="satellite")
    assert given(game, "x8") == {"washington": -1}
    game = second_phase(begin(FREE, decisions=decisions))
    name_it(game, tokyo="missile", seoul="satellite", washington="satellite")
    assert given(game, "x8") == {}


def test_a_joint_option_chosen_alone_does_half_its_good() -> None:
    game = second_phase(begin(CAME, decisions=tagged(missile=["joint"])))
    name_it(game, tokyo="missile", seoul="satellite", washington="satellite")
    assert given(game, "x9") == {"tokyo": -0.5}
    name_it(game, seoul="missile")
    assert given(game, "x9") == {}


BONUS = {
    "id": "f1",
    "title": "Both did it",
    "measure": "bonus",
    "when": {"all": [{"chose": {"alert": "okinawa"}}, {"on-time": "push-track"}]},
    "points": {"tokyo": {"warning": 1}, "washington": {"share": 1}},
}


def test_a_bonus_is_given_while_its_condition_holds() -> None:
    game = begin(BONUS)
    do(game, "washington", 301, do="decide", decision="push-track", option="both")
    do(game, "tokyo", 400, do="decide", decision="alert", option="okinawa")
    assert given(game, "f1") == {"tokyo": 1, "washington": 1}
    do(game, "tokyo", 410, do="decide", decision="alert", option="quiet")
    assert given(game, "f1") == {}


def test_a_bonus_whose_question_was_never_put_is_not_in_play() -> None:
    game = begin(BONUS)
    do(game, "washington", 301, do="decide", decision="push-track", option="both")
    do(game, FACILITATOR, do="hold", inject="sighting")
    do(game, FACILITATOR, do="endex")
    assert game.score().objective("warning").teams["tokyo"].score is None


@pytest.mark.parametrize("shared", [True, False])
def test_what_never_happened_is_judged_at_endex(shared: bool) -> None:
    rule = {
        "id": "f4",
        "measure": "bonus",
        "when": {"not": {"shared": "flash"}},
        "points": {"seoul": {"share": -1}},
        "judged": "endex",
    }
    game = begin(rule).pass_to(400)
    if shared:
        do(game, "seoul", do="share", card="flash", with_=["tokyo"])
    assert given(game, "f4") == {}
    do(game, FACILITATOR, do="endex")
    assert given(game, "f4") == ({} if shared else {"seoul": -1})


PROMPT = {
    "id": "prompt",
    "measure": "prompt-sharing",
    "prompt": {"share": 1},
    "never": {"share": -1},
    "tags": ["data"],
}


@pytest.mark.parametrize(("after", "points"), [(0, 1), (120, 1), (121, 0), (180, 0), (181, -1)])
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
    do(game, FACILITATOR, do="gate")
    assert given(game, "prompt") == {}
    do(game, FACILITATOR, do="phase")
    do(game, FACILITATOR, do="endex")
    assert given(game, "prompt") == {"washington": -2}


def test_the_relay_takes_its_time() -> None:
    relay = {"through": "tokyo", "delay": "2 min"}
    game = begin({**PROMPT, "relay": relay})
    do(game, "washington", 300, do="share", card="track", with_=["seoul"])
    do(game, "washington", 301, do="share", card="track", with_=["tokyo"])
    assert given(game, "prompt") == {"washington": 2}
    game = begin({**PROMPT, "relay": relay})
    do(game, "washington", 301, do="share", card="track", with_=["seoul"])
    assert given(game, "prompt") == {}
    assert game.score().objective("share").teams["washington"].worst == -1


def test_a_held_inject_hands_out_no_card_and_judges_nobody() -> None:
    game = begin(PROMPT)
    do(game, FACILITATOR, do="hold", inject="detection")
    game.pass_to(500)
    do(game, FACILITATOR, do="endex")
    assert game.score().objective("share").teams["washington"].score is None
