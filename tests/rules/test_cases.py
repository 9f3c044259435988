"""Cases in which marks were once wrong or hard to defend, by the names they were found under.

R1 to R4, V2 to V4 stand with the kinds of rules that they are about, V1 with the station's form.
"""

from __future__ import annotations

from typing import Any

from tests.rules.kinds.test_same_story import STORY
from tests.rules.kinds.test_told_in_time import TOLD
from tests.rules.playing import begin, do, given, name_it, options, second_phase


def test_r5_an_amended_decision_counts_as_it_stands_though_what_was_said_in_public_was_said() -> None:
    quiet = options("name-it", satellite={"public": False, "label": None})
    game = second_phase(begin(STORY, decisions=quiet))
    name_it(game, seoul="missile", tokyo="missile")
    name_it(game, tokyo="satellite")
    assert given(game, "story") == {"tokyo": 1, "seoul": 1}
    kept = {(one.team, one.objective) for one in game.score().ledger if one.rule == "option" and one.points}
    assert ("seoul", "message") in kept
    assert ("tokyo", "message") not in kept, "the option that stands gives nothing"


def late(at: int, option: str) -> dict[tuple[str, str], float]:
    game = begin().pass_to(300)
    do(game, "washington", at, do="decide", decision="push-track", option=option)
    return {(one.objective, one.rule): one.points for one in game.score().ledger}


def test_v5_lateness_charges_no_objective() -> None:
    assert late(430, "both") == {("share", "option"): 0, ("warning", "option"): 0}


def test_v6_late_is_never_worse_than_never_and_there_is_no_cliff_but_the_window() -> None:
    assert late(420, "both") == {("share", "option"): 1, ("warning", "option"): 1}
    assert late(421, "both") == late(590, "both")
    nothing = options("push-track")
    nothing["push-track"]["none"] = {"effects": {"share": -1}}
    game = begin(decisions=nothing).pass_to(300)
    do(game, "washington", 590, do="decide", decision="push-track", option="confirm-first")
    assert {(one.objective, one.rule): one.points for one in game.score().ledger} == {("share", "none"): -1}


def test_v7_an_act_gets_one_mark_from_a_rule() -> None:
    game = begin(TOLD).pass_to(300)
    share: dict[str, Any] = {"do": "share", "card": "track", "with_": ["tokyo", "seoul"]}
    do(game, "washington", **share)
    assert given(game, "told") == {"washington": 1}, "one mark for both partners"


def test_v8_too_few_situations_are_not_rated() -> None:
    standing = begin().score().objective("warning").teams["tokyo"]
    assert not standing.rated
    game = second_phase(begin())
    assert game.score().objective("warning").teams["tokyo"].tally.situations == 1
    assert not game.score().objective("warning").rated
