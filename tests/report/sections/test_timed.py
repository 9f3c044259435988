"""Which cards are judged by the time at which they reached partners."""

from __future__ import annotations

from tabletop.report.build import build_report
from tabletop.report.explaining import explain
from tabletop.report.sections.timed import write_cards_judged
from tests.builders import tiny_scenario
from tests.game import Game
from tests.report.sections.saying import block, said
from tests.rules.kinds.test_told_in_time import TOLD
from tests.rules.playing import do


def test_cards_judged_others_and_those_that_came_late_are_named() -> None:
    game = Game(tiny_scenario(rules=[{**TOLD, "title": "Told in time", "tags": ["data"]}])).start()
    do(game, "washington", 310, do="share", card="track", with_=["tokyo"])
    do(game, "washington", 590, do="share", card="track", with_=["seoul"])
    assert said(write_cards_judged, build_report(game.records).timed) == block("""
        “Told in time” judges the cards tagged data: C1. It does not look at when the others were passed on:
        C2. Past its window went C1 to Seoul (4 min 50 s after Washington had it). A card that comes late
        gives no mark.
        """)


def test_a_card_that_the_rule_does_not_judge_is_never_called_late() -> None:
    game = Game(tiny_scenario(rules=[{**TOLD, "title": "Told in time", "tags": ["nothing"]}])).start()
    do(game, "washington", 590, do="share", card="track", with_=["seoul"])
    assert "Past its window" not in said(write_cards_judged, build_report(game.records).timed)


def test_only_the_rules_of_an_objective_stand_in_its_explanation() -> None:
    game = Game(tiny_scenario(rules=[{**TOLD, "title": "Told in time"}])).start().pass_to(310)
    assert explain(game.records, objective="message", what_if=False).timed
    assert not explain(game.records, objective="share", what_if=False).timed
